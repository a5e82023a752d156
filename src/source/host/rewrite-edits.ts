import type { LineTable, Range } from '../position';
import { textOf, type Span } from '../span';
import { namesIn, namesTaking, type BindCode, type CallCode, type LoopCode } from './code';
import type { Making } from './construction-slice';
import type { HostProgram } from './host-findings';

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

/** Text that takes the place of a span. */
export interface Change {
  readonly span: Span;
  readonly newText: string;
}

type Source = Pick<HostProgram, 'text' | 'language'>;

/** The statements move into the loop, or are repeated there if their names are used outside of it. */
export function insideLoop(
  source: Source,
  loop: LoopCode,
  makings: readonly Making[],
  fn: Span,
): readonly Change[] {
  const { text, language } = source;
  const { start, end } = loop.bodySpan;
  const own = indentAt(text, loop.span.start);
  const at = (indent: string) => makings.map((making) => indented(text, making, making.text, indent));
  const changes: Change[] = [];
  if (text[start] === '{') {
    const first = /^\s*\n([ \t]*)\S/.exec(text.slice(start + 1, end))?.[1] ?? '';
    const around = indentAt(text, start);
    const inner = first.length > around.length ? first : around + (language === 'rust' ? '    ' : '  ');
    changes.push(
      insertion(
        start + 1,
        at(inner)
          .map((one) => `\n${inner}${one}`)
          .join(''),
      ),
    );
  } else if (language === 'python') {
    changes.push(insertion(start, joined(source, start, at(indentAt(text, start)))));
  } else {
    const inner = `${own}  `;
    const written = at(inner).map((one) => `${inner}${one}\n`);
    changes.push(insertion(start, `{\n${written.join('')}${inner}`), insertion(end, `\n${own}}`));
  }
  if (isUnusedOutside(text, loop, makings, fn))
    changes.push(...makings.map(({ statement }) => ({ span: wholeLine(text, statement), newText: '' })));
  return changes;
}

/** The statements are repeated before that of the call, with names of their own where these would clash. */
export function beforeCall(
  source: Source,
  statement: Span,
  { callee, args, span }: CallCode,
  makings: readonly Making[],
  isLocal: boolean,
): readonly Change[] {
  const { text, language } = source;
  const isRenamed = language === 'javascript' || (language === 'python' && !isLocal);
  const declared = makings.flatMap(({ bind }) =>
    isRenamed && isDeclaration(bind) ? namesTaking(bind.target) : [],
  );
  const renames = new Map(declared.map((name) => [name, freeName(text, name)]));
  const indent = indentAt(text, statement.start);
  const written = makings.map((making) => indented(text, making, renamed(making, renames), indent));
  const changes = [insertion(statement.start, joined(source, statement.start, written))];
  for (const name of new Set([callee, ...args].flatMap(namesIn))) {
    const newText = renames.get(name);
    const at = span.start + textOf(text, span).search(wordOf(name));
    if (newText !== undefined && at >= span.start)
      changes.push({ span: { start: at, end: at + name.length }, newText });
  }
  return changes;
}

/** Changes that touch become one edit, so that their order is not left open. */
export function rewriteOf(kind: Rewrite['kind'], changes: readonly Change[], lines: LineTable): Rewrite {
  const merged: Change[] = [];
  for (const change of [...changes].sort((a, b) => a.span.start - b.span.start || a.span.end - b.span.end)) {
    const last = merged.at(-1);
    if (last === undefined || last.span.end < change.span.start) merged.push(change);
    else {
      const span = { start: last.span.start, end: change.span.end };
      merged[merged.length - 1] = { span, newText: last.newText + change.newText };
    }
  }
  return { kind, edits: merged.map(({ span, newText }) => ({ range: lines.rangeOf(span), newText })) };
}

/** Text that is put in at an offset. */
export function insertion(offset: number, newText: string): Change {
  return { span: { start: offset, end: offset }, newText };
}

/** A statement of several lines as it stands at another indent. */
function indented(text: string, { statement }: Making, written: string, indent: string): string {
  return written.replaceAll(`\n${indentAt(text, statement.start)}`, `\n${indent}`);
}

/** A making under new names: those that it gives, and those of the makings before it that it reads. */
function renamed({ bind, text, statement }: Making, renames: ReadonlyMap<string, string>): string {
  if (renames.size === 0) return text;
  const length = bind.statement === undefined ? text.indexOf('=') : bind.targetSpan.end - statement.start;
  return rename(text.slice(0, length), renames, true) + rename(text.slice(length), renames, false);
}

/** Statements to stand before what begins at `offset`. */
function joined({ text, language }: Source, offset: number, written: readonly string[]): string {
  const isFirst = text.slice(lineStart(text, offset), offset).trim() === '';
  const separator = language === 'python' && !isFirst ? '; ' : `\n${indentAt(text, offset)}`;
  return written.map((one) => one + separator).join('');
}

function lineStart(text: string, offset: number): number {
  return text.lastIndexOf('\n', offset - 1) + 1;
}

function indentAt(text: string, offset: number): string {
  return /^[ \t]*/.exec(text.slice(lineStart(text, offset), offset))?.[0] ?? '';
}

/** Whether the names of the makings are used in the loop only, so that these can move into it. */
function isUnusedOutside(text: string, loop: LoopCode, makings: readonly Making[], fn: Span): boolean {
  if (makings.some(({ bind }) => !isDeclaration(bind) || bind.statement === undefined)) return false;
  let rest = text.slice(fn.start, loop.span.start) + text.slice(loop.span.end, fn.end);
  for (const making of makings) rest = rest.replace(making.text, '');
  return makings.flatMap(({ bind }) => namesTaking(bind.target)).every((name) => !wordOf(name).test(rest));
}

/** The line of a statement that stands alone on it, or else the statement. */
function wholeLine(text: string, { start, end }: Span): Span {
  const before = lineStart(text, start);
  const after = text.indexOf('\n', end);
  const isAlone = after >= 0 && (text.slice(before, start) + text.slice(end, after)).trim() === '';
  return isAlone ? { start: before, end: after + 1 } : { start, end };
}

function freeName(text: string, name: string): string {
  let number = 2;
  while (wordOf(`${name}${number}`).test(text)) number += 1;
  return `${name}${number}`;
}

function isDeclaration({ how }: BindCode): boolean {
  return how === 'let' || how === 'var';
}

/** Renames variables: not strings or members, and in patterns not keys. `{ run }` becomes `{ run: run2 }`. */
function rename(text: string, renames: ReadonlyMap<string, string>, isPattern: boolean): string {
  const words = new RegExp(`'[^'\\n]*'|"[^"\\n]*"|\`[^\`]*\`|${wordOf(...renames.keys()).source}`, 'g');
  return text.replace(words, (word: string, offset: number) => {
    const newName = renames.get(word);
    if (newName === undefined) return word;
    if (!isPattern || !text.includes('{')) return newName;
    if (/^\s*:/.test(text.slice(offset + word.length))) return word;
    return /:\s*$/.test(text.slice(0, offset)) ? newName : `${word}: ${newName}`;
  });
}

/** Matches one of these names where it is a variable, not a member. */
function wordOf(...names: readonly string[]): RegExp {
  return new RegExp(`(?<![\\w$.])(?:${names.map((name) => name.replace(/\$/g, '\\$')).join('|')})(?![\\w$])`);
}
