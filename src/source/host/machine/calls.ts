import { assertNever } from '../../../base/assert-never';
import { mayEnd, opaque, type CallCode, type LoopCode } from '../code';
import type { CallEffect } from '../semantics';
import type { State } from '../state';
import type { Closure, Value } from '../values';
import { loop } from './flow';
import { construct, invoke } from './invoke';
import { memberOf } from './objects';
import type { Walk } from './context';

/** Makes a call, and gives what it returns. */
export function call(walk: Walk, code: CallCode, state: State): Value {
  const receiver = code.callee.op === 'member' ? walk.evaluate(code.callee.object, state) : undefined;
  const callee =
    code.callee.op === 'member' && receiver !== undefined
      ? memberOf(walk, receiver, code.callee.key, state)
      : walk.evaluate(code.callee, state);
  const args = code.args.map((argument) => walk.evaluate(argument, state));
  if (state.dead) return walk.scopes.unknown();
  if (receiver?.type === 'either' || callee.type === 'either')
    return callEither(walk, code, callee, receiver, args, state);
  const effect = walk.semantics.call(code, callee, receiver, args, walk.modulesEpoch);
  return effect === undefined
    ? callOwn(walk, callee, args, code, state)
    : applyEffect(walk, effect, code, state);
}

/** One of several: run is a second one only if it is for each of them. */
function callEither(
  walk: Walk,
  code: CallCode,
  callee: Value,
  receiver: Value | undefined,
  args: readonly Value[],
  state: State,
): Value {
  const receivers = receiver?.type === 'either' ? receiver.values : [receiver];
  const callees = callee.type === 'either' ? callee.values : [callee];
  const effects = callees.map((one, index) => {
    const from = receivers.length === callees.length ? receivers[index] : receivers[0];
    return walk.semantics.call(code, one, from, args, walk.modulesEpoch);
  });
  const instances = effects.flatMap((effect) => (effect?.type === 'run' ? [effect.instance] : []));
  if (instances.length > 0) {
    walk.runs.call(instances, instances.length === effects.length, code, state);
    return walk.scopes.unknown();
  }
  const values = effects.flatMap((effect) => (effect?.type === 'value' ? [effect.value] : []));
  return values.length > 0 && values.length === effects.length
    ? { type: 'either', values }
    : walk.scopes.unknown();
}

/** A call of what the program declares itself. */
function callOwn(walk: Walk, callee: Value, args: readonly Value[], code: CallCode, state: State): Value {
  if (callee.type === 'function') return follow(walk, callee.closure, args, code, state);
  if (callee.type === 'class') return construct(walk, callee.declared, callee.scope, args, state);
  return walk.scopes.unknown();
}

function applyEffect(walk: Walk, effect: CallEffect, code: CallCode, state: State): Value {
  switch (effect.type) {
    case 'value':
      return effect.value;
    case 'make':
      return {
        type: 'instance',
        instance: {
          id: walk.scopes.newId(),
          component: effect.component,
          made: code.span,
          origin: 'call',
        },
      };
    case 'run':
      walk.runs.call([effect.instance], true, code, state);
      break;
    case 'invoke':
      return callAll(walk, effect, code, state, effect.args);
    case 'suite':
      walk.suites.push([]);
      callAll(walk, { functions: effect.functions, times: 'once' }, code, state);
      walk.suites.pop();
      break;
    case 'before-each':
      walk.suites.at(-1)?.push(...effect.functions);
      break;
    case 'test': {
      const functions = [...walk.suites.flat(), ...effect.functions];
      return callAll(walk, { functions, times: effect.times }, code, state);
    }
    case 'reset-modules':
      walk.modulesEpoch += 1;
      break;
    case 'exit':
      state.dead = true;
      break;
    default:
      return assertNever(effect);
  }
  return walk.scopes.unknown();
}

/** Functions that are handed over and called by the one who takes them. */
function callAll(
  walk: Walk,
  { functions, times }: { readonly functions: readonly Value[]; readonly times: 'once' | 'again' },
  code: CallCode,
  state: State,
  args: readonly Value[] = [],
): Value {
  let value = walk.scopes.unknown();
  const once = (inner: State) => {
    for (const one of functions) {
      if (one.type === 'function') value = follow(walk, one.closure, args, code, inner);
      else if (one.type === 'run') walk.runs.call([one.instance], true, code, inner);
    }
  };
  if (times === 'once') once(state);
  else loop(walk, callbackLoop(code, functions), state, once);
  return value;
}

function follow(walk: Walk, closure: Closure, args: readonly Value[], code: CallCode, state: State): Value {
  const { frames, scopes } = walk;
  if (!closure.fn.mayRun || !frames.mayFollow(closure.fn)) return scopes.unknown();
  return frames.follow(frames.siteOf(code, scopes.current), () => invoke(walk, closure, args, state));
}

/** A loop that a library makes: `forEach`, `setInterval`. */
function callbackLoop({ span }: CallCode, functions: readonly Value[]): LoopCode {
  const first = functions.find((one) => one.type === 'function');
  return {
    op: 'loop',
    label: undefined,
    before: undefined,
    head: mayEnd,
    body: opaque,
    span,
    bodySpan: first?.closure.fn.span ?? span,
    atLeastOnce: false,
    once: false,
  };
}
