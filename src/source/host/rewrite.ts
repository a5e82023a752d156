import type { LineTable, Range } from '../position';
import type { Span } from '../span';
import { contains, textOf } from '../span';
import type { Syntax } from '../syntax';
import type { BindCode, LoopCode, Target } from './code';
import { namesIn } from './code';
import type { HostLanguage, ParsedText } from './second-runs';
import type { SecondRun } from './machine';
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
  'macro_invocation',
  'list_comprehension',
  'set_comprehension',
  'dictionary_comprehension',
  'generator_expression',
]);

/** Plans the change that gives the second call an instance of its own; undefined if what makes the instance cannot simply be written again there. */
export function planRewrite(
  second: SecondRun,
  language: HostLanguage,
  { text, root }: ParsedText,
  lines: LineTable,
): Rewrite | undefined {
  const makings = findMakings(second, text);
  if (makings.length === 0) return undefined;
  const fn = second.scope.fn;
  const isLocal = makings.every(({ cell }) => cell.scope?.fn === fn);
  if (language === 'rust' && !isLocal) return undefined;
  if (makings.some((making) => /\bawait\b/.test(making.text)) && fn?.isAsync === false) return undefined;
  const loop = second.loops.findLast(({ span }) =>
    makings.every(({ statement }) => !contains(span, statement)),
  );
  const isRepeatedHere =
    second.first.span.start === second.call.span.start ||
    (loop !== undefined && !contains(loop.span, second.first.span));
  const edits = new Edits(text, language, lines);
  if (loop !== undefined && isRepeatedHere)
    return edits.insideLoop(loop, makings, second.scope.fn?.span ?? { start: 0, end: text.length });
  const statement = statementAround(root, second.call.span, second.loops);
  return statement === undefined ? undefined : edits.beforeCall(statement, second, makings, isLocal);
}

/** Follows the names of the callee back to the statement that makes the instance. */
function findMakings(second: SecondRun, text: string): readonly Making[] {
  const makings = new Map<number, Making>();
  const visit = (names: readonly string[]): boolean =>
    names.every((name) => {
      const cell = second.lookup(name);
      if (cell?.bind === undefined) return true;
      const isModule = cell.value.type === 'module' && second.instance.origin === 'import';
      if (!isModule && instanceOf(cell.value)?.id !== second.instance.id) return true;
      const making = describeMaking(cell.bind, cell, text, name);
      if (making === undefined) return false;
      makings.set(making.statement.start, making);
      return visit(namesIn(cell.bind.value));
    });
  const complete = visit(namesIn(second.call.callee));
  const found = [...makings.values()].sort((a, b) => a.statement.start - b.statement.start);
  const made = second.instance.made;
  const includesMaking =
    made !== undefined && found.some(({ bind }) => contains(bind.statement ?? made, made));
  return complete && includesMaking ? found : [];
}

function describeMaking(bind: BindCode, cell: Cell, text: string, name: string): Making | undefined {
  const { value } = bind;
  const isImport = value.op === 'call' && value.callee.op === 'name' && value.callee.name === 'import';
  if (!isImport)
    return bind.statement === undefined
      ? undefined
      : { bind, cell, statement: bind.statement, text: textOf(text, bind.statement) };
  const [source] = value.args;
  if (source?.op !== 'literal' || !/^\.{1,2}\/.*\.m?js$/.test(source.value)) return undefined;
  // A module is loaded once for each name: another query makes another instance.
  const again = `await import(\`${source.value}?instance=\${crypto.randomUUID()}\`)`;
  if (bind.statement !== undefined)
    return {
      bind,
      cell,
      statement: bind.statement,
      text: textOf(text, bind.statement).replace(/await\s+import\([^)]*\)/, again),
    };
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

  constructor(text: string, language: HostLanguage, lines: LineTable) {
    this.#text = text;
    this.#language = language;
    this.#lines = lines;
  }

  insideLoop(loop: LoopCode, makings: readonly Making[], fn: Span): Rewrite {
    const { bodySpan } = loop;
    const written = makings.map(({ text }) => text);
    const isBlock = this.#text[bodySpan.start] === '{';
    const changes: Change[] = [];
    if (isBlock) {
      const inner = this.#innerIndent(bodySpan);
      changes.push(insertion(bodySpan.start + 1, written.map((line) => `\n${inner}${line}`).join('')));
    } else if (this.#language === 'python')
      changes.push(insertion(bodySpan.start, this.#joined(bodySpan.start, written)));
    else {
      const indent = this.#indentAt(loop.span.start);
      changes.push(
        insertion(bodySpan.start, `{\n${written.map((line) => `${indent}  ${line}\n`).join('')}${indent}  `),
        insertion(bodySpan.end, `\n${indent}}`),
      );
    }
    if (this.#isUnusedOutside(loop, makings, fn))
      changes.push(...makings.map(({ statement }) => ({ span: this.#wholeLine(statement), newText: '' })));
    return this.#rewrite('inside-loop', changes);
  }

  beforeCall(statement: Span, second: SecondRun, makings: readonly Making[], isLocal: boolean): Rewrite {
    const renames = new Map<string, string>();
    const isRenamed = this.#language === 'javascript' || (this.#language === 'python' && !isLocal);
    for (const { bind } of isRenamed ? makings : []) {
      if (bind.how === 'declare')
        for (const name of targetNames(bind.target)) renames.set(name, this.#freeName(name));
    }
    const written = makings.map((making) => this.#renamed(making, renames));
    const { callee } = second.call;
    const call = textOf(this.#text, second.call.span);
    const changes = [insertion(statement.start, this.#joined(statement.start, written))];
    for (const name of namesIn(callee)) {
      const renamed = renames.get(name);
      const at = call.search(new RegExp(`(?<![\\w$.])${escaped(name)}(?![\\w$])`));
      if (renamed !== undefined && at >= 0)
        changes.push({
          span: { start: second.call.span.start + at, end: second.call.span.start + at + name.length },
          newText: renamed,
        });
    }
    return this.#rewrite('before-call', changes);
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

  #rewrite(kind: Rewrite['kind'], changes: readonly Change[]): Rewrite {
    return {
      kind,
      edits: changes.map(({ span, newText }) => ({ range: this.#lines.rangeOf(span), newText })),
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

/** Replaces names as whole words; not members, and in a pattern not the keys. */
function rename(text: string, renames: ReadonlyMap<string, string>, isPattern: boolean): string {
  const names = [...renames.keys()].map(escaped).join('|');
  return text.replace(
    new RegExp(`(?<![\\w$.'"])(?:${names})(?![\\w$'"])(?<colon>\\s*:)?`, 'g'),
    (word: string, ...rest: readonly unknown[]) => {
      const colon = rest.find((part) => typeof part === 'string' && part.trim() === ':');
      if (isPattern && colon !== undefined) return word;
      const name = typeof colon === 'string' ? word.slice(0, -colon.length) : word;
      const renamed = renames.get(name) ?? name;
      const offset = rest.find((part) => typeof part === 'number') ?? 0;
      const before = text.slice(0, typeof offset === 'number' ? offset : 0).trimEnd();
      const isShorthand = isPattern && text.includes('{') && !before.endsWith(':');
      return `${isShorthand ? `${name}: ` : ''}${renamed}${typeof colon === 'string' ? colon : ''}`;
    },
  );
}

function escaped(name: string): string {
  return name.replace(/\$/g, '\\$');
}
