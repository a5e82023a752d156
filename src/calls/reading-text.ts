import { defined } from '../base/defined';
import type { ValueType } from '../component/types';
import type { HandleNaming } from '../component/wave/handles';
import { foldValue, printValue } from '../component/wave/print';
import { longestResult } from './call-text';
import type { ReadableHandle } from './handle-table';
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

/** Whether a handle is a stream of numbers, which the runner can read in bulk. */
export function itemsAreNumbers({ kind, element }: ReadableHandle['type']): boolean {
  return kind === 'stream' && element !== null && numberKinds.has(element.kind);
}

/** A reading as WAVE: the list of a stream's items, or the value of a future. Null if nothing came. */
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
    ...defined({ width }),
  });
}

/** The reading on one line of about `maxLength` characters, for lists of calls. */
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

/** The value with its type; null if nothing came. */
function shownOf(
  { type: { kind, element } }: ReadableHandle,
  { items, end }: Reading,
): { readonly value: unknown; readonly type: ValueType | null } | null {
  if (items.length === 0 && end !== 'done') return null;
  if (kind === 'future' || element === null) return { value: items[0], type: element };
  return { value: items, type: { kind: 'list', element, length: null } };
}
