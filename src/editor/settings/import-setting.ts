import nodePath, { type PlatformPath } from 'node:path';
import { parseImports, type GrantError } from '../../calls/grants';
import type { ModuleGrant } from '../../instance/profile';
import { meansFile } from './same-file';

/**
 * Reads the modules for the imports of one component from the setting `freshInstance.imports`. An entry that
 * cannot be read is an error and gives no module.
 * @param setting paths of modules by interface, by the component's path
 * @param component absolute path
 * @param folder absolute path; relative paths start there
 * @param platform the path functions of the system
 */
export function modulesInSetting(
  setting: unknown,
  component: string,
  folder: string,
  platform: PlatformPath = nodePath,
): { readonly modules: readonly ModuleGrant[]; readonly errors: readonly GrantError[] } {
  const read = entriesOf(setting)
    .filter(([path]) => meansFile(path, component, folder, platform))
    .map(([, imports]) => parseImports(imports, (path) => platform.resolve(folder, path)));
  return {
    modules: read.flatMap((imports) => (imports.ok ? imports.value : [])),
    errors: read.flatMap((imports) => (imports.ok ? [] : [imports.error])),
  };
}

function entriesOf(value: unknown): readonly (readonly [string, unknown])[] {
  return typeof value === 'object' && value !== null ? Object.entries(value) : [];
}
