import { parseDuration, type DurationPiece } from '../../calls/grants';
import { defined } from '../../base/defined';
import type { Profile } from '../../instance/profile';
import type { ReusePolicy } from '../../serve/policy';
import { usageText } from '../../words/cli-usage';
import { parseCount, parseProfile, parseRecordPath, profileOptions, take } from '../profile-options';
import { readArguments } from '../read-arguments';
import { usageError } from '../usage';

/** What `fresh-instance serve` was asked to do. */
export interface ServeOptions {
  readonly file: string;
  readonly address: { readonly host: string; readonly port: number };
  /** What differs from the defaults for the component's version of WASI. */
  readonly policy: Partial<ReusePolicy>;
  readonly watch: boolean;
  readonly errorPage: boolean;
  readonly json: string | undefined;
  readonly profile: Profile;
}

// A call of a handler has a time limit of another name.
const { timeout: _, ...grantOptions } = profileOptions;

const options = {
  ...grantOptions,
  addr: { type: 'string' },
  'max-instance-reuse-count': { type: 'string' },
  'max-instance-concurrent-reuse-count': { type: 'string' },
  'idle-instance-timeout': { type: 'string' },
  'max-concurrent-requests': { type: 'string' },
  'request-timeout': { type: 'string' },
  watch: { type: 'boolean' },
  'no-error-page': { type: 'boolean' },
  json: { type: 'string' },
} as const;

/** Reads the arguments after `serve`. Throws UsageError. */
export function parseServeOptions(args: readonly string[]): ServeOptions {
  const { values, positionals } = readArguments(args, options);
  const [file, ...more] = positionals;
  if (file === undefined || file === '') throw usageError(usageText.serveNeedsFile());
  if (more.length > 0) throw usageError(usageText.serveTakesOne(more.join(' ')));
  const count = (
    name: 'max-instance-reuse-count' | 'max-instance-concurrent-reuse-count' | 'max-concurrent-requests',
  ) => {
    const text = values[name];
    return text === undefined ? undefined : parseCount(`--${name}`, text);
  };
  return {
    file,
    address: parseAddress(values.addr ?? '127.0.0.1:0'),
    policy: defined({
      maxInstanceReuseCount: count('max-instance-reuse-count'),
      maxInstanceConcurrentReuseCount: count('max-instance-concurrent-reuse-count'),
      maxConcurrentRequests: count('max-concurrent-requests'),
      idleInstanceTimeoutMs: duration('idleInstanceTimeout', values['idle-instance-timeout']),
      requestTimeoutMs: duration('requestTimeout', values['request-timeout']),
    }),
    watch: values.watch ?? false,
    errorPage: values['no-error-page'] !== true,
    json: parseRecordPath(values.json, file),
    profile: parseProfile(values, { args: [], stdin: { type: 'empty' } }),
  };
}

function duration(piece: DurationPiece, text: string | undefined): number | undefined {
  return text === undefined ? undefined : take(parseDuration(piece, text));
}

/** Reads `127.0.0.1:8080`, `localhost:0` or `[::1]:8080`. Throws UsageError. */
function parseAddress(text: string): ServeOptions['address'] {
  const [, bracketed, plain, digits = ''] = /^(?:\[([^\]]+)\]|([^:[\]]+)):(\d{1,5})$/.exec(text) ?? [];
  const host = bracketed ?? plain;
  const port = Number(digits);
  if (host === undefined || port > 65_535) throw usageError(usageText.noAddress(text));
  return { host, port };
}
