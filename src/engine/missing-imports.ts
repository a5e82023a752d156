import { readFile } from 'node:fs/promises';
import { neededImports } from '../component/needed-imports';
import { readComponent } from '../component/read-component';
import { customImports } from '../component/wasi';
import type { Build } from '../instance/registry';
import type { ModuleGrant } from '../instance/profile';

/**
 * The imports that neither WASI nor a module provides, and without which the component cannot start.
 * @param names all that it imports
 */
export async function missingImports(
  build: Build,
  names: readonly string[],
  modules: readonly ModuleGrant[],
): Promise<readonly string[]> {
  const custom = customImports(names).filter((name) => moduleFor(name, modules) === undefined);
  if (custom.length === 0) return [];
  // Only now is it worth to read the types: an interface that brings nothing but types needs nobody behind it.
  const component = readComponent(await readFile(build.path));
  if (!component.ok) return custom;
  const needed = new Set(neededImports(component.value));
  return custom.filter((name) => needed.has(name));
}

/** The module that stands in for an import. A grant may be without the version; so are WASI's names, as jco's glue has them. */
export function moduleFor(name: string, modules: readonly ModuleGrant[]): ModuleGrant | undefined {
  const exact = modules.find((grant) => grant.interface === name);
  if (exact !== undefined) return exact;
  return modules.find(
    (grant) =>
      withoutVersion(grant.interface) === withoutVersion(name) &&
      (grant.interface.includes('@') ? !name.includes('@') : true),
  );
}

function withoutVersion(name: string): string {
  return name.split('@')[0] ?? name;
}

/** Says what is missing, as the end of a sentence: "it imports …". */
export function describeMissing(names: readonly string[]): string {
  const list =
    names.length === 1 ? (names[0] ?? '') : `${names.slice(0, -1).join(', ')} and ${names.at(-1) ?? ''}`;
  return `it imports ${list}, which ${names.length === 1 ? 'is' : 'are'} not part of WASI, and nothing here provides ${names.length === 1 ? 'it' : 'them'}`;
}

/** Whether an instance could not start for what {@link describeMissing} says. */
export function lacksImports(message: string): boolean {
  return /, and nothing here provides (?:it|them)$/.test(message);
}
