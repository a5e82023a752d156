import { isAbsolute, resolve } from 'node:path';
import { err, ok, type Result } from '../../base/result';
import { parseCommandLine } from '../../calls/command-line';
import type { DirectoryGrant, Profile, StdinSource } from '../../instance/profile';

export const debugType = 'wasi-component';

/** What a launch configuration asks for, checked. */
export interface Launch {
  /** Absolute path of the component. */
  readonly component: string;
  /** The exported interface whose `run` is called; absent for the one that Run takes. */
  readonly export?: string;
  /** What of the profile is given; the rest is that of a bare run. */
  readonly profile: Partial<Profile>;
  readonly instance: 'fresh' | 'current';
  readonly stopOnEntry: boolean;
  readonly stopOnTrap: boolean;
  /** Paths as the debug information has them, and where they are here. */
  readonly sourceMap: Readonly<Record<string, string>>;
}

const msPerUnit = { ms: 1, s: 1000, m: 60_000 } as const;
const bytesPerUnit = { KiB: 2 ** 10, MiB: 2 ** 20, GiB: 2 ** 30 } as const;

/**
 * Checks a launch configuration, with its variables replaced. Relative paths are of `folder`.
 * The error is a sentence that names the attribute and says what belongs there.
 */
export function readLaunch(
  configuration: Readonly<Record<string, unknown>>,
  folder: string | undefined,
): Result<Launch, string> {
  try {
    return ok(read(configuration, folder));
  } catch (error) {
    if (error instanceof WrongAttribute) return err(error.message);
    throw error;
  }
}

class WrongAttribute extends Error {
  constructor(name: string, expected: string, value: unknown) {
    super(
      `"${name}" in the launch configuration takes ${expected}, not ${value === undefined ? 'nothing' : JSON.stringify(value)}.`,
    );
  }
}

