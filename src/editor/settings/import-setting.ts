import nodePath, { type PlatformPath } from 'node:path';
import type { ModuleGrant } from '../../instance/profile';
import { meansFile } from './same-file';

/**
 * What the setting `freshInstance.imports` says of one component: the modules that stand in for its imports. Entries of another shape are
 * left out, since the settings editor marks them already.
 * @param setting interfaces with the paths of their modules, by the component's path
 * @param component absolute path
 * @param folder absolute path that relative ones begin at
 * @param platform the system's way with paths
 */
export function modulesInSetting(
  setting: unknown,
  component: string,
  folder: string,
  platform: PlatformPath = nodePath,
): readonly ModuleGrant[] {
  return entriesOf(setting)
    .filter(([path]) => meansFile(path, component, folder, platform))
    .flatMap(([, modules]) => entriesOf(modules))
    .flatMap(([name, path]) =>
      typeof path === 'string' ? [{ interface: name, path: platform.resolve(folder, path) }] : [],
    );
}

function entriesOf(value: unknown): readonly (readonly [string, unknown])[] {
  return typeof value === 'object' && value !== null ? Object.entries(value) : [];
}
