import type { LineTable, Range } from '../position';
import type { Span } from '../span';
import { textOf } from '../span';
import { namesIn, namesTaking, type BindCode, type CallCode, type LoopCode } from './code';
import type { Making } from './construction-slice';
import type { HostLanguage } from './second-runs';

/** One change of the text. Edits of a rewrite do not overlap. */
export interface TextEdit {
  readonly range: Range;
  readonly newText: string;
}

/** A change that makes the instance inside the loop, or a new one before the second call. */
export interface Rewrite {
  readonly kind: 'inside-loop' | 'before-call';
  readonly edits: readonly TextEdit[];
}

interface Change {
  readonly span: Span;
  readonly newText: string;
}

/** Writes the changes of one rewrite. */
export class RewriteEdits {
  readonly #text: string;
  readonly #language: HostLanguage;
  readonly #lines: LineTable;
  readonly #becomesAsync: number | undefined;

  /** @param becomesAsync where a function begins that has to become an async one */
  constructor(text: string, language: HostLanguage, lines: LineTable, becomesAsync: number | undefined) {
    this.#text = text;
    this.#language = language;
    this.#lines = lines;
    this.#becomesAsync = becomesAsync;
  }

  /** The statement is written anew where it stands. */
  inPlace({ statement, text }: Making): Rewrite {
    return this.#rewrite('inside-loop', [{ span: statement, newText: text }]);
  }