function read(given: Readonly<Record<string, unknown>>, folder: string | undefined): Launch {
  const absolute = (path: string) =>
    isAbsolute(path) || folder === undefined ? path : resolve(folder, path);
  const { component, export: called } = given;
  if (typeof component !== 'string' || component === '') {
    throw new WrongAttribute('component', 'the path of a .wasm file', component);
  }
  if (called !== undefined && typeof called !== 'string') {
    throw new WrongAttribute(
      'export',
      'the name of an exported interface such as "wasi:cli/run@0.2.3"',
      called,
    );
  }
  const timeoutMs = optional(given.timeout, readDuration);
  const maxMemoryBytes = optional(given.maxMemory, readSize);
  const stdin = optional(given.stdin, (value) => readStdin(value, absolute));
  const env = optional(given.env, readEnv);
  const dirs = optional(given.dirs, (value) => readDirs(value, absolute));
  const args = optional(given.args, readArgs);
  return {
    component: absolute(component),
    ...(called === undefined ? {} : { export: called.replace(/#run$/, '') }),
    profile: {
      ...(args === undefined ? {} : { args }),
      ...(env === undefined ? {} : { env }),
      ...(dirs === undefined ? {} : { dirs }),
      ...(stdin === undefined ? {} : { stdin }),
      network: readFlag('network', given.network, false),
      ...(timeoutMs === undefined ? {} : { timeoutMs }),
      ...(maxMemoryBytes === undefined ? {} : { maxMemoryBytes }),
    },
    instance: readInstance(given.instance),
    stopOnEntry: readFlag('stopOnEntry', given.stopOnEntry, false),
    stopOnTrap: readFlag('stopOnTrap', given.stopOnTrap, true),
    sourceMap: optional(given.sourceMap, (value) => readTexts('sourceMap', value)) ?? {},
  };
}

function optional<T>(value: unknown, take: (value: unknown) => T): T | undefined {
  return value === undefined || value === null ? undefined : take(value);
}

function readFlag(name: string, value: unknown, fallback: boolean): boolean {
  if (value === undefined) return fallback;
  if (typeof value !== 'boolean') throw new WrongAttribute(name, 'true or false', value);
  return value;
}

function readInstance(value: unknown): 'fresh' | 'current' {
  if (value === undefined || value === 'fresh') return 'fresh';
  if (value === 'current') return 'current';
  throw new WrongAttribute('instance', '"fresh" or "current"', value);
}

/** A list of arguments, or one line of them as a shell takes it. */
function readArgs(value: unknown): readonly string[] {
  if (Array.isArray(value) && value.every((item) => typeof item === 'string')) return value;
  if (typeof value === 'string') {
    const line = parseCommandLine(value);
    if (line.ok) return line.value.args;
  }
  throw new WrongAttribute('args', 'a list of texts, or one line of arguments', value);
}

function readEnv(value: unknown): Readonly<Record<string, string>> {
  if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value).map(([name, item]: [string, unknown]) => [
      name,
      typeof item === 'number' || typeof item === 'boolean' ? String(item) : item,
    ]);
    return readTexts('env', Object.fromEntries(entries));
  }
  throw new WrongAttribute('env', 'names with their values', value);
}

function readTexts(name: string, value: unknown): Readonly<Record<string, string>> {
  const entries = typeof value === 'object' && value !== null ? Object.entries(value) : undefined;
  if (entries?.every((entry): entry is [string, string] => typeof entry[1] === 'string') === true) {
    return Object.fromEntries(entries);
  }
  throw new WrongAttribute(name, 'texts by name', value);
}

/** Grants as on the command line, `HOST::GUEST` or `HOST::GUEST:ro`, or as objects. */
function readDirs(value: unknown, absolute: (path: string) => string): readonly DirectoryGrant[] {
  const wrong = new WrongAttribute('dirs', 'grants such as "data::/data" or "data::/data:ro"', value);
  if (!Array.isArray(value)) throw wrong;
  return value.map((item: unknown): DirectoryGrant => {
    if (typeof item === 'string') {
      const [host = '', rest = '', ...more] = item.split('::');
      const guest = rest.replace(/:ro$/, '');
      if (host === '' || guest === '' || more.length > 0) throw wrong;
      return { host: absolute(host), guest, readOnly: rest !== guest };
    }
    if (typeof item !== 'object' || item === null || !('host' in item) || !('guest' in item)) throw wrong;
    const { host, guest } = item;
    if (typeof host !== 'string' || typeof guest !== 'string') throw wrong;
    return { host: absolute(host), guest, readOnly: 'readOnly' in item && item.readOnly === true };
  });
}

function readStdin(value: unknown, absolute: (path: string) => string): StdinSource {
  if (value === 'terminal' || value === 'empty') return { type: value };
  if (typeof value === 'string' && value !== '') return { type: 'file', path: absolute(value) };
  throw new WrongAttribute('stdin', '"terminal", "empty" or the path of a file', value);
}

/** A time such as `5s` or `500ms`; a bare number is ms, as elsewhere in launch configurations. */
function readDuration(value: unknown): number {
  if (typeof value === 'number' && value > 0) return value;
  const [, number, unit] = /^(\d+(?:\.\d+)?)(ms|s|m)$/.exec(String(value)) ?? [];
  if (number === undefined || (unit !== 'ms' && unit !== 's' && unit !== 'm')) {
    throw new WrongAttribute('timeout', 'a time such as "5s" or "500ms"', value);
  }
  return Number(number) * msPerUnit[unit];
}

function readSize(value: unknown): number {
  const [, number, unit] = /^(\d+(?:\.\d+)?) ?(KiB|MiB|GiB)$/.exec(String(value)) ?? [];
  if (number === undefined || (unit !== 'KiB' && unit !== 'MiB' && unit !== 'GiB')) {
    throw new WrongAttribute('maxMemory', 'a size such as "64MiB"', value);
  }
  return Number(number) * bytesPerUnit[unit];
}
