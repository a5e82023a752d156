import { isAbsolute, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import type { DirectoryGrant, Profile } from '../instance/profile';
import { usageError } from './usage';

/** What `fresh-instance run` was asked to do. */
export interface RunOptions {
  readonly file: string;
  readonly repeat: number;
  /** One instance for all repeats, instead of a fresh one for each. */
  readonly same: boolean;
  /** Where the record of the instances goes, if anywhere. */
  readonly json: string | undefined;
  readonly profile: Profile;
}

/** Reads the arguments after `run`. Throws UsageError. */
export function parseRunOptions(args: readonly string[]): RunOptions {
  const { values, positionals, guestArgs } = parse(args);
  const [file, ...more] = positionals;
  if (file === undefined) throw usageError('run needs the component to run.');
  if (more.length > 0) {
    throw usageError(
      `run takes one component; arguments for the guest come after "--": -- ${more.join(' ')}`,
    );
  }
  const timeoutMs = values.timeout === undefined ? undefined : parseDuration(values.timeout);
  const maxMemoryBytes = values['max-memory'] === undefined ? undefined : parseSize(values['max-memory']);
  return {
    file,
    repeat: parseCount(values.repeat ?? '1'),
    same: values.same ?? false,
    json: values.json,
    profile: {
      args: guestArgs,
      env: Object.fromEntries((values.env ?? []).map(parseAssignment)),
      dirs: (values.dir ?? []).map(parseDirectory),
      network: values.net ?? false,
      stdin: { type: 'terminal' },
      ...(timeoutMs === undefined ? {} : { timeoutMs }),
      ...(maxMemoryBytes === undefined ? {} : { maxMemoryBytes }),
    },
  };
}

function parse(args: readonly string[]) {
  const end = args.indexOf('--');
  const own = end < 0 ? args : args.slice(0, end);
  try {
    const { values, positionals } = parseArgs({
      args: [...own],
      allowPositionals: true,
      options: {
        repeat: { type: 'string' },
        same: { type: 'boolean' },
        env: { type: 'string', multiple: true },
        dir: { type: 'string', multiple: true },
        net: { type: 'boolean' },
        timeout: { type: 'string' },
        'max-memory': { type: 'string' },
        json: { type: 'string' },
      },
    });
    return { values, positionals, guestArgs: end < 0 ? [] : args.slice(end + 1) };
  } catch (error) {
    throw usageError(error instanceof Error ? error.message : String(error));
  }
}

function parseCount(text: string): number {
  const count = Number(text);
  if (!/^\d+$/.test(text) || count < 1) throw usageError(`--repeat takes a number of times, not "${text}".`);
  return count;
}

function parseAssignment(text: string): [string, string] {
  const at = text.indexOf('=');
  if (at < 1) throw usageError(`--env takes NAME=VALUE, not "${text}".`);
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
    throw usageError(`--dir takes HOST::GUEST or HOST::GUEST:ro, not "${text}".`);
  }
  return { host: isAbsolute(host) ? host : resolve(host), guest, readOnly };
}
