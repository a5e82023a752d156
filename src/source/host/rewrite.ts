import type { LineTable, Range } from '../position';
import type { Span } from '../span';
import { contains, textOf } from '../span';
import type { Syntax } from '../syntax';
import { spanOf } from '../syntax';
import type { BindCode, CallCode, FunctionCode, LoopCode, Target } from './code';
import { namesIn } from './code';
import type { HostLanguage, ParsedText } from './second-runs';
import type { CallSite } from './machine/frames';
import type { SecondRun } from './machine/runs';
import type { Cell } from './values';
import { instanceOf } from './values';

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

/** The statements that lead from nothing to the instance's run, in the order of the text, each with the scope of its names. */
interface Making {
  readonly bind: BindCode;
  readonly statement: Span;
  /** The statement as it is to be written again. */
  readonly text: string;
  readonly cell: Cell;
}

const blocks = new Set(['program', 'statement_block', 'switch_case', 'switch_default', 'block', 'module']);
const expressionBodies = new Set([
  'arrow_function',
  'lambda',
  'closure_expression',
  'list_comprehension',
  'set_comprehension',
  'dictionary_comprehension',
  'generator_expression',
]);

/**
 * Plans the change that gives the second call an instance of its own, at the call of run or at a call that leads there; undefined if what makes the instance
 * cannot simply be written again at any of them.
 */
export function planRewrite(
  second: SecondRun,
  language: HostLanguage,
  parsed: ParsedText,
  lines: LineTable,
): Rewrite | undefined {
  const firsts = [...second.first.frames, second.first.span];
  for (let index = second.sites.length - 1; index >= 0; index -= 1) {
    const site = second.sites[index];
    const first = firsts.length === second.sites.length ? firsts[index] : second.first.span;
    const rewrite =
      site === undefined || first === undefined
        ? undefined
        : planAt(site, first, second, language, parsed, lines);
    if (rewrite !== undefined) return rewrite;
  }
  return undefined;
}

function planAt(
  site: CallSite,
  first: Span,
  second: SecondRun,
  language: HostLanguage,
  { text, root }: ParsedText,
  lines: LineTable,
): Rewrite | undefined {
  const makings = findMakings(site, second, text);
  const [making] = makings;
  if (making === undefined) return undefined;
  const fn = site.scope.fn;
  const isLocal = makings.every(({ cell }) => cell.scope?.fn === fn);
  if (language === 'rust' && (!isLocal || entersAsyncBlock(root, site.call.span, making.statement)))
    return undefined;
  const needsAsync = fn?.isAsync === false && makings.some((making) => /\bawait\b/.test(making.text));
  const becomesAsync = needsAsync ? asyncStart(fn, text) : undefined;
  if (needsAsync && becomesAsync === undefined) return undefined;
  const edits = new Edits(text, language, lines, becomesAsync);
  const isSame = first.start === site.call.span.start;
  const loop = site.loops.findLast(({ span }) => !contains(span, making.statement));
  if (loop !== undefined && (isSame || !contains(loop.span, first))) {
    const isStatement = /^(?:async\s+)?(?:for|while|do|loop)\b|^'/.test(textOf(text, loop.span));
    const outer = makings.filter(({ statement }) => !contains(loop.span, statement));
    return isStatement
      ? edits.insideLoop(loop, outer, fn?.span ?? { start: 0, end: text.length })
      : undefined;
  }
  // What is loaded anew in each pass is the same module all the same.
  if (isSame && site.loops.length > 0 && second.instance.origin === 'import') return edits.inPlace(making);
  const statement = statementAround(root, site.call.span, site.loops);
  return statement === undefined ? undefined : edits.beforeCall(statement, site.call, makings, isLocal);
}

/** Whether one of Rust's async blocks holds the call but not what makes the instance: `?` means another thing in there. */
function entersAsyncBlock(root: Syntax, call: Span, making: Span): boolean {
  for (let node = root.descendantForIndex(call.start, call.end - 1); node !== null; node = node.parent) {
    if (node.type === 'async_block' && !contains(spanOf(node), making)) return true;
  }
  return false;
}