  /** The statements move into the loop, or are written there once more if their names are used outside of it. */
  insideLoop(loop: LoopCode, makings: readonly Making[], fn: Span): Rewrite {
    const { bodySpan } = loop;
    const changes: Change[] = [];
    if (this.#text[bodySpan.start] === '{') {
      const inner = this.#innerIndent(bodySpan);
      changes.push(
        insertion(
          bodySpan.start + 1,
          makings.map((making) => `\n${inner}${this.#indented(making, making.text, inner)}`).join(''),
        ),
      );
    } else if (this.#language === 'python') {
      const indent = this.#indentAt(bodySpan.start);
      changes.push(
        insertion(
          bodySpan.start,
          this.#joined(
            bodySpan.start,
            makings.map((making) => this.#indented(making, making.text, indent)),
          ),
        ),
      );
    } else {
      const indent = this.#indentAt(loop.span.start);
      const written = makings.map(
        (making) => `${indent}  ${this.#indented(making, making.text, `${indent}  `)}\n`,
      );
      changes.push(
        insertion(bodySpan.start, `{\n${written.join('')}${indent}  `),
        insertion(bodySpan.end, `\n${indent}}`),
      );
    }
    if (this.#isUnusedOutside(loop, makings, fn))
      changes.push(...makings.map(({ statement }) => ({ span: this.#wholeLine(statement), newText: '' })));
    return this.#rewrite('inside-loop', changes);
  }

  /** The statements are written once more before the statement of the call, with names of their own where these would clash. */
  beforeCall(
    statement: Span,
    { callee, args, span }: CallCode,
    makings: readonly Making[],
    isLocal: boolean,
  ): Rewrite {
    const renames = new Map<string, string>();
    const isRenamed = this.#language === 'javascript' || (this.#language === 'python' && !isLocal);
    for (const { bind } of isRenamed ? makings : []) {
      if (isDeclaration(bind))
        for (const name of namesTaking(bind.target)) renames.set(name, this.#freeName(name));
    }
    const indent = this.#indentAt(statement.start);
    const written = makings.map((making) => this.#indented(making, this.#renamed(making, renames), indent));
    const changes = [insertion(statement.start, this.#joined(statement.start, written))];
    const call = textOf(this.#text, span);
    for (const name of new Set([callee, ...args].flatMap(namesIn))) {
      const renamed = renames.get(name);
      const at = call.search(new RegExp(`(?<![\\w$.])${escaped(name)}(?![\\w$])`));
      if (renamed !== undefined && at >= 0)
        changes.push({
          span: { start: span.start + at, end: span.start + at + name.length },
          newText: renamed,
        });
    }
    return this.#rewrite('before-call', changes);
  }

  /** A statement of several lines as it stands at another indent. */
  #indented({ statement }: Making, text: string, indent: string): string {
    const own = this.#indentAt(statement.start);
    return text.replaceAll(`\n${own}`, `\n${indent}`);
  }

  /** A making under new names: those that it gives, and those of the makings before it that it reads. */
  #renamed({ bind, text, statement }: Making, renames: ReadonlyMap<string, string>): string {
    if (renames.size === 0) return text;
    const isOwnText = bind.statement === undefined;
    const targetLength = isOwnText ? text.indexOf('=') : bind.targetSpan.end - statement.start;
    const target = rename(text.slice(0, targetLength), renames, true);
    return target + rename(text.slice(targetLength), renames, false);
  }

  /** Statements to stand before what begins at `offset`. */
  #joined(offset: number, written: readonly string[]): string {
    const line = this.#text.slice(this.#text.lastIndexOf('\n', offset - 1) + 1, offset);
    if (this.#language === 'python' && line.trim() !== '') return written.map((one) => `${one}; `).join('');
    const indent = this.#indentAt(offset);
    return written.map((one) => `${one}\n${indent}`).join('');
  }

  #indentAt(offset: number): string {
    const line = this.#text.slice(this.#text.lastIndexOf('\n', offset - 1) + 1, offset);
    return /^[ \t]*/.exec(line)?.[0] ?? '';
  }

  /** The indent of a block's first statement, or a guess for one that is written on one line. */
  #innerIndent(block: Span): string {
    const own = this.#indentAt(block.start);
    const first = /^\s*\n([ \t]*)\S/.exec(this.#text.slice(block.start + 1, block.end))?.[1];
    return first !== undefined && first.length > own.length
      ? first
      : `${own}${this.#language === 'rust' ? '    ' : '  '}`;
  }

  /** Whether the names of the makings are used in the loop only, so that these can move into it. */
  #isUnusedOutside(loop: LoopCode, makings: readonly Making[], fn: Span): boolean {
    if (makings.some(({ bind }) => !isDeclaration(bind) || bind.statement === undefined)) return false;
    let rest = this.#text.slice(fn.start, loop.span.start) + this.#text.slice(loop.span.end, fn.end);
    for (const { text } of makings) rest = rest.replace(text, '');
    return makings
      .flatMap(({ bind }) => namesTaking(bind.target))
      .every((name) => !new RegExp(`(?<![\\w$])${escaped(name)}(?![\\w$])`).test(rest));
  }

  #wholeLine({ start, end }: Span): Span {
    const lineStart = this.#text.lastIndexOf('\n', start - 1) + 1;
    const lineEnd = this.#text.indexOf('\n', end);
    const isAlone =
      this.#text.slice(lineStart, start).trim() === '' &&
      this.#text.slice(end, lineEnd < 0 ? undefined : lineEnd).trim() === '';
    return isAlone && lineEnd >= 0 ? { start: lineStart, end: lineEnd + 1 } : { start, end };
  }

  #freeName(name: string): string {
    for (let number = 2; ; number += 1) {
      if (!new RegExp(`(?<![\\w$])${escaped(name)}${number}(?![\\w$])`).test(this.#text))
        return `${name}${number}`;
    }
  }

  /** What is put in just before what is replaced becomes one edit with it, so that no order is left open. */
  #rewrite(kind: Rewrite['kind'], changes: readonly Change[]): Rewrite {
    const merged: Change[] = [];
    const all =
      this.#becomesAsync === undefined ? changes : [...changes, insertion(this.#becomesAsync, 'async ')];
    for (const change of [...all].sort((a, b) => a.span.start - b.span.start || a.span.end - b.span.end)) {
      const last = merged.at(-1);
      if (last === undefined || last.span.end < change.span.start) merged.push(change);
      else {
        const span = { start: last.span.start, end: change.span.end };
        merged[merged.length - 1] = { span, newText: last.newText + change.newText };
      }
    }
    return {
      kind,
      edits: merged.map(({ span, newText }) => ({ range: this.#lines.rangeOf(span), newText })),
    };
  }
}

function insertion(offset: number, newText: string): Change {
  return { span: { start: offset, end: offset }, newText };
}

function isDeclaration({ how }: BindCode): boolean {
  return how === 'let' || how === 'var';
}

/** Replaces names as whole words: not in strings, not members, and in a pattern not the keys; `{ run }` becomes `{ run: run2 }`. */
function rename(text: string, renames: ReadonlyMap<string, string>, isPattern: boolean): string {
  const names = [...renames.keys()].map(escaped).join('|');
  const words = new RegExp(`'[^'\\n]*'|"[^"\\n]*"|\`[^\`]*\`|(?<![\\w$.])(?:${names})(?![\\w$])`, 'g');
  return text.replace(words, (word: string, offset: number) => {
    const renamed = renames.get(word);
    if (renamed === undefined) return word;
    if (!isPattern || !text.includes('{')) return renamed;
    if (/^\s*:/.test(text.slice(offset + word.length))) return word;
    return /:\s*$/.test(text.slice(0, offset)) ? renamed : `${word}: ${renamed}`;
  });
}

function escaped(name: string): string {
  return name.replace(/\$/g, '\\$');
}
