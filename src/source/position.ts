import type { Span } from './span';

/** A place in a text as editors count: 0-based, characters in UTF-16 code units. */
export interface Position {
  readonly line: number;
  readonly character: number;
}

/** From a position up to the one after the last character. */
export interface Range {
  readonly start: Position;
  readonly end: Position;
}

/** Where the lines of a text begin. They end with `\n`, `\r\n` or `\r`, as in the editor. */
export class LineTable {
  readonly #starts: readonly number[];

  constructor(text: string) {
    const starts = [0];
    for (const end of text.matchAll(/\r\n|\n|\r/g)) starts.push(end.index + end[0].length);
    this.#starts = starts;
  }

  positionAt(offset: number): Position {
    let low = 0;
    let high = this.#starts.length;
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if ((this.#starts[middle] ?? 0) <= offset) low = middle;
      else high = middle;
    }
    return { line: low, character: offset - (this.#starts[low] ?? 0) };
  }

  rangeOf({ start, end }: Span): Range {
    return { start: this.positionAt(start), end: this.positionAt(end) };
  }
}
