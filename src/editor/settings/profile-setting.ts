import { defined } from '../../base/defined';
import nodePath, { type PlatformPath } from 'node:path';
import { readGrants, type GrantError, type Grants } from '../../calls/grants';
import { meansFile } from './same-file';

/** A key of a profile that has a new name. */
export interface DeprecatedKey {
  readonly key: 'timeoutSeconds' | 'maxMemoryMiB';
  readonly now: 'timeout' | 'maxMemory';
}

/** What the setting `freshInstance.profiles` has for one component. */
export interface SettingProfile {
  readonly grants: Grants;
  /** Pieces that cannot be read, and so are not granted. */
  readonly errors: readonly GrantError[];
  /** Old keys in use. */
  readonly deprecated: readonly DeprecatedKey[];
}

const mebibyte = 1024 * 1024;

/**
 * Reads the profile of one component from the setting `freshInstance.profiles`. Imports have a setting of
 * their own.
 * @param setting profiles by the component's path
 * @param component absolute path
 * @param folder absolute path; relative paths start there
 * @param platform the path functions of the system
 */
export function profileInSetting(
  setting: unknown,
  component: string,
  folder: string,
  platform: PlatformPath = nodePath,
): SettingProfile {
  const found = Object.entries(asRecord(setting)).find(([path]) =>
    meansFile(path, component, folder, platform),
  );
  const { timeoutSeconds, maxMemoryMiB, imports: _, ...given } = asRecord(found?.[1]);
  const old = {
    ...defined({ timeout: timeoutSeconds }),
    ...(maxMemoryMiB === undefined ? {} : { maxMemory: inBytes(maxMemoryMiB) }),
  };
  return {
    ...readGrants({ ...old, ...given }, (path) => platform.resolve(folder, path)),
    deprecated: [
      ...(timeoutSeconds === undefined ? [] : [{ key: 'timeoutSeconds', now: 'timeout' } as const]),
      ...(maxMemoryMiB === undefined ? [] : [{ key: 'maxMemoryMiB', now: 'maxMemory' } as const]),
    ],
  };
}

function inBytes(mebibytes: unknown): unknown {
  return typeof mebibytes === 'number' ? Math.floor(mebibytes * mebibyte) : mebibytes;
}

function asRecord(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : {};
}
