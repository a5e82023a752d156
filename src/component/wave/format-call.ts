import { tokensOf, type Token } from './split-calls';
import { group, layout, wrap, type Node } from './pretty-printer';
import { maxTextLength } from './parse';

/** Deeper texts are no calls; see ValueReader. */
const maxDepth = 200;

/**
 * Breaks the text of a call into lines of at most `width` columns. Only white space is changed, also in a wrong call;
 * one with comments or strings of several lines is left as it is, and so is one that is too long to be read.
 */
export function formatCall(text: string, width: number): string {
  if (text.length > maxTextLength) return text;
  const tokens = [...tokensOf(text)];
  if (tokens.some(({ token }) => token.startsWith('//') || token === '"""')) return text;
  const shaper = new Shaper(text, tokens);
  const items = shaper.items();
  const [only] = items;
  return shaper.isWhole && items.length === 1 && only !== undefined ? layout(only, width) : text;
}

/** Reads a text as items within brackets. */
class Shaper {
  readonly #text: string;
  readonly #tokens: readonly Token[];
  #next = 0;
  #at = 0;
  #balanced = true;
  #depth = 0;

  constructor(text: string, tokens: readonly Token[]) {
    this.#text = text;
    this.#tokens = tokens;
  }

  /** Whether each bracket had its other one, and nothing was left over. */
  get isWhole(): boolean {
    return this.#balanced && this.#next === this.#tokens.length;
  }

  /** What stands between commas, up to a closing bracket or the end. The bracket is not passed over. */
  items(): readonly Node[] {
    const items: Node[] = [];
    let item: Node = '';
    for (let token = this.#peek(); token !== undefined && this.#balanced; token = this.#peek()) {
      if (/^[)\]}]$/.test(token.token)) break;
      this.#next += 1;
      const before = this.#until(token.offset);
      this.#at = token.offset + token.token.length;
      if (token.token === ',') {
        items.push(this.#joined(item, before.trimEnd()));
        item = '';
      } else if (/^[([{]$/.test(token.token)) {
        const inner = this.#inner();
        const close = this.#close(token.token);
        const isCase = token.token === '(' && this.#depth > 0 && /[\w-]/.test(before.trimEnd().slice(-1));
        item = this.#joined(item, bracketed(before, token.token, inner, close, isCase));
      } else {
        item = this.#joined(item, before + token.token);
      }
    }
    const last = this.#joined(item, this.#until(this.#peek()?.offset ?? this.#text.length).trimEnd());
    // After a comma at the end nothing more need come.
    return last === '' ? items : [...items, last];
  }

  #inner(): readonly Node[] {
    if (this.#depth === maxDepth) {
      this.#balanced = false;
      return [];
    }
    this.#depth += 1;
    const items = this.items();
    this.#depth -= 1;
    return items;
  }

  #peek(): Token | undefined {
    return this.#tokens[this.#next];
  }

  #until(offset: number): string {
    const text = this.#text.slice(this.#at, offset).replace(/\s+/g, ' ');
    this.#at = offset;
    return text.trimStart();
  }

  #close(open: string): string {
    const token = this.#peek();
    const close = { '(': ')', '[': ']', '{': '}' }[open] ?? '';
    if (token?.token !== close) {
      this.#balanced = false;
      return close;
    }
    this.#next += 1;
    this.#at = token.offset + 1;
    return close;
  }

  /** One item after the other; only the first can be broken over lines, so two with brackets are not joined. */
  #joined(item: Node, more: Node): Node {
    if (item === '') return more;
    if (more === '') return item;
    if (typeof more === 'string') return wrap('', item, more);
    if (typeof item === 'string') return wrap(item, more);
    this.#balanced = false;
    return item;
  }
}

/**
 * What stands between brackets, and before them.
 * @param isCase whether that is the value of a case, as in `some(1)`. Like the `:` of an empty record, it has no comma behind it, as the items
 *   of groups get on lines of their own.
 */
function bracketed(
  before: string,
  open: string,
  inner: readonly Node[],
  close: string,
  isCase: boolean,
): Node {
  const [only, second] = inner;
  if (only !== undefined && second === undefined && (isCase || only === ':')) {
    return wrap(before + open, only, close);
  }
  return wrap(before, group(open, inner, close));
}
