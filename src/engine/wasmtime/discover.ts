import { constants } from 'node:fs';
import { access, realpath, stat } from 'node:fs/promises';
import { homedir } from 'node:os';
import nodePath, { type PlatformPath } from 'node:path';
import { isWithin } from '../../base/is-within';

/** Where the user's own wasmtime is looked for. */
export interface WasmtimePlaces {
  /** The absolute path of the program that the user has named. Then nothing else is looked at. */
  readonly program?: string | undefined;
  /** The environment of this process: PATH, PATHEXT, and what {@link environmentOf} takes from it. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The user's home folder. */
  readonly home: string;
  readonly platform: NodeJS.Platform;
  /** Folders that hold other people's files, such as those of the workspace: a program in one of them is never run unless it was named. */
  readonly foreign: readonly string[];
}

/** The usual places, on this machine. */
export function usualPlaces(): WasmtimePlaces {
  return { env: process.env, home: homedir(), platform: process.platform, foreign: [] };
}

/** What wasmtime needs of the environment to find its cache of compiled code and its configuration, and to start at all on Windows. */
const needed = [
  'HOME',
  'XDG_CACHE_HOME',
  'XDG_CONFIG_HOME',
  'USERPROFILE',
  'LOCALAPPDATA',
  'APPDATA',
  'SystemRoot',
  'TEMP',
  'TMP',
  'TMPDIR',
] as const;

/** The whole environment of a wasmtime process. Nothing of it reaches the guest, and nothing in it changes what wasmtime grants or prints. */
export function environmentOf({ env }: WasmtimePlaces): Readonly<Record<string, string>> {
  const found: Record<string, string> = {};
  for (const name of needed) {
    const value = env[name];
    if (value !== undefined) found[name] = value;
  }
  return found;
}

/**
 * The paths at which the program may be, in the order in which they are looked at: PATH, then where wasmtime's installer and Cargo put it.
 * Only absolute folders of PATH count, so that the working directory, which may be anything, has no say; and none in a foreign folder.
 */
export function placesOfWasmtime(places: WasmtimePlaces): readonly string[] {
  const { env, home, platform, foreign } = places;
  const path = pathOf(platform);
  const folders = [
    ...(env.PATH ?? '').split(path.delimiter).map((folder) => unquoted(folder, platform)),
    path.join(home, '.wasmtime', 'bin'),
    path.join(home, '.cargo', 'bin'),
  ].filter((folder) => isAbsolute(folder, platform));
  const names = namesOf(env.PATHEXT, platform);
  const candidates = folders.flatMap((folder) => names.map((name) => path.join(folder, name)));
  return [...new Set(candidates)].filter((candidate) => !isWithinAny(candidate, foreign, path));
}

/** Finds the program. Undefined if there is none, or if the one that was named is not there. */
export async function findWasmtime(places: WasmtimePlaces): Promise<string | undefined> {
  const path = pathOf(places.platform);
  if (places.program !== undefined) {
    const isUsable = isAbsolute(places.program, places.platform) && (await isProgram(places.program));
    return isUsable ? places.program : undefined;
  }
  for (const candidate of placesOfWasmtime(places)) {
    if (!(await isProgram(candidate))) continue;
    // A link may lead into a foreign folder.
    const real = await realpath(candidate).catch(() => candidate);
    if (!isWithinAny(real, places.foreign, path)) return candidate;
  }
  return undefined;
}

function pathOf(platform: NodeJS.Platform): PlatformPath {
  return platform === 'win32' ? nodePath.win32 : nodePath.posix;
}

/** On Windows a path such as `\bin` is relative to the current drive. */
function isAbsolute(folder: string, platform: NodeJS.Platform): boolean {
  return platform === 'win32' ? /^(?:[a-z]:[\\/]|\\\\)/i.test(folder) : folder.startsWith('/');
}

/** PATH on Windows may hold folders in quotes. */
function unquoted(folder: string, platform: NodeJS.Platform): string {
  return platform === 'win32' ? folder.replace(/^"(.*)"$/, '$1') : folder;
}

/** Of the endings that Windows knows, those of programs: batch files would need a shell, and with it quoting. */
function namesOf(pathExt: string | undefined, platform: NodeJS.Platform): readonly string[] {
  if (platform !== 'win32') return ['wasmtime'];
  const endings = (pathExt ?? '.EXE').split(';').map((ending) => ending.trim().toLowerCase());
  return ['.exe', '.com'].filter((ending) => endings.includes(ending)).map((ending) => `wasmtime${ending}`);
}

function isWithinAny(file: string, folders: readonly string[], path: PlatformPath): boolean {
  return folders.some((folder) => isWithin(file, folder, path));
}

async function isProgram(file: string): Promise<boolean> {
  try {
    await access(file, constants.X_OK);
    return (await stat(file)).isFile();
  } catch {
    return false;
  }
}
