import type { CoreModule } from './core-module';
import { orNull } from './optional';
import { readCodeLines, type WatLine } from './wat/code-lines';
import { headText, type WatNames } from './wat/identifier';

/** A part of a function as text. */
export interface WatExcerpt {
  /** The function's first line: `(func $_start (;12;)`. */
  readonly head: string;
  readonly lines: readonly WatLine[];
  /** How many instructions of the function stand before and after the lines. */
  readonly before: number;
  readonly after: number;
}

/**
 * The instructions of a function from the first of some offsets (in the core module) to the last as WebAssembly text, and `reach` of them
 * before and after. Null for a function without a body, for offsets that are not in it, and for code that cannot be decoded.
 */
export function disassembleAround(
  module: CoreModule,
  funcIndex: number,
  offsets: readonly number[],
  reach = 12,
): WatExcerpt | null {
  const range = orNull(() => module.body(funcIndex));
  if (range === null) return null;
  const names = namesOf(module);
  const { lines, isUnknown } = readCodeLines(module.bytes, range, names, module.start);
  return isUnknown ? null : excerpt(headText(funcIndex, names.func(funcIndex)), lines, offsets, reach);
}

/** Looks each name up for itself: an excerpt has few of them. */
function namesOf(module: CoreModule): WatNames {
  return {
    func: (index) => orNull(() => module.funcName(index)),
    global: (index) => module.globalName(index),
  };
}

function excerpt(
  head: string,
  lines: readonly WatLine[],
  offsets: readonly number[],
  reach: number,
): WatExcerpt | null {
  const first = lines.findIndex(({ offset }) => offsets.includes(offset));
  const last = lines.findLastIndex(({ offset }) => offsets.includes(offset));
  if (first < 0) return null;
  const from = Math.max(0, first - reach);
  const to = Math.min(lines.length, last + reach + 1);
  return { head: `(func ${head}`, lines: lines.slice(from, to), before: from, after: lines.length - to };
}
