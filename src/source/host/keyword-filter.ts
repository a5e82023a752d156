import type { Span } from '../span';

/** The words of a language. */
export interface LanguageWords {
  /** Words that make a part worth a look. */
  readonly relevant: RegExp;
  /** Words without which a function neither calls run nor makes an instance. */
  readonly runs: RegExp;
  /** Words with which control leaves: they matter beside something that matters. */
  readonly exits: RegExp;
}

/**
 * Which parts of a text can matter, told by the words in them, so that the rest is never looked at. It starts from a language's own words; the names of what
 * was made with them are added as they are found, and the text is gone through again until there are no new ones.
 */
export class KeywordFilter {
  readonly #text: string;
  readonly #words: Set<string>;
  readonly #patterns: string;
  readonly #runPatterns: string;
  readonly #runners = new Set<string>();
  readonly #exits: readonly number[];
  #offsets: readonly number[] = [];
  #runs: readonly number[] = [];
  #hasNew = true;

  constructor(text: string, { relevant, runs, exits }: LanguageWords) {
    this.#text = text;
    this.#words = new Set();
    this.#patterns = relevant.source;
    this.#runPatterns = runs.source;
    this.#exits = [...text.matchAll(exits)].map(({ index }) => index);
  }

  /** Takes the names that were added into account; false if there are none. */
  update(): boolean {
    if (!this.#hasNew) return false;
    this.#hasNew = false;
    this.#offsets = this.#find(this.#patterns, this.#words);
    this.#runs = this.#find(this.#runPatterns, this.#runners);
    return true;
  }

  /** @param mayRun whether it is a function that may call run or make an instance */
  addName(name: string, mayRun = false): void {
    if (!/^[A-Za-z_$][\w$]*$/.test(name)) return;
    if (!this.#words.has(name) || (mayRun && !this.#runners.has(name))) this.#hasNew = true;
    this.#words.add(name);
    if (mayRun) this.#runners.add(name);
  }

  /** Whether run can be called or an instance made in a part, itself or through other functions of the text. */
  mayRun(span: Span): boolean {
    return hasBetween(this.#runs, span);
  }

  matters(span: Span): boolean {
    return hasBetween(this.#offsets, span);
  }

  leaves(span: Span): boolean {
    return hasBetween(this.#exits, span);
  }

  /** Where words stand that look like `pattern` or are among `names`. */
  #find(pattern: string, names: ReadonlySet<string>): readonly number[] {
    const words = [...names].map((name) => name.replace(/\$/g, '\\$')).join('|');
    const all = words === '' ? pattern : `${pattern}|(?<![\\w$])(?:${words})(?![\\w$])`;
    return [...this.#text.matchAll(new RegExp(all, 'g'))].map(({ index }) => index);
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
