import { createHash } from 'node:crypto';
import { defined } from '../base/defined';
import type { Callable } from '../component/wave/export-lookup';
import { shortestName } from '../component/wave/export-lookup';
import type { HandleNaming } from '../component/wave/handles';
import { foldValue, printValue } from '../component/wave/print';
import type { ValueType } from '../component/types';
import type { Outcome } from '../component/outcome';
import { encodeValue } from '../engine/wire-values';

/**
 * Longest printed result for people, in characters. A result of hundreds of megabytes would block the editor
 * or take all of its memory.
 */
export const longestResult = 1 << 21;

/** A returned value with its type. */
interface Returned {
  readonly value: unknown;
  readonly type: ValueType;
}

/**
 * The result of a call as WAVE text, `()` for a function that returns nothing. Null for a call that did not
 * return, and for a result that could not be read.
 * @param maxLength about how many characters are printed; the rest is counted
 */
export function resultText(
  callee: Callable,
  outcome: Outcome,
  handles: HandleNaming,
  { width, maxLength = longestResult }: { readonly width?: number; readonly maxLength?: number } = {},
): string | null {
  if ((outcome.type !== 'ok' && outcome.type !== 'error') || isUnread(outcome)) return null;
  const returned = returnedBy(callee, outcome);
  if (returned === null) return '()';
  return printValue(returned.value, returned.type, {
    handles,
    maxLength,
    ...defined({ width }),
  });
}

/** The result on one line of about `maxLength` characters, for lists of calls. */
export function foldedResult(
  callee: Callable,
  outcome: Outcome,
  handles: HandleNaming,
  maxLength: number,
): string | null {
  if ((outcome.type !== 'ok' && outcome.type !== 'error') || isUnread(outcome)) return null;
  const returned = returnedBy(callee, outcome);
  return returned === null ? '()' : foldValue(returned.value, returned.type, maxLength, handles);
}

/**
 * The text of a result, to be compared with that of another call. One that is cut off gets a digest of the whole. Null where there is no
 * result, or where it is not known.
 */
export function comparableResult(callee: Callable, outcome: Outcome): string | null {
  // The numbers of handles differ from call to call and say nothing about the export.
  const text = resultText(callee, outcome, { nameFor: () => 'handle' });
  if (text === null || text.length < longestResult || !('value' in outcome)) return text;
  return `${text} (${createHash('sha256').update(encodeValue(outcome.value)).digest('hex').slice(0, 16)})`;
}

/** The arguments of a call, as between its parentheses. */
export function argumentsText(callee: Callable, args: readonly unknown[], handles: HandleNaming): string {
  return callee.type.params.map(({ type }, index) => printValue(args[index], type, { handles })).join(', ');
}

/** A call as text. WAVE's `parseCall` reads the same call from it. */
export function callText(callee: Callable, argumentText: string, exports: readonly Callable[]): string {
  return `${shortestName(callee, exports)}(${argumentText})`;
}

/** Whether a call returned something that could not be told apart from its guest's output. */
export function isUnread(outcome: Outcome): boolean {
  return outcome.type === 'ok' && outcome.unread === true;
}

/** Makes one value again of a result: jco returns its ok value and throws its error value. */
function returnedBy(
  { type: { result: type } }: Callable,
  outcome: Extract<Outcome, { type: 'ok' | 'error' }>,
): Returned | null {
  if (type === null) return null;
  if (type.kind !== 'result') return { type, value: outcome.value };
  return { type, value: { tag: outcome.type === 'ok' ? 'ok' : 'err', val: outcome.value } };
}
