import { usageText } from '../words/cli-usage';
import nodePath, { resolve, type PlatformPath } from 'node:path';
import { defined } from '../base/defined';
import type { Result } from '../base/result';
import {
  parseDirectory,
  parseDuration,
  parseEngine,
  parseImport,
  parseSize,
  parseVariable,
  type GrantError,
} from '../calls/grants';
import type { Profile } from '../instance/profile';
import { grantErrorText } from '../words/grants';
import { usageError } from './usage';

/** The options for what an instance is given and granted, for `parseArgs`. */
export const profileOptions = {
  env: { type: 'string', multiple: true },
  dir: { type: 'string', multiple: true },
  net: { type: 'boolean' },
  import: { type: 'string', multiple: true },
  timeout: { type: 'string' },
  'max-memory': { type: 'string' },
} as const;

/** The value of `--engine` that compares the engines. */
const both = 'both';

/** The engine among the options of `run` and `call`: one of them, or both, which are compared then. */
export function parseEngines<T extends Pick<ProfileValues, 'engine'>>(
  values: T,
): { readonly isBoth: boolean; readonly values: T } {
  const isBoth = values.engine === both;
  return { isBoth, values: isBoth ? { ...values, engine: undefined } : values };
}

/** The option of `run` and `call` for the engine. A probe is always made on jco, which can call an instance again. */
export const engineOption = { engine: { type: 'string' } } as const;

/** What `parseArgs` finds for {@link profileOptions}. */
interface ProfileValues {
  readonly env?: readonly string[] | undefined;
  readonly dir?: readonly string[] | undefined;
  readonly net?: boolean | undefined;
  readonly import?: readonly string[] | undefined;
  readonly timeout?: string | undefined;
  readonly 'max-memory'?: string | undefined;
  readonly engine?: string | undefined;
}

/**
 * Makes a profile of the options. Throws UsageError.
 * @param path the path functions of the system; relative paths start at the working directory, since the
 * runner has its own
 */
export function parseProfile(
  values: ProfileValues,
  rest: Pick<Profile, 'args' | 'stdin'>,
  path: PlatformPath = nodePath,
): Profile {
  const { env = [], dir = [], net, import: imports, timeout, 'max-memory': maxMemory, engine } = values;
  const resolve = (written: string) => path.resolve(written);
  return {
    ...rest,
    env: Object.fromEntries(env.map((text) => take(parseVariable(text)))),
    dirs: dir.map((text) => take(parseDirectory(text, resolve))),
    network: net ?? false,
    ...defined({
      modules: imports?.map((text) => take(parseImport(text, resolve))),
      timeoutMs: timeout === undefined ? undefined : take(parseDuration('timeout', timeout)),
      maxMemoryBytes: maxMemory === undefined ? undefined : take(parseSize(maxMemory)),
      engine: engine === undefined ? undefined : take(parseEngine(engine)),
    }),
  };
}

/** The value of an option that was read. Throws a UsageError that says why it cannot be. */
export function take<T>(parsed: Result<T, GrantError>): T {
  if (parsed.ok) return parsed.value;
  throw usageError(grantErrorText(parsed.error, 'flag'), parsed.error);
}

/** The path of `--json`. Throws UsageError for the path of the component, which would be overwritten. */
export function parseRecordPath(json: string | undefined, file: string): string | undefined {
  if (json !== undefined && resolve(json) === resolve(file)) throw usageError(usageText.wouldOverwrite(file));
  return json;
}

/** Reads a whole number from 1. Throws a UsageError that names the option. */
export function parseCount(option: string, text: string): number {
  const count = Number(text);
  if (!/^\d+$/.test(text) || count < 1) throw usageError(usageText.noCount(option, text));
  return count;
}
