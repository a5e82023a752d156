import type { Field, FuncType, ValueType } from '../types';
import type { HandleLack } from './handles';
import type { IntegerKind } from './numbers';

/** What could stand at a place of the text, as data, so that both messages and completion can be made of it. */
export type Expectation =
  | { readonly kind: 'value'; readonly type: ValueType }
  /** A field of a record that is not given yet. */
  | { readonly kind: 'field'; readonly fields: readonly Field[] }
  /** A flag that is not given yet. */
  | { readonly kind: 'flag'; readonly labels: readonly string[] }
  | { readonly kind: 'function' }
  /** One of these, as they are written. */
  | { readonly kind: 'tokens'; readonly tokens: readonly string[] }
  /** A character and the value of a field or a case. */
  | { readonly kind: 'value-of'; readonly token: string; readonly label: string }
  /** A comma and so many more values; `count` is null for the value of a map's key. */
  | { readonly kind: 'more-values'; readonly count: number | null }
  /** A key and a value of a map. */
  | { readonly kind: 'entry' }
  /** The end of a record without fields, of no parameters, or of so many values. */
  | { readonly kind: 'close'; readonly of: 'empty-record' | 'no-parameters' }
  | { readonly kind: 'close'; readonly of: 'list' | 'tuple'; readonly count: number }
  /** No value, since the case has none. */
  | { readonly kind: 'no-payload'; readonly label: string }
  | { readonly kind: 'handle' | 'method' | 'end' }
  | { readonly kind: 'arguments'; readonly type: FuncType };

/** What is wrong with a text. `src/words/wave-error.ts` puts it into words. */
export type WaveProblem =
  /** `found` is what stands there, made safe to show; null at the end of the text. */
  | { readonly kind: 'expected'; readonly expected: Expectation; readonly found: string | null }
  | { readonly kind: 'given-twice'; readonly what: 'field' | 'flag'; readonly label: string }
  | { readonly kind: 'key-twice' }
  | { readonly kind: 'missing'; readonly what: 'field' | 'argument'; readonly name: string }
  | {
      readonly kind: 'unknown-function';
      readonly written: string;
      readonly nearest: string | undefined;
      /** The exports, of very many only the first. */
      readonly names: readonly string[];
      /** How many more there are. */
      readonly more: number;
    }
  | { readonly kind: 'ambiguous'; readonly written: string; readonly meanings: readonly string[] }
  | { readonly kind: 'no-method'; readonly method: string }
  | { readonly kind: 'handle'; readonly why: HandleLack }
  | { readonly kind: 'leading-zeros' }
  | { readonly kind: 'out-of-range'; readonly type: IntegerKind; readonly written: string }
  /** More characters, a deeper nesting, or more fields and flags that are left out than are read. */
  | { readonly kind: 'too-long' | 'too-deep' | 'too-much-left-out'; readonly most: number }
  | { readonly kind: 'list-length'; readonly length: number; readonly found: number }
  | { readonly kind: 'empty-char' | 'several-chars' }
  | { readonly kind: 'unclosed'; readonly what: 'char' | 'string' }
  | { readonly kind: 'no-line-break' | 'unclosed-lines' | 'closing-line' | 'escape' }
  | { readonly kind: 'indent'; readonly spaces: number }
  /** `code` is the code point. */
  | { readonly kind: 'not-scalar' | 'half-surrogate'; readonly code: number }
  /** `at` is the number of the byte from 0. */
  | { readonly kind: 'not-utf8'; readonly at: number; readonly byte: number };

/** Why a text is not a value (or a call) of its type, and where. */
export interface WaveError {
  readonly problem: WaveProblem;
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
  readonly problem: WaveProblem;
  readonly offset: number;
  readonly end: number;
  readonly expected: Expectation | null;
  readonly incomplete: boolean;

  constructor(
    problem: WaveProblem,
    place: {
      readonly offset: number;
      readonly end: number;
      readonly expected?: Expectation;
      readonly incomplete?: boolean;
    },
  ) {
    super(problem.kind);
    this.problem = problem;
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
  const { problem, offset, end, expected, incomplete } = failure;
  return { problem, offset, end, ...lineAndColumn(text, offset), expected, incomplete };
}
