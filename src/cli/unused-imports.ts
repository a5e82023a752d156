import { unusedModules } from '../engine/missing-imports';
import type { Profile } from '../instance/profile';
import { unusedModuleText } from '../words/imports';
import { usageError } from './usage';

/** Throws a UsageError for an `--import` that stands in for no import of the component. */
export function refuseUnusedImports(imports: readonly string[], { modules = [] }: Profile): void {
  const [unused] = unusedModules(imports, modules);
  if (unused !== undefined) throw usageError(unusedModuleText(unused, imports));
}
