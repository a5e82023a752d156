/** Columns before the place, at most, and columns in all. */
const before = 60;
const width = 100;

/** The part of a line around a place, and the blanks that lead to the place in it. */
export interface Excerpt {
  readonly text: string;
  readonly indent: string;
}

/** Cuts out the surroundings of a place. Lines and columns are from 1. */
export function excerptAt(
  text: string,
  { line, column }: { readonly line: number; readonly column: number },
): Excerpt {
  const from = Math.max(0, column - before);
  const shown = text.split('\n')[line - 1] ?? '';
  return { text: shown.slice(from, from + width), indent: ' '.repeat(column - 1 - from) };
}
