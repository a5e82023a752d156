import type { Code } from '../code';
import type { State } from '../state';
import type { Value } from '../values';
import type { Walk } from './context';

/** The value of a member; `key` is undefined if it is computed. */
export function memberOf(walk: Walk, object: Value, key: string | undefined, state: State): Value {
  if (key === undefined) return walk.scopes.unknown();
  if (object.type === 'either') {
    const values = object.values.map((value) => memberOf(walk, value, key, state));
    const [first] = values;
    return values.length > 1 ? { type: 'either', values } : (first ?? walk.scopes.unknown());
  }
  if (object.type === 'items') return object.items[Number(key)] ?? walk.scopes.unknown();
  const hasFields = object.type === 'object' || object.type === 'unknown';
  const kept = hasFields ? state.cell(`${object.id}.${key}`)?.value : undefined;
  return (
    kept ??
    methodOf(walk, object, key) ??
    walk.semantics.member(object, key) ??
    (hasFields ? { type: 'unknown', id: `${object.id}.${key}` } : walk.scopes.unknown())
  );
}

function methodOf(walk: Walk, object: Value, key: string): Value | undefined {
  const owner = object.type === 'unknown' ? walk.roots.classNamed(object.hint) : object;
  if (owner?.type !== 'object' && owner?.type !== 'class') return undefined;
  const fn = owner.declared?.methods.find(({ name }) => name === key);
  if (fn === undefined || owner.scope === undefined) return undefined;
  const self = object.type === 'class' ? undefined : object;
  return { type: 'function', closure: { fn, scope: owner.scope, self } };
}

/** An object written with its fields; `type` is its class's name. */
export function makeRecord(
  walk: Walk,
  type: string | undefined,
  fields: readonly (readonly [string, Code])[],
  state: State,
): Value {
  const named = type === undefined ? undefined : walk.scopes.lookup(type, state)?.value;
  const id = walk.scopes.newId();
  for (const [key, code] of fields)
    state.setCell(`${id}.${key}`, { value: walk.evaluate(code, state), bind: undefined, scope: undefined });
  const { declared, scope } = named?.type === 'class' ? named : { declared: undefined, scope: undefined };
  return { type: 'object', id, declared, scope };
}
