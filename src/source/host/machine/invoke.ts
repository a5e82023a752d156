import type { ClassCode, FunctionCode } from '../code';
import type { State } from '../state';
import type { ClassValue, Closure, Value } from '../values';
import type { Walk } from './context';
import type { CallSite } from './frames';
import { assign } from './objects';
import { isNewer } from './scopes';

/** A function is made here. */
export function makeFunction({ scopes, roots }: Walk, fn: FunctionCode): Value {
  const closure: Closure = { fn, scope: scopes.current, self: undefined };
  roots.meet(closure);
  return { type: 'function', closure };
}

/** A class is declared here. */
export function declareClass({ scopes, roots }: Walk, declared: ClassCode, state: State): Value {
  const earlier = declared.name === undefined ? undefined : scopes.lookup(declared.name, state)?.value;
  // Rust gives a type its methods in several blocks.
  const merged =
    earlier?.type === 'class'
      ? { ...declared, methods: [...earlier.declared.methods, ...declared.methods] }
      : declared;
  const all = { type: 'class', declared: merged, scope: scopes.current } as const;
  roots.meetClass(declared, all);
  return all;
}

/** A new object of a class, without its constructor's doings. */
export function makeObject(walk: Walk, of: ClassValue, state: State): Value {
  const { scopes } = walk;
  const self: Value = { type: 'object', id: scopes.newId(), of };
  scopes.inside(of.scope, { fn: undefined, isFunction: false }, () => {
    scopes.bind('this', self, state);
    for (const field of of.declared.fields) walk.evaluate(field, state);
  });
  return self;
}

/** A new object of a class. */
export function construct(walk: Walk, of: ClassValue, args: readonly Value[], state: State): Value {
  const self = makeObject(walk, of, state);
  const fn = of.declared.methods.find(({ name }) => name === 'constructor' || name === '__init__');
  if (fn !== undefined) invoke(walk, { fn, scope: of.scope, self }, args, state);
  return self;
}

/** Walks through a function, and gives what it returns. `site` is the call that leads there, if one does. */
export function invoke(
  walk: Walk,
  closure: Closure,
  args: readonly Value[],
  state: State,
  site?: CallSite,
): Value {
  const { scopes, frames, roots } = walk;
  const { fn } = closure;
  const { lastId } = scopes;
  const { closures } = roots;
  return frames.inFunction(fn, site, () => {
    const last = scopes.inside(closure.scope, { fn, isFunction: true }, () => {
      bindParameters(walk, closure, args, state);
      return walk.evaluate(fn.body, state);
    });
    const { returns, value } = frames.context;
    const isLast =
      returns.length === 0 || (!state.dead && last.type !== 'unknown' && last.type !== 'nothing');
    if (returns.length > 0) state.join([state, ...returns]);
    // Its variables are gone, unless a function that it made still sees them.
    if (closures === roots.closures) state.drop((key) => isNewer(key, lastId));
    return isLast ? last : value;
  });
}

function bindParameters(walk: Walk, { fn, self }: Closure, args: readonly Value[], state: State): void {
  const { scopes } = walk;
  if (self !== undefined) scopes.bind('this', self, state);
  const [first] = fn.params;
  const takesSelf = first?.op === 'name' && /^(?:self|cls)$/.test(first.name);
  const all = takesSelf && self !== undefined ? [self, ...args] : args;
  fn.params.forEach((param, index) => {
    assign(walk, param, all[index] ?? scopes.unknown(), state);
  });
}
