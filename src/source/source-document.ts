import type { Parser, Tree } from '@vscode/tree-sitter-wasm';
import type { EntryPoint } from './entry-point';
import { findEntryPoints } from './entry-points';
import type { Grammars } from './grammars';
import { findJavaScriptGuest } from './guest/javascript';
import { findGoGuest, findPythonGuest, findRustGuest } from './guest/others';
import type { SecondRunFinding } from './host/host-findings';
import { findHostFindings } from './host/host-findings';
import type { SourceLanguage } from './languages';
import { sourceLanguage } from './languages';
import { LineTable } from './position';
import type { Span } from './span';
import type { Syntax } from './syntax';

/** What was found in a text. */
export interface SourceFindings {
  readonly entryPoints: readonly EntryPoint[];
  readonly secondRuns: readonly SecondRunFinding[];
  /** Set for a host program that could not be analysed because its code is nested too deeply. */
  readonly tooDeep?: true;
}

/** Text that replaces what is from `start` to `end`, in UTF-16 code units of the text before this edit. */
export interface SourceEdit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** A text with its tree, which follows the text's edits. */
export class SourceDocument {
  readonly #languageId: string;
  readonly #language: SourceLanguage | undefined;
  readonly #grammars: Grammars;
  #text: string;
  #tree: Tree | undefined;

  constructor(languageId: string, text: string, grammars: Grammars) {
    this.#languageId = languageId;
    this.#language = sourceLanguage(languageId);
    this.#text = text;
    this.#grammars = grammars;
  }

  /** Applies edits one after the other. Parsing waits for `find`. */
  edit(edits: readonly SourceEdit[]): void {
    for (const { start, end, text } of edits) {
      if (this.#tree !== undefined) {
        const before = this.#text;
        const point = (within: string, offset: number) => pointAt(within, offset);
        const after = before.slice(0, start) + text + before.slice(end);
        this.#tree.edit({
          startIndex: start,
          oldEndIndex: end,
          newEndIndex: start + text.length,
          startPosition: point(before, start),
          oldEndPosition: point(before, end),
          newEndPosition: point(after, start + text.length),
        });
        this.#text = after;
      } else this.#text = this.#text.slice(0, start) + text + this.#text.slice(end);
    }
  }

  /** Analyses the text. It is parsed only if its words say that there may be something to find. */
  async find(): Promise<SourceFindings> {
    const language = this.#language;
    if (language === undefined) return { entryPoints: [], secondRuns: [] };
    const isGuest = language.mentionsGuest.test(this.#text);
    const isHost = language.mentionsHost?.test(this.#text) === true;
    const plain = isGuest ? findEntryPoints(this.#languageId, this.#text) : [];
    if (language.grammar === undefined || (!isGuest && !isHost))
      return { entryPoints: plain, secondRuns: [] };
    const parser = await this.#grammars.parser(language.grammar);
    const root = this.#parse(parser);
    if (root === undefined) return { entryPoints: plain, secondRuns: [] };
    const lines = new LineTable(this.#text);
    const guests = (isGuest ? unlessTooDeep(() => this.#findGuests(root)) : undefined) ?? [];
    const points = guests.map((name): EntryPoint => ({
      ...lines.positionAt(name.startIndex),
      length: name.endIndex - name.startIndex,
      kind: name.text === 'main' ? 'main' : 'exported-run',
      name: name.text,
    }));
    const { host } = language;
    const parseInside = (span: Span) => this.#parseInside(parser, span);
    const secondRuns =
      isHost && host !== undefined
        ? unlessTooDeep(() =>
            findHostFindings({ language: host, text: this.#text, lines, root, parseInside }),
          )
        : [];
    const entryPoints = [...plain, ...points].sort((a, b) => a.line - b.line);
    return secondRuns === undefined
      ? { entryPoints, secondRuns: [], tooDeep: true }
      : { entryPoints, secondRuns };
  }

  dispose(): void {
    this.#tree?.delete();
    this.#tree = undefined;
  }

  #parse(parser: Parser): Syntax | undefined {
    const old = this.#tree;
    const tree = parser.parse(this.#text, old);
    old?.delete();
    this.#tree = tree ?? undefined;
    return tree?.rootNode;
  }

  #parseInside(parser: Parser, { start, end }: Span): Syntax | undefined {
    const range = {
      startIndex: start,
      endIndex: end,
      startPosition: pointAt(this.#text, start),
      endPosition: pointAt(this.#text, end),
    };
    return parser.parse(this.#text, null, { includedRanges: [range] })?.rootNode;
  }

  #findGuests(root: Syntax): readonly Syntax[] {
    switch (this.#languageId) {
      case 'rust':
        return findRustGuest(root, this.#text);
      case 'go':
        return findGoGuest(root);
      case 'python':
        return findPythonGuest(root, this.#text);
      default:
        return findJavaScriptGuest(root);
    }
  }
}

/** The result of a recursive search; undefined if the tree is deeper than the stack of this thread. */
function unlessTooDeep<T>(search: () => T): T | undefined {
  try {
    return search();
  } catch (error) {
    if (error instanceof RangeError && error.message.includes('call stack')) return undefined;
    throw error;
  }
}

/** tree-sitter's rows end with `\n` only. */
function pointAt(text: string, offset: number): { readonly row: number; readonly column: number } {
  let row = 0;
  let start = 0;
  for (let end = text.indexOf('\n'); end >= 0 && end < offset; end = text.indexOf('\n', end + 1)) {
    row += 1;
    start = end + 1;
  }
  return { row, column: offset - start };
}
