// The one grammar of grants. Settings, launch configurations, pickers and the command line adapt their own
// syntax to it.
// The command line's `run` loads this file before it starts a runner, so it imports little.
import { defined } from '../base/defined';
import { err, ok, type Result } from '../base/result';
import {
  engineNames,
  type DirectoryGrant,
  type EngineName,
  type ModuleGrant,
  type Profile,
  type StdinSource,
} from '../instance/profile';
import { parseWords, type UnclosedQuote } from './command-line';

/** What somebody wrote about the grants of a run. An absent piece was not mentioned. */
export type Grants = Partial<Omit<Profile, 'argv0' | 'stackKiB'>>;

/** The pieces of a grant, by their names in JSON. */
export type GrantPiece =
  'args' | 'env' | 'dirs' | 'network' | 'imports' | DurationPiece | 'maxMemory' | 'stdin' | 'engine';

/** The pieces that are durations. */
export type DurationPiece = 'timeout' | 'idle' | 'requestTimeout' | 'idleInstanceTimeout';

/** Why a piece cannot be read. `src/words/grants.ts` puts it into words. */
export type GrantError =
  /** `form`: the value has another form. `range`: the number is too small or too large. */
  | { readonly piece: GrantPiece; readonly problem: 'form' | 'range'; readonly value: unknown }
  | ({ readonly piece: 'args'; readonly problem: 'quote'; readonly value: unknown } & UnclosedQuote);

/** Makes the absolute path of one that was written. */
export type ResolvePath = (path: string) => string;

/** Longest duration, in ms: Node's timers fire at once for a longer one. */
export const longestDurationMs = 2 ** 31 - 1;

/** Smallest memory limit, in bytes: one page of a linear memory. */
export const smallestMemoryBytes = 65_536;

/**
 * Reads the pieces that a JSON object has: `args`, `env`, `dirs`, `network`, `imports`, `timeout`,
 * `maxMemory`, `stdin`, `engine`. Other properties are left alone. A piece with an error is not granted.
 */
export function readGrants(
  given: Readonly<Record<string, unknown>>,
  resolvePath: ResolvePath,
): { readonly grants: Grants; readonly errors: readonly GrantError[] } {
  const errors: GrantError[] = [];
  const read = <T>(value: unknown, parse: (value: unknown) => Result<T, GrantError>): T | undefined => {
    if (value === undefined || value === null) return undefined;
    const parsed = parse(value);
    if (parsed.ok) return parsed.value;
    errors.push(parsed.error);
    return undefined;
  };
  const grants = defined({
    args: read(given.args, parseArgs),
    env: read(given.env, parseEnv),
    dirs: read(given.dirs, (value) => parseDirectories(value, resolvePath)),
    network: read(given.network, parseNetwork),
    modules: read(given.imports, (value) => parseImports(value, resolvePath)),
    timeoutMs: read(given.timeout, (value) => parseDuration('timeout', value)),
    maxMemoryBytes: read(given.maxMemory, parseSize),
    stdin: read(given.stdin, (value) => parseStdin(value, resolvePath)),
    engine: read(given.engine, parseEngine),
  });
  return { grants, errors };
}

/** Reads arguments: a list of texts, or one line that is split as a shell splits it. */
export function parseArgs(value: unknown): Result<readonly string[], GrantError> {
  if (Array.isArray(value) && value.every((item) => typeof item === 'string')) return ok(value);
  if (typeof value !== 'string') return wrongForm('args', value);
  const words = parseWords(value);
  return words.ok ? words : err({ piece: 'args', problem: 'quote', value, ...words.error });
}

/** Reads an environment: values by name. Numbers and booleans become texts. */
export function parseEnv(value: unknown): Result<Readonly<Record<string, string>>, GrantError> {
  if (!isRecord(value)) return wrongForm('env', value);
  const env: [string, string][] = [];
  for (const [name, item] of Object.entries(value)) {
    if (!isEnvName(name) || !['string', 'number', 'boolean'].includes(typeof item))
      return wrongForm('env', value);
    env.push([name, String(item)]);
  }
  return ok(Object.fromEntries(env));
}

/** Reads one variable written as `NAME=VALUE`. */
export function parseVariable(text: string): Result<readonly [string, string], GrantError> {
  const pair = splitPair(text);
  return pair === null ? wrongForm('env', text) : ok(pair);
}

/** Reads a list of directories, each an object or a text; see {@link parseDirectory}. */
export function parseDirectories(
  value: unknown,
  resolvePath: ResolvePath,
): Result<readonly DirectoryGrant[], GrantError> {
  if (!Array.isArray(value)) return wrongForm('dirs', value);
  const dirs: DirectoryGrant[] = [];
  for (const item of value) {
    const dir = parseDirectory(item, resolvePath);
    if (!dir.ok) return dir;
    dirs.push(dir.value);
  }
  return ok(dirs);
}

/**
 * Reads a directory. As an object, `{host, guest, readOnly}`, it is read-only unless `readOnly` is false. As
 * a text, `HOST::GUEST`, it can be written as in wasmtime, and `HOST::GUEST:ro` is read-only.
 */
export function parseDirectory(value: unknown, resolvePath: ResolvePath): Result<DirectoryGrant, GrantError> {
  if (typeof value === 'string') return parseDirectoryText(value, resolvePath);
  if (!isRecord(value)) return wrongForm('dirs', value);
  const { host, guest, readOnly = true } = value;
  if (!isName(host) || !isName(guest) || typeof readOnly !== 'boolean') return wrongForm('dirs', value);
  return ok({ host: resolvePath(host), guest, readOnly });
}

