import type { Span } from '../span';
import { contains, textOf } from '../span';
import { namesIn, type BindCode } from './code';
import type { CallSite } from './machine/frames';
import type { SecondRun } from './machine/findings';
import { instanceOf, type Cell } from './values';

/** The statements that lead from nothing to the instance's run, in the order of the text, each with the scope of its names. */
export interface Making {
  readonly bind: BindCode;
  readonly statement: Span;
  /** The statement as it is to be written again. */
  readonly text: string;
  readonly cell: Cell;
}

/** Follows the names of a call back to the statement that makes the instance; none where one of them cannot be written again. */
export function findMakings(site: CallSite, second: SecondRun, text: string): readonly Making[] {
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
    bind.target.op === 'record'
      ? bind.target.fields.find(([, inner]) => inner.op === 'name' && inner.name === name)?.[0]
      : undefined;
  if (key === undefined) return undefined;
  const written = /^[\w$]+$/.test(key) ? key : `'${key}'`;
  const pattern = key === '*' ? name : written === name ? `{ ${name} }` : `{ ${written}: ${name} }`;
  return { bind, cell, statement: value.span, text: `const ${pattern} = ${again};` };
}
