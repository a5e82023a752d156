import { isAbsolute, resolve } from 'node:path';
import type { DirectoryGrant, ModuleGrant, Profile } from '../instance/profile';
import { usageError } from './usage';

/** The options that say what an instance is given and granted, for `parseArgs`. */
export const profileOptions = {
  env: { type: 'string', multiple: true },
  dir: { type: 'string', multiple: true },
  net: { type: 'boolean' },
  import: { type: 'string', multiple: true },
  timeout: { type: 'string' },
  'max-memory': { type: 'string' },
} as const;

/** The same for a command's help. */
export const profileHelp = `  --env NAME=VALUE         give the guest an environment variable (again for more)
  --dir HOST::GUEST[:ro]   let the guest see a directory, :ro for reading only (again for more)
  --net                    let the guest use the network
  --import INTERFACE=MODULE
                           let a JavaScript module stand in for an imported interface (again for more)
  --timeout 5s             stop a call that takes longer
  --max-memory 64MiB       stop a call whose memory grows larger`;

/** What `parseArgs` finds for {@link profileOptions}. */
interface ProfileValues {
  readonly env?: readonly string[] | undefined;
  readonly dir?: readonly string[] | undefined;
  readonly net?: boolean | undefined;
  readonly import?: readonly string[] | undefined;
  readonly timeout?: string | undefined;
  readonly 'max-memory'?: string | undefined;
}

/** Makes a profile of the options. Throws UsageError. */
export function parseProfile(values: ProfileValues, rest: Pick<Profile, 'args' | 'stdin'>): Profile {
  const timeoutMs = values.timeout === undefined ? undefined : parseDuration(values.timeout);
  const maxMemoryBytes = values['max-memory'] === undefined ? undefined : parseSize(values['max-memory']);
  return {
    ...rest,
    env: Object.fromEntries((values.env ?? []).map(parseAssignment)),
    dirs: (values.dir ?? []).map(parseDirectory),
    network: values.net ?? false,
    ...(values.import === undefined ? {} : { modules: values.import.map(parseModule) }),
    ...(timeoutMs === undefined ? {} : { timeoutMs }),
    ...(maxMemoryBytes === undefined ? {} : { maxMemoryBytes }),
  };
}

/** The path of `--json`. Throws UsageError where it is the component, of which nothing would be left. */
export function parseRecordPath(json: string | undefined, file: string): string | undefined {
  if (json !== undefined && resolve(json) === resolve(file))
    throw usageError(`--json would write over the component ${file}. Choose another file.`);
  return json;
}

/** A whole number from 1. Throws UsageError that names the option. */
export function parseCount(option: string, text: string): number {
  const count = Number(text);
  if (!/^\d+$/.test(text) || count < 1) throw usageError(`${option} takes a number of times, not "${text}".`);
  return count;
}

/** A stand-in of the form INTERFACE=MODULE; a relative path is one of the working directory. */
function parseModule(text: string): ModuleGrant {
  const at = text.indexOf('=');
  if (at < 1 || at === text.length - 1) throw usageError(`--import takes INTERFACE=MODULE, not "${text}".`);
  return { interface: text.slice(0, at), path: resolve(text.slice(at + 1)) };
}

function parseAssignment(text: string): [string, string] {
  const at = text.indexOf('=');
  if (at < 1) {
    throw usageError(
      `--env takes NAME=VALUE, not "${text}". A variable of this shell is passed on with its value: NAME="$NAME"`,
    );
  }
  return [text.slice(0, at), text.slice(at + 1)];
}

const msPerUnit = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 } as const;

/** A duration such as `500ms`, `5s` or `1.5m`; a bare number is seconds. */
function parseDuration(text: string): number {
  const [, number, unit] = /^(\d+(?:\.\d+)?)(ms|s|m|h)?$/.exec(text) ?? [];
  const ms = Number(number) * msPerUnit[(unit ?? 's') as keyof typeof msPerUnit];
  // Node's timers take at most this much, and take a longer time for 1 ms.
  if (!(ms > 0) || ms > 2 ** 31 - 1)
    throw usageError(`--timeout takes a time such as 5s or 500ms, not "${text}".`);
  return ms;
}

const bytesPerUnit = {
  '': 1,
  B: 1,
  KiB: 2 ** 10,
  MiB: 2 ** 20,
  GiB: 2 ** 30,
  KB: 1e3,
  MB: 1e6,
  GB: 1e9,
} as const;

function parseSize(text: string): number {
  const [, number, unit = ''] = /^(\d+(?:\.\d+)?) ?(|B|KiB|MiB|GiB|KB|MB|GB)$/.exec(text) ?? [];
  const bytes = Number(number) * bytesPerUnit[unit as keyof typeof bytesPerUnit];
  if (!(bytes >= 65_536))
    throw usageError(`--max-memory takes a size such as 64MiB (at least 64KiB), not "${text}".`);
  return bytes;
}

/**
 * A grant of the form HOST::GUEST[:ro].
 * Relative host paths are resolved here, since the runner has a working directory of its own.
 */
function parseDirectory(text: string): DirectoryGrant {
  const [host = '', rest = '', ...more] = text.split('::');
  const readOnly = rest.endsWith(':ro');
  const guest = readOnly ? rest.slice(0, -':ro'.length) : rest;
  if (host === '' || guest === '' || more.length > 0) {
    throw usageError(`--dir takes HOST::GUEST or HOST::GUEST:ro, with two colons between, not "${text}".`);
  }
  return { host: isAbsolute(host) ? host : resolve(host), guest, readOnly };
}
