import { contains, textOf, type Span } from '../span';
import { namesIn, type BindCode } from './code';
import type { CallSite } from './machine/frames';
import type { SecondRun } from './machine/findings';
import { instanceOf, type Cell } from './values';

/** A statement on the way from nothing to the instance's run, with the scope of its names. */
export interface Making {
  readonly bind: BindCode;
  readonly statement: Span;
  /** The statement as it is to be repeated. */
  readonly text: string;
  readonly cell: Cell;
}

/**
 * Follows the names of a call back to the statement that makes the instance. Gives the statements in the order of
 * the text; none where one of them cannot be repeated.
 */
export function findMakings(site: CallSite, second: SecondRun, text: string): readonly Making[] {
  const { instance, lookup } = second;
  const makings = new Map<number, Making>();
  const visit = (names: readonly string[]): boolean =>
    names.every((name) => {
      const cell = lookup(name, site.scope);
      if (cell?.bind === undefined) return true;
      const isModule = cell.value.type === 'module' && instance.origin === 'import';
      if (!isModule && instanceOf(cell.value)?.id !== instance.id) return true;
      const making = repeat(cell.bind, name, text, instance.origin === 'import');
      if (making === undefined) return false;
      makings.set(making.statement.start, { ...making, bind: cell.bind, cell });
      return visit(namesIn(cell.bind.value));
    });
  const complete = visit(namesIn(site.call));
  const found = [...makings.values()].sort((a, b) => a.statement.start - b.statement.start);
  const { made } = instance;
  const includesMaking =
    made !== undefined && found.some(({ bind }) => contains(bind.statement ?? made, made));
  return complete && includesMaking ? found : [];
}

/** The statement that gives `name` its value, as it is to be repeated. */
function repeat(
  { value, statement, target }: BindCode,
  name: string,
  text: string,
  isImported: boolean,
): Pick<Making, 'statement' | 'text'> | undefined {
  const isImport = value.op === 'call' && value.callee.op === 'name' && value.callee.name === 'import';
  if (!isImport) {
    // What is derived from a module can be derived again, but `require` gives the same one.
    const isLoad = value.op === 'call' && isImported;
    return statement === undefined || isLoad ? undefined : { statement, text: textOf(text, statement) };
  }
  const [source] = value.args;
  if (source?.op !== 'literal' || !/^\.{1,2}\/.*\.m?js$/.test(source.value)) return undefined;
  // A module is loaded once for each name: another query makes another instance.
  const again = `await import(\`${source.value}?instance=\${crypto.randomUUID()}\`)`;
  if (statement !== undefined)
    return { statement, text: textOf(text, statement).replace(/await\s+import\([^)]*\)/, again) };
  const fields = target.op === 'record' ? target.fields : [];
  const key = fields.find(([, inner]) => inner.op === 'name' && inner.name === name)?.[0];
  if (key === undefined) return undefined;
  const written = /^[\w$]+$/.test(key) ? key : `'${key}'`;
  const pattern = key === '*' ? name : written === name ? `{ ${name} }` : `{ ${written}: ${name} }`;
  return { statement: value.span, text: `const ${pattern} = ${again};` };
}
