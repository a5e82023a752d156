import { assertNever } from '../../../base/assert-never';
import { bindCode, loopCode, mayEnd, opaque, type CallCode, type Code } from '../code';
import type { CallEffect } from '../semantics';
import type { State } from '../state';
import type { Closure, Value } from '../values';
import type { Walk } from './context';
import { loop } from './flow';
import { construct, invoke } from './invoke';
import { assign, memberOf } from './objects';

type Effects = readonly (CallEffect | undefined)[];
type Callbacks = Omit<Extract<CallEffect, { readonly type: 'invoke' }>, 'type'>;

/** Makes a call, and gives what it returns. */
export function call(walk: Walk, code: CallCode, state: State): Value {
  const { callee: called } = code;
  const receiver = called.op === 'member' ? walk.evaluate(called.object, state) : undefined;
  const callee =
    called.op === 'member' && receiver !== undefined
      ? memberOf(walk, receiver, called.key, state)
      : walk.evaluate(called, state);
  const args = code.args.map((argument) => walk.evaluate(argument, state));
  if (state.dead) return walk.scopes.unknown();
  const name = called.op === 'name' ? called.name : called.op === 'member' ? called.key : undefined;
  const effectOf = (one: Value, from: Value | undefined) =>
    walk.semantics.call({ code, name, callee: one, receiver: from, args });
  if (receiver?.type === 'either' || callee.type === 'either') {
    const receivers = receiver?.type === 'either' ? receiver.values : [receiver];
    const callees = callee.type === 'either' ? callee.values : [callee];
    const isPaired = receivers.length === callees.length;
    const effects = callees.map((one, index) => effectOf(one, receivers[isPaired ? index : 0]));
    return applyEither(walk, effects, code, state);
  }
  const effect = effectOf(callee, receiver);
  if (effect !== undefined) return applyEffect(walk, effect, code, state);
  if (callee.type === 'function') return follow(walk, callee.closure, args, code, state);
  if (callee.type === 'class') return construct(walk, callee, args, state);
  if (called.op === 'member' && renewing.test(called.key ?? '')) renew(walk, called.object, state);
  return walk.scopes.unknown();
}

/** Methods that may give an object another instance, where the text does not show what they do. */
const renewing = /^re(?:build|create|init|instantiate|load|new|open|place|set|spawn|start)|^refresh/i;

/** A variable or field holds another object from here on. */
function renew(walk: Walk, object: Code, state: State): void {
  const value = walk.scopes.unknown();
  assign(walk, object, value, state, bindCode(object, opaque, { start: 0, end: 0 }, { how: 'assign' }));
}

/** One of several calls is made: run is a second one only if it is for each of them. */
function applyEither(walk: Walk, effects: Effects, code: CallCode, state: State): Value {
  const instances = effects.flatMap((effect) => (effect?.type === 'run' ? [effect.instance] : []));
  const values = effects.flatMap((effect) => (effect?.type === 'value' ? [effect.value] : []));
  if (instances.length > 0) walk.runs.call(walk, instances, instances.length === effects.length, code, state);
  else if (values.length > 0 && values.length === effects.length) return { type: 'either', values };
  return walk.scopes.unknown();
}

function applyEffect(walk: Walk, effect: CallEffect, code: CallCode, state: State): Value {
  const { scopes, suites } = walk;
  switch (effect.type) {
    case 'value':
      return effect.value;
    case 'make': {
      const { component } = effect;
      const instance = { id: scopes.newId(), component, made: code.span, origin: 'call' } as const;
      return { type: 'instance', instance };
    }
    case 'load': {
      const { specifier } = effect;
      const id = specifier === undefined ? scopes.newId() : `${specifier} ${walk.modulesEpoch}`;
      return { type: 'module', specifier: specifier ?? '', id, made: code.span };
    }
    case 'run':
      walk.runs.call(walk, [effect.instance], true, code, state);
      break;
    case 'invoke':
      return callAll(walk, effect, code, state);
    case 'suite':
      suites.push([]);
      callAll(walk, { ...effect, times: 'once' }, code, state);
      suites.pop();
      break;
    case 'before-each':
      suites.at(-1)?.push(...effect.functions);
      break;
    case 'test':
      return callAll(walk, { ...effect, functions: [...suites.flat(), ...effect.functions] }, code, state);
    case 'reset-modules':
      walk.modulesEpoch += 1;
      break;
    case 'exit':
      state.dead = true;
      break;
    default:
      return assertNever(effect);
  }
  return scopes.unknown();
}

/** Functions among the arguments are called: once, or in a loop such as that of `forEach`. */
function callAll(walk: Walk, callbacks: Callbacks, code: CallCode, state: State): Value {
  const { functions, times, args = [] } = callbacks;
  let value = walk.scopes.unknown();
  const once = (inner: State) => {
    for (const one of functions) {
      if (one.type === 'function') value = follow(walk, one.closure, args, code, inner);
      else if (one.type === 'run') walk.runs.call(walk, [one.instance], true, code, inner);
    }
  };
  if (times === 'once') once(state);
  else {
    const first = functions.find((one) => one.type === 'function');
    const passes = loopCode(code.span, first?.closure.fn.span ?? code.span, { head: mayEnd });
    loop(walk, passes, state, once);
  }
  return value;
}

function follow(walk: Walk, closure: Closure, args: readonly Value[], code: CallCode, state: State): Value {
  const { frames, scopes } = walk;
  if (!closure.fn.mayRun || !frames.mayFollow(closure.fn)) return scopes.unknown();
  return invoke(walk, closure, args, state, frames.siteOf(code, scopes.current));
}
