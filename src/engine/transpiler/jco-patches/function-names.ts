import { lowerCamelCase } from '../../../component/js-names';

/** Bindings of a component's imports: `const { task, ret } = imports['a:b/c'];` and `const now = imports.now.default;`. */
const imported = /^\s*const (?:\{ ([^}]*) \}|(\w+)) = imports(?:\[[^\]\n]+\]|\.\w+)(?:\.default)?;$/gm;

/**
 * Gives functions of the component names of their own in the glue. jco 1.35 writes an exported or imported function under its name in
 * lowerCamelCase, and minds neither its own variables (`exports0`, `task`, `ret`) nor `arguments`, which is no name in strict mode. So such
 * a component could not start, or called something else. Only functions whose names meet another one are renamed.
 *
 * Facts for a report: transpile a component that exports `arguments` or `exports0`, or imports `task`. The names of parameters and
 * variables come from `LocalNames` in crates/js-component-bindgen/src/names.rs, which does not know them.
 * @param exported names of the exported functions as in WIT; those of resources are left alone, for they are members of classes
 */
export function withOwnFunctionNames(source: string, exported: readonly string[]): string {
  const uses = countNames(source);
  const mayMeet = (name: string, ownUses: number) => name === 'arguments' || (uses.get(name) ?? 0) > ownUses;
  const functions = new Set(exported.filter((func) => !func.startsWith('[')).map(lowerCamelCase));
  let result = source;
  // An import is bound, checked and called; an export is declared and put into an object.
  for (const name of importedNames(source)) if (mayMeet(name, 3)) result = renameImport(result, name);
  for (const name of functions) if (mayMeet(name, 2)) result = renameExport(result, name);
  // The methods of classes are function expressions, which `arguments` cannot name either; no code refers to that name.
  return result.replaceAll('= function arguments(', `= function ${own('arguments')}(`);
}

/** How often each name is used by itself. One pass over the source, since most functions have names that meet no other. */
function countNames(source: string): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const [name] of source.matchAll(/(?<![.\w$'"`])[a-z][A-Za-z0-9]*(?![\w$'"`]|: )/g))
    counts.set(name, (counts.get(name) ?? 0) + 1);
  return counts;
}

function own(name: string): string {
  return `${name}$own`;
}

/** The local names of imported functions: those of resources begin with a capital. */
function importedNames(source: string): readonly string[] {
  const names = [...source.matchAll(imported)].flatMap(([, list, single]) =>
    (list?.split(',') ?? [single ?? '']).map((entry) => entry.replace(/^.*:/, '').trim()),
  );
  return [...new Set(names)].filter((name) => /^[a-z][A-Za-z0-9]*$/.test(name));
}

function renameImport(source: string, name: string): string {
  const binding = source.replace(imported, (statement, list?: string) =>
    list === undefined
      ? statement.replace(`const ${name} =`, `const ${own(name)} =`)
      : statement.replace(
          list,
          list
            .split(', ')
            .map((entry) => renamedEntry(entry, name))
            .join(', '),
        ),
  );
  const renamed = binding
    .replaceAll(`if (${name}=== undefined)`, `if (${own(name)}=== undefined)`)
    .replaceAll(`_trackHostOperation(() => ${name}(`, `_trackHostOperation(() => ${own(name)}(`);
  return name === 'arguments' || isUsed(renamed, name) ? renamed : source;
}

/** An entry of an object pattern, `task` or `task: task$1`, with another local name. */
function renamedEntry(entry: string, name: string): string {
  const [key = '', local = key] = entry.split(': ');
  return local === name ? `${key}: ${own(name)}` : entry;
}

/** The functions of exports stand behind jco's own, which come before the first core instance. */
function renameExport(source: string, name: string): string {
  const [declaration] = [
    ...source.matchAll(new RegExp(`^\\s*(?:async )?function\\*? ${name}\\(`, 'gm')),
  ].slice(-1);
  if (declaration === undefined || declaration.index < source.indexOf('let exports0;')) return source;
  const { index } = declaration;
  const [head] = declaration;
  const before = source.slice(0, index);
  const behind = source.slice(index + head.length);
  const entries = behind
    .replaceAll(`${name}: ${name},`, `${name}: ${own(name)},`)
    // An asynchronous function that returns a future is a plain function in the glue, and gets the prototype of async ones.
    .replace(
      `Object.setPrototypeOf(${name}, ASYNC_FN_CTOR`,
      `Object.setPrototypeOf(${own(name)}, ASYNC_FN_CTOR`,
    )
    .replace(/return \{ [^\n]* \};(?=\s*\}\)\(\);)/, (exports) =>
      exports.replace(new RegExp(`(?<=[{,] )${name},`), `${name}: ${own(name)},`),
    );
  const renamed = `${before}${head.replace(`${name}(`, `${own(name)}(`)}${entries}`;
  return name === 'arguments' || isUsed(renamed, name) ? renamed : source;
}

/** Whether a name is used by itself: not as a property, as a key, in quotes or as a part of another name. */
function isUsed(source: string, name: string): boolean {
  return new RegExp(`(?<![.\\w$'"\`])${name}(?![\\w$'"\`]|: )`).test(source);
}
