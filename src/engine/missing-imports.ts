import { readFile } from 'node:fs/promises';
import { missingImports as missingIn } from '../component/missing-imports';
import { readRunnable } from '../component/read-runnable';
import { compatibleName } from '../component/versions';
import { isWasiImport } from '../component/wasi';
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
  const isProvided = (name: string) => isWasiImport(name) || moduleFor(name, modules) !== undefined;
  // The types tell which imports need no provider; most components import only WASI and are not read for that.
  if (names.every(isProvided)) return [];
  const component = readRunnable(await readFile(build.path));
  const missing = component.ok ? missingIn(component.value) : names;
  return missing.filter((name) => !isProvided(name));
}

/**
 * The module that stands in for an import: the one for this version, else for a compatible one, else for every version. jco's glue has
 * WASI's names without versions.
 */
export function moduleFor(name: string, modules: readonly ModuleGrant[]): ModuleGrant | undefined {
  const exact = modules.find((grant) => grant.interface === name);
  if (exact !== undefined) return exact;
  const same = modules.filter((grant) => withoutVersion(grant.interface) === withoutVersion(name));
  const compatible = same.find((grant) => compatibleName(grant.interface, [name]) !== undefined);
  return compatible ?? same.find((grant) => !grant.interface.includes('@') || !name.includes('@'));
}

/** The interfaces of modules that stand in for no import of a component. */
export function unusedModules(
  imports: readonly string[],
  modules: readonly ModuleGrant[],
): readonly string[] {
  return modules
    .filter((grant) => imports.every((name) => moduleFor(name, [grant]) === undefined))
    .map((grant) => grant.interface);
}

function withoutVersion(name: string): string {
  return name.split('@')[0] ?? name;
}