function parseDirectoryText(text: string, resolvePath: ResolvePath): Result<DirectoryGrant, GrantError> {
  // A drive letter ends in one colon, so the first two in a row are ours.
  const middle = text.indexOf('::');
  const host = text.slice(0, Math.max(0, middle));
  const rest = text.slice(middle + 2);
  const readOnly = rest.endsWith(':ro');
  const guest = readOnly ? rest.slice(0, -':ro'.length) : rest;
  if (host === '' || guest === '' || guest.startsWith(':') || guest.includes('::'))
    return wrongForm('dirs', text);
  return ok({ host: resolvePath(host), guest, readOnly });
}

/** Reads whether the network is granted. */
export function parseNetwork(value: unknown): Result<boolean, GrantError> {
  return typeof value === 'boolean' ? ok(value) : wrongForm('network', value);
}

/** Reads modules for imports: the paths of the modules by the names of the interfaces. */
export function parseImports(
  value: unknown,
  resolvePath: ResolvePath,
): Result<readonly ModuleGrant[], GrantError> {
  if (!isRecord(value)) return wrongForm('imports', value);
  const modules: ModuleGrant[] = [];
  for (const [name, path] of Object.entries(value)) {
    if (name === '' || !isName(path)) return wrongForm('imports', value);
    modules.push({ interface: name, path: resolvePath(path) });
  }
  return ok(modules);
}

/** Reads one module written as `INTERFACE=MODULE`. */
export function parseImport(text: string, resolvePath: ResolvePath): Result<ModuleGrant, GrantError> {
  const pair = splitPair(text);
  if (pair === null || pair[1] === '') return wrongForm('imports', text);
  return ok({ interface: pair[0], path: resolvePath(pair[1]) });
}

const msPerUnit = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 } as const;

/** Reads a duration, in whole ms: `"5s"`, `"200ms"`, `"1.5m"`, `"1h"`. A bare number is seconds. */
export function parseDuration(piece: DurationPiece, value: unknown): Result<number, GrantError> {
  const [, number, unit = 's'] = /^(-?\d+(?:\.\d+)?) ?(ms|s|m|h)?$/.exec(textOf(value)) ?? [];
  if (number === undefined) return wrongForm(piece, value);
  const ms = Math.round(Number(number) * msPerUnit[unit as keyof typeof msPerUnit]);
  if (!(ms > 0) || ms > longestDurationMs) return err({ piece, problem: 'range', value });
  return ok(ms);
}

/** Writes a duration so that {@link parseDuration} reads the same: `5s`, `200ms`. */
export function formatDuration(ms: number): string {
  return ms < 1000 ? `${String(ms)}ms` : `${String(ms / 1000)}s`;
}

const bytesPerUnit = {
  B: 1,
  KiB: 2 ** 10,
  MiB: 2 ** 20,
  GiB: 2 ** 30,
  KB: 1e3,
  MB: 1e6,
  GB: 1e9,
} as const;

/** Reads a memory limit, in bytes: `"64MiB"`, `"1.5 GiB"`. A bare number is bytes. */
export function parseSize(value: unknown): Result<number, GrantError> {
  const [, number, unit = 'B'] = /^(-?\d+(?:\.\d+)?) ?(B|[KMG]i?B)?$/.exec(textOf(value)) ?? [];
  if (number === undefined) return wrongForm('maxMemory', value);
  const bytes = Math.floor(Number(number) * bytesPerUnit[unit as keyof typeof bytesPerUnit]);
  if (!(bytes >= smallestMemoryBytes) || !Number.isSafeInteger(bytes))
    return err({ piece: 'maxMemory', problem: 'range', value });
  return ok(bytes);
}

/** Writes a size so that {@link parseSize} reads the same: `64MiB`, `100B`. */
export function formatSize(bytes: number): string {
  const unit = (['GiB', 'MiB', 'KiB'] as const).find((name) => bytes % bytesPerUnit[name] === 0) ?? 'B';
  return `${String(bytes / bytesPerUnit[unit])}${unit}`;
}

/** Reads where stdin comes from: `"terminal"`, `"empty"`, or the path of a file. */
export function parseStdin(value: unknown, resolvePath: ResolvePath): Result<StdinSource, GrantError> {
  if (value === 'terminal' || value === 'empty') return ok({ type: value });
  return isName(value) ? ok({ type: 'file', path: resolvePath(value) }) : wrongForm('stdin', value);
}

/** Reads the engine: `"jco"` or `"wasmtime"`. */
export function parseEngine(value: unknown): Result<EngineName, GrantError> {
  const engine = engineNames.find((name) => name === value);
  return engine === undefined ? wrongForm('engine', value) : ok(engine);
}

function wrongForm(piece: GrantPiece, value: unknown) {
  return err({ piece, problem: 'form', value } as const);
}

/** `NAME=VALUE` with a name; null for another text. */
function splitPair(text: string): readonly [string, string] | null {
  const at = text.indexOf('=');
  return at < 1 ? null : [text.slice(0, at), text.slice(at + 1)];
}

function isEnvName(name: string): boolean {
  return name !== '' && !name.includes('=');
}

function isName(value: unknown): value is string {
  return typeof value === 'string' && value !== '';
}

function textOf(value: unknown): string {
  return typeof value === 'number' ? String(value) : typeof value === 'string' ? value.trim() : '';
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
