import type { Span } from '../span';

/**
 * Which parts of a text can matter, told by the words in them, so that the rest is never looked at. It starts from a language's own words; the names of what
 * was made with them are added as they are found, and the text is gone through again until there are no new ones.
 */
export class Relevance {
  readonly #text: string;
  readonly #words: Set<string>;
  readonly #patterns: string;
  readonly #exits: readonly number[];
  #offsets: readonly number[] = [];
  #hasNew = true;

  /**
   * @param patterns what the language's own words look like
   * @param exits words with which control leaves: they matter beside something that matters
   */
  constructor(text: string, patterns: RegExp, exits: RegExp) {
    this.#text = text;
    this.#words = new Set();
    this.#patterns = patterns.source;
    this.#exits = [...text.matchAll(exits)].map(({ index }) => index);
  }

  /** Takes the names that were added into account; false if there are none. */
  update(): boolean {
    if (!this.#hasNew) return false;
    this.#hasNew = false;
    const words = [...this.#words].map((word) => word.replace(/\$/g, '\\$'));
    const pattern = [
      this.#patterns,
      ...(words.length > 0 ? [`(?<![\\w$])(?:${words.join('|')})(?![\\w$])`] : []),
    ].join('|');
    this.#offsets = [...this.#text.matchAll(new RegExp(pattern, 'g'))].map(({ index }) => index);
    return true;
  }

  addName(name: string): void {
    if (!/^[A-Za-z_$][\w$]*$/.test(name) || this.#words.has(name)) return;
    this.#words.add(name);
    this.#hasNew = true;
  }

  matters(span: Span): boolean {
    return hasBetween(this.#offsets, span);
  }

  leaves(span: Span): boolean {
    return hasBetween(this.#exits, span);
  }
}

/** Whether one of the ascending `offsets` lies in `span`. */
function hasBetween(offsets: readonly number[], { start, end }: Span): boolean {
  let low = 0;
  let high = offsets.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((offsets[middle] ?? 0) < start) low = middle + 1;
    else high = middle;
  }
  return (offsets[low] ?? Infinity) < end;
}
