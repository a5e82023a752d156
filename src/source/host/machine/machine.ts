import { assertNever } from '../../../base/assert-never';
import type { Code } from '../code';
import type { Semantics } from '../semantics';
import { State } from '../state';
import type { Value } from '../values';
import { call } from './calls';
import { Roots } from './roots';
import { attempt, choose, leave, loop } from './flow';
import { Frames } from './frames';
import { declareClass, makeFunction } from './invoke';
import { bind, makeRecord, memberOf } from './objects';
import { Runs, type SecondRun } from './findings';
import { Scopes } from './scopes';
import type { Walk } from './context';

/** A limit that only contrived programs meet. */
const maxSteps = 100_000;

/**
 * Walks through what a program may do and finds every call of run on an instance on which run may have been called
 * before, in the order of the text. Both branches are taken, loops have two passes, functions of the same file are
 * followed. What the text does not show is taken to do nothing to an instance.
 */
export function walkThrough(file: Code, semantics: Semantics): readonly SecondRun[] {
  const scopes = new Scopes();
  let steps = 0;
  const walk: Walk = {
    semantics,
    scopes,
    frames: new Frames(),
    runs: new Runs(),
    roots: new Roots(),
    suites: [[]],
    modulesEpoch: 0,
    evaluate: (code, state) => {
      if (code === undefined || state.dead || (steps += 1) > maxSteps) return scopes.unknown();
      return evaluate(walk, code, state);
    },
  };
  const state = new State();
  walk.evaluate(file, state);
  walk.roots.enterAll(walk, state);
  return walk.runs.found;
}

function evaluate(walk: Walk, code: Code, state: State): Value {
  const { scopes } = walk;
  switch (code.op) {
    case 'parts': {
      const items = code.parts.map((part) => walk.evaluate(part, state));
      // `(a, b)` and the like: of interest only if taken apart again.
      return items.length > 0 ? { type: 'items', items } : scopes.unknown();
    }
    case 'literal':
      return { type: 'literal', text: code.value, isText: code.kind === 'text' };
    case 'nothing':
      return { type: 'nothing' };
    case 'name':
      return scopes.lookup(code.name, state)?.value ?? { type: 'unknown', id: `name:${code.name}` };
    case 'member':
      return memberOf(walk, walk.evaluate(code.object, state), code.key, state);
    case 'call':
      return call(walk, code, state);
    case 'function':
      return makeFunction(walk, code.fn);
    case 'class':
      return declareClass(walk, code.declared, state);
    case 'record':
      return makeRecord(walk, code, state);
    case 'bind':
      return bind(walk, code, state);
    case 'block': {
      const inOrder = () =>
        code.body.reduce<Value>((_, part) => walk.evaluate(part, state), { type: 'nothing' });
      return code.scoped ? scopes.inBlock(inOrder) : inOrder();
    }
    case 'choose':
      return choose(walk, code, state);
    case 'loop':
      loop(walk, code, state, (inner) => void walk.evaluate(code.body, inner));
      return scopes.unknown();
    case 'try':
      return attempt(walk, code, state);
    case 'leave':
      leave(walk, code, state);
      return scopes.unknown();
    case 'expect-failure':
      walk.runs.expectingFailure(() => void walk.evaluate(code.body, state));
      return scopes.unknown();
    default:
      return assertNever(code);
  }
}
