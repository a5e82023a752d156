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
 * Which parts of a text can matter, told by the words in them; the rest is never looked at. It starts from a
 * language's own words. The names of what was made with them are added as they are found, until none is new.
 */
export class KeywordFilter {
  readonly #text: string;
  readonly #words: LanguageWords;
  readonly #names = new Set<string>();
  readonly #runners = new Set<string>();
  readonly #exits: readonly number[];
  #offsets: readonly number[] = [];
  #runs: readonly number[] = [];
  #hasNew = true;

  constructor(text: string, words: LanguageWords) {
    this.#text = text;
    this.#words = words;
    this.#exits = [...text.matchAll(words.exits)].map(({ index }) => index);
  }

  /** Takes the names that were added into account; false if there are none. */
  update(): boolean {
    if (!this.#hasNew) return false;
    this.#hasNew = false;
    this.#offsets = this.#find(this.#words.relevant, this.#names);
    this.#runs = this.#find(this.#words.runs, this.#runners);
    return true;
  }

  /** Adds a name that matters. `mayRun` says that it is a function that may call run or make an instance. */
  addName(name: string, mayRun = false): void {
    if (!/^[A-Za-z_$][\w$]*$/.test(name)) return;
    if (!this.#names.has(name) || (mayRun && !this.#runners.has(name))) this.#hasNew = true;
    this.#names.add(name);
    if (mayRun) this.#runners.add(name);
  }

  /** Whether run may be called or an instance made in a part, or by functions of the text that it calls. */
  mayRun(span: Span): boolean {
    return hasBetween(this.#runs, span);
  }

  /** Whether a part has a word that matters. */
  matters(span: Span): boolean {
    return hasBetween(this.#offsets, span);
  }

  /** Whether control may leave in a part. */
  leaves(span: Span): boolean {
    return hasBetween(this.#exits, span);
  }

  /** Where words stand that a pattern matches, or that are among `names`. */
  #find({ source }: RegExp, names: ReadonlySet<string>): readonly number[] {
    const words = [...names].map((name) => name.replace(/\$/g, '\\$')).join('|');
    const all = words === '' ? source : `${source}|(?<![\\w$])(?:${words})(?![\\w$])`;
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
