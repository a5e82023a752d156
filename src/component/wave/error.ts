import type { Field, ValueType } from '../types';

/** What could stand at a place of the text, as data, so that both messages and completion can be made of it. */
export type Expectation =
  | { readonly kind: 'value'; readonly type: ValueType }
  /** A field of a record that is not given yet. */
  | { readonly kind: 'field'; readonly fields: readonly Field[] }
  /** A flag that is not given yet. */
  | { readonly kind: 'flag'; readonly labels: readonly string[] }
  | { readonly kind: 'function' }
  /** Anything else, in words: "`,` or `]`". */
  | { readonly kind: 'text'; readonly text: string };

/** Why a text is not a value (or a call) of its type, and where. */
export interface WaveError {
  /** One sentence that says what was expected and what was found. */
  readonly message: string;
  /** Where, in UTF-16 code units from 0, as in JavaScript strings and VS Code. `end` is behind the part that is wrong. */
  readonly offset: number;
  readonly end: number;
  /** The same place for people: lines and columns (in UTF-16 code units) from 1. */
  readonly line: number;
  readonly column: number;
  readonly expected: Expectation | null;
  /** The text so far is right, and more text on further lines could complete it. */
  readonly incomplete: boolean;
}

/** How a parser of this folder gives up: thrown and caught inside of the folder only. */
export class WaveFailure extends Error {
  override readonly name = 'WaveFailure';
  readonly offset: number;
  readonly end: number;
  readonly expected: Expectation | null;
  readonly incomplete: boolean;

  constructor(
    message: string,
    place: {
      readonly offset: number;
      readonly end: number;
      readonly expected?: Expectation;
      readonly incomplete?: boolean;
    },
  ) {
    super(message);
    this.offset = place.offset;
    this.end = Math.max(place.end, place.offset);
    this.expected = place.expected ?? null;
    this.incomplete = place.incomplete ?? false;
  }
}

/** Line and column, both from 1, of an offset in the text; columns count UTF-16 code units. */
export function lineAndColumn(
  text: string,
  offset: number,
): { readonly line: number; readonly column: number } {
  let line = 1;
  let lineStart = 0;
  for (let at = text.indexOf('\n'); at >= 0 && at < offset; at = text.indexOf('\n', at + 1)) {
    line += 1;
    lineStart = at + 1;
  }
  return { line, column: offset - lineStart + 1 };
}

/** The failure as a value, with its place in `text` for people. */
export function toWaveError(failure: WaveFailure, text: string): WaveError {
  const { message, offset, end, expected, incomplete } = failure;
  return { message, offset, end, ...lineAndColumn(text, offset), expected, incomplete };
}
