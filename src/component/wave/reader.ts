import type { ValueType } from '../types';
import type { Expectation, WaveProblem } from './error';
import { WaveFailure } from './error';
import type { Scanner } from './scanner';
import type { JsValue } from './value';

/** What the functions that read one kind of value work with. */
export interface Reader {
  readonly scanner: Scanner;
  /** Reads one value, of a part of the type that is being read. */
  read(type: ValueType, expected?: Expectation): JsValue;
  /** Counts fields and flags that are made though the text does not name them. Throws a WaveFailure when they are too many. */
  leaveOut(count: number): void;
}

/** Behind an item: passes over `,` or the closing character, or both. @returns whether it closed */
export function endOfItem(reader: Reader, close: string): boolean {
  const { scanner } = reader;
  if (scanner.take(close)) return true;
  scanner.expect(',', { kind: 'tokens', tokens: [',', close] });
  return scanner.take(close);
}

/** A failure at the closing character that was just passed over. */
export function missing(reader: Reader, problem: WaveProblem): WaveFailure {
  const offset = reader.scanner.offset - 1;
  return new WaveFailure(problem, { offset, end: offset + 1 });
}