/** Where `async` can be written before a function that nobody takes the value of: that of a test or benchmark. */
function asyncStart(fn: FunctionCode, text: string): number | undefined {
  const before = text.slice(Math.max(0, fn.span.start - 200), fn.span.start);
  return /\b(?:it|test|specify|bench)(?:\.\w+)*\(\s*(?:'[^'\n]*'|"[^"\n]*"|`[^`]*`),\s*$/.test(before)
    ? fn.span.start
    : undefined;
}

/** Follows the names of a call back to the statement that makes the instance. */
function findMakings(site: CallSite, second: SecondRun, text: string): readonly Making[] {
  const makings = new Map<number, Making>();
  const visit = (names: readonly string[]): boolean =>
    names.every((name) => {
      const cell = second.lookup(name, site.scope);
      if (cell?.bind === undefined) return true;
      const isModule = cell.value.type === 'module' && second.instance.origin === 'import';
      if (!isModule && instanceOf(cell.value)?.id !== second.instance.id) return true;
      const making = describeMaking(cell.bind, cell, second, text, name);
      if (making === undefined) return false;
      makings.set(making.statement.start, making);
      return visit(namesIn(cell.bind.value));
    });
  const complete = visit(namesIn(site.call));
  const found = [...makings.values()].sort((a, b) => a.statement.start - b.statement.start);
  const made = second.instance.made;
  const includesMaking =
    made !== undefined && found.some(({ bind }) => contains(bind.statement ?? made, made));
  return complete && includesMaking ? found : [];
}

function describeMaking(
  bind: BindCode,
  cell: Cell,
  second: SecondRun,
  text: string,
  name: string,
): Making | undefined {
  const { value, statement } = bind;
  const isImport = value.op === 'call' && value.callee.op === 'name' && value.callee.name === 'import';
  if (!isImport) {
    // What is derived from a module can be derived again, but `require` gives the same one.
    const isLoad = value.op === 'call' && second.instance.origin === 'import';
    return statement === undefined || isLoad
      ? undefined
      : { bind, cell, statement, text: textOf(text, statement) };
  }
  const [source] = value.args;
  if (source?.op !== 'literal' || !/^\.{1,2}\/.*\.m?js$/.test(source.value)) return undefined;
  // A module is loaded once for each name: another query makes another instance.
  const again = `await import(\`${source.value}?instance=\${crypto.randomUUID()}\`)`;
  if (statement !== undefined)
    return { bind, cell, statement, text: textOf(text, statement).replace(/await\s+import\([^)]*\)/, again) };
  const key =
    bind.target.type === 'fields'
      ? bind.target.fields.find(([, inner]) => inner.type === 'name' && inner.name === name)?.[0]
      : undefined;
  if (key === undefined) return undefined;
  const written = /^[\w$]+$/.test(key) ? key : `'${key}'`;
  const pattern = key === '*' ? name : written === name ? `{ ${name} }` : `{ ${written}: ${name} }`;
  return { bind, cell, statement: value.span, text: `const ${pattern} = ${again};` };
}

/** The statement in a block that holds the call; none if a loop or a function without a block stands between. */
function statementAround(root: Syntax, call: Span, loops: readonly LoopCode[]): Span | undefined {
  let node = root.descendantForIndex(call.start, call.end - 1);
  while (node !== null && !(node.parent !== null && blocks.has(node.parent.type))) {
    const span = { start: node.startIndex, end: node.endIndex };
    if (
      expressionBodies.has(node.type) ||
      loops.some((loop) => loop.span.start === span.start && loop.span.end === span.end)
    )
      return undefined;
    node = node.parent;
  }
  return node === null ? undefined : { start: node.startIndex, end: node.endIndex };
}

/** Writes the changes of one rewrite. */
class Edits {
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

  inPlace({ statement, text }: Making): Rewrite {
    return this.#rewrite('inside-loop', [{ span: statement, newText: text }]);
  }

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

  beforeCall(
    statement: Span,
    { callee, args, span }: CallCode,
    makings: readonly Making[],
    isLocal: boolean,
  ): Rewrite {
    const renames = new Map<string, string>();
    const isRenamed = this.#language === 'javascript' || (this.#language === 'python' && !isLocal);
    for (const { bind } of isRenamed ? makings : []) {
      if (bind.how === 'declare')
        for (const name of targetNames(bind.target)) renames.set(name, this.#freeName(name));
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
    if (makings.some(({ bind }) => bind.how !== 'declare' || bind.statement === undefined)) return false;
    let rest = this.#text.slice(fn.start, loop.span.start) + this.#text.slice(loop.span.end, fn.end);
    for (const { text } of makings) rest = rest.replace(text, '');
    return makings
      .flatMap(({ bind }) => targetNames(bind.target))
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

function targetNames(target: Target): readonly string[] {
  switch (target.type) {
    case 'name':
      return [target.name];
    case 'fields':
      return target.fields.flatMap(([, inner]) => targetNames(inner));
    case 'items':
      return target.items.flatMap(targetNames);
    default:
      return [];
  }
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
