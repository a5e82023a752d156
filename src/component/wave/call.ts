import type { Result } from '../../base/result';
import { nearest } from '../../base/nearest';
import type { Callable } from './export-lookup';
import { findCallees, findMethods, fullName, shortestName } from './export-lookup';
import type { Expectation, WaveError, WaveProblem } from './error';
import { escapeUnseen } from './escape';
import { WaveFailure } from './error';
import type { HandleLookup } from './handles';
import { noHandles } from './handles';
import { parseWhole } from './parse';
import { ValueReader } from './read-value';
import type { Scanner } from './scanner';
import type { JsValue } from './value';

/** A call that is ready to be made. */
export interface ParsedCall {
  readonly callee: Callable;
  /** One for each parameter, a method's receiver first. */
  readonly args: readonly JsValue[];
}

const calleePattern = /[^\s()"'{},$]+/y;
const methodPattern = /\.([a-zA-Z0-9-]+)/y;

/**
 * Reads a call: the name of an export, then its arguments as WAVE, `docs:adder/add#add(1, 2)`. The interface may be left out or
 * shortened where that is not ambiguous. A method is `counter.next($1)` or `$1.next()`, a constructor `counter(5)`.
 */
export function parseCall(
  text: string,
  exports: readonly Callable[],
  handles: HandleLookup = noHandles,
): Result<ParsedCall, WaveError> {
  return parseWhole(text, (scanner) => {
    const { callee, receiver } = readCallee(scanner, exports, handles);
    requireParenthesis(scanner, callee);
    const reader = new ValueReader(scanner, handles);
    const params = callee.type.params.slice(receiver.length);
    return { callee, args: [...receiver, ...reader.readArguments(params)] };
  });
}

/** Which export a text that may be no more than the beginning of a call is about; null if that cannot be told yet. */
export function calleeOf(
  text: string,
  exports: readonly Callable[],
  handles: HandleLookup = noHandles,
): Callable | null {
  let callee: Callable | null = null;
  const parsed = parseWhole(text, (scanner) => {
    callee = readCallee(scanner, exports, handles).callee;
    scanner.offset = text.length;
  });
  return parsed.ok ? callee : null;
}

interface Callee {
  readonly callee: Callable;
  /** The receiver, where the call is written as `$1.next()`; else nothing. */
  readonly receiver: readonly JsValue[];
}

function readCallee(scanner: Scanner, exports: readonly Callable[], handles: HandleLookup): Callee {
  scanner.skipSpace();
  const { offset, text } = scanner;
  if (text[offset] === '$') return readMethod(scanner, exports, handles);
  calleePattern.lastIndex = offset;
  const written = calleePattern.exec(text)?.[0] ?? '';
  const found = findCallees(written, exports);
  const [callee, second] = found;
  const end = offset + written.length;
  if (callee === undefined) {
    if (written === '') throw final(scanner, { kind: 'function' });
    throw new WaveFailure(unknownFunction(written, exports), { offset, end, expected: { kind: 'function' } });
  }
  if (second !== undefined) {
    const problem = { kind: 'ambiguous', written, meanings: found.map(fullName) } as const;
    throw new WaveFailure(problem, { offset, end, expected: { kind: 'function' } });
  }
  scanner.offset = end;
  return { callee, receiver: [] };
}

/** With the nearest export, and all that there are, of very many only the first. */
function unknownFunction(written: string, exports: readonly Callable[]): WaveProblem {
  const names = exports.map((callee) => shortestName(callee, exports));
  return {
    kind: 'unknown-function',
    written: escapeUnseen(written.length > 80 ? `${written.slice(0, 80)}…` : written),
    nearest: nearest(written.replaceAll('%', ''), [...names, ...exports.map(fullName)]),
    names: names.slice(0, mostNamed),
    more: Math.max(0, names.length - mostNamed),
  };
}

const mostNamed = 50;

function readMethod(scanner: Scanner, exports: readonly Callable[], handles: HandleLookup): Callee {
  const handle = scanner.takeHandle();
  if (handle === null) throw final(scanner, { kind: 'handle' });
  methodPattern.lastIndex = scanner.offset;
  const method = methodPattern.exec(scanner.text)?.[1];
  if (method === undefined) throw final(scanner, { kind: 'method' });
  let problem: WaveProblem = { kind: 'no-method', method };
  for (const callee of findMethods(method, exports)) {
    const self = callee.type.params[0]?.type;
    if (self?.kind !== 'borrow') continue;
    const found = handles.find(handle.name, self);
    if ('value' in found) {
      scanner.offset += method.length + 1;
      return { callee, receiver: [found.value] };
    }
    problem = { kind: 'handle', why: found.lack };
  }
  throw new WaveFailure(problem, { offset: handle.offset, end: scanner.offset + method.length + 1 });
}

/** Says the signature, since a name without arguments often means that they are not known. */
function requireParenthesis(scanner: Scanner, { type }: Callable): void {
  scanner.skipSpace();
  if (scanner.text[scanner.offset] === '(') return;
  throw final(scanner, { kind: 'arguments', type });
}

/** A failure that further lines would not mend: before the parenthesis, a line's end is the call's end. */
function final(scanner: Scanner, expected: Expectation): WaveFailure {
  const { problem, offset, end } = scanner.failure(expected);
  return new WaveFailure(problem, { offset, end, expected });
}
