import type { ValueType } from '../component/types';
import type { HandleNaming } from '../component/wave/handles';
import { foldValue, printValue } from '../component/wave/print';
import { describeOutcome } from '../instance/call';
import { longestResult } from './call-text';
import { placeWords } from './explain-trap';
import type { ReadableHandle } from './handle-table';
import type { MadeRead } from './call-session';
import type { Reading } from '../engine/wire-reading';

const numberKinds: ReadonlySet<ValueType['kind']> = new Set<ValueType['kind']>([
  's8',
  'u8',
  's16',
  'u16',
  's32',
  'u32',
  's64',
  'u64',
  'f32',
  'f64',
]);

/** Whether a stream is of numbers, of which many can be read at once. */
export function itemsAreNumbers({ kind, element }: ReadableHandle['type']): boolean {
  return kind === 'stream' && element !== null && numberKinds.has(element.kind);
}

/** What was read, as WAVE: the list of what a stream gave, or the value of a future. Null where nothing came. */
export function readingText(
  handle: ReadableHandle,
  reading: Reading,
  handles: HandleNaming,
  width?: number,
): string | null {
  const shown = shownOf(handle, reading);
  if (shown === null) return null;
  if (shown.type === null) return '()';
  return printValue(shown.value, shown.type, {
    handles,
    maxLength: longestResult,
    ...(width === undefined ? {} : { width }),
  });
}

/** The same on one line of about `maxLength` characters, for lists of calls. */
export function foldedReading(
  handle: ReadableHandle,
  reading: Reading,
  handles: HandleNaming,
  maxLength: number,
): string | null {
  const shown = shownOf(handle, reading);
  if (shown === null) return null;
  return shown.type === null ? '()' : foldValue(shown.value, shown.type, maxLength, handles);
}

/** What there is to know besides what was read, as a sentence: whether more can follow. Null where that is clear. */
export function readingNote(
  { name, type }: ReadableHandle,
  { items, end }: Reading,
  waitMs: number,
): string | null {
  switch (end) {
    case 'done':
      return type.kind === 'stream' ? `That is the end of ${name}.` : null;
    case 'more':
      return `There may be more: \`:read ${name}\` goes on.`;
    case 'waiting':
      return `Nothing${items.length === 0 ? '' : ' more'} came within ${String(waitMs / 1000)} s: \`:read ${name}\` waits for more.`;
  }
}

/** What became of a read that ended its instance, as a sentence. */
export function readFailure(instanceNumber: number, { handle: { name }, call }: MadeRead): string {
  const outcome = call.ended?.outcome;
  if (outcome?.type === 'trapped')
    return `Instance #${String(instanceNumber)} trapped while ${name} was read${placeWords(call)}: ${outcome.message}.`;
  return `Reading ${name}: ${outcome === undefined ? 'it has not ended' : describeOutcome(outcome)}.`;
}

/** The value with its type; null where there is none. */
function shownOf(
  { type: { kind, element } }: ReadableHandle,
  { items, end }: Reading,
): { readonly value: unknown; readonly type: ValueType | null } | null {
  if (items.length === 0 && end !== 'done') return null;
  if (kind === 'future' || element === null) return { value: items[0], type: element };
  return { value: items, type: { kind: 'list', element, length: null } };
}
