import { resolve } from 'node:path';
import type { DirectoryGrant, Profile, StdinSource } from '../../instance/profile';
import { meansFile } from './same-file';

/** What a component's profile in the settings may say. */
type ProfileParts = Partial<Omit<Profile, 'modules' | 'argv0'>>;

/**
 * What the setting `freshInstance.profiles` says of one component. Parts of another shape are left out, since the settings editor marks
 * them already; a grant is never guessed.
 * @param setting profiles by the component's path
 * @param component absolute path
 * @param folder absolute path that relative ones begin at
 */
export function profileInSetting(setting: unknown, component: string, folder: string): ProfileParts {
  const found = Object.entries(asRecord(setting)).find(([path]) => meansFile(path, component, folder));
  const given = asRecord(found?.[1]);
  const { args, env, dirs, network, stdin, timeoutSeconds, maxMemoryMiB } = given;
  return {
    ...(isTexts(args) ? { args } : {}),
    ...(typeof env === 'object' ? { env: textsOf(env) } : {}),
    ...(Array.isArray(dirs) ? { dirs: dirs.flatMap((dir) => directoryOf(dir, folder)) } : {}),
    ...(typeof network === 'boolean' ? { network } : {}),
    ...(typeof stdin === 'string' ? { stdin: stdinOf(stdin, folder) } : {}),
    ...(isLimit(timeoutSeconds) ? { timeoutMs: timeoutSeconds * 1000 } : {}),
    ...(isLimit(maxMemoryMiB) ? { maxMemoryBytes: maxMemoryMiB * 1024 * 1024 } : {}),
  };
}

function directoryOf(value: unknown, folder: string): readonly DirectoryGrant[] {
  const { host, guest, readOnly } = asRecord(value);
  if (typeof host !== 'string' || typeof guest !== 'string' || !guest.startsWith('/')) return [];
  // What does not say that it may be written to may not.
  return [{ host: resolve(folder, host), guest, readOnly: readOnly !== false }];
}

function stdinOf(text: string, folder: string): StdinSource {
  if (text === 'terminal' || text === 'empty') return { type: text };
  return { type: 'file', path: resolve(folder, text) };
}

function isLimit(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value) && value > 0;
}

function isTexts(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((item) => typeof item === 'string');
}

function textsOf(value: unknown): Readonly<Record<string, string>> {
  const texts = Object.entries(asRecord(value)).filter(
    (entry): entry is [string, string] => typeof entry[1] === 'string',
  );
  return Object.fromEntries(texts);
}

function asRecord(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : {};
}
