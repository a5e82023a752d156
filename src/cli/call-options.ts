import { usageText } from '../words/cli-usage';
import { abilitiesOf } from '../engine/backend';
import { engineOf, type Profile } from '../instance/profile';
import {
  engineOption,
  parseCount,
  parseEngines,
  parseProfile,
  parseRecordPath,
  profileOptions,
} from './profile-options';
import { readArguments } from './read-arguments';
import { usageError } from './usage';

/** Where the calls come from. */
export type CallSource =
  | { readonly type: 'arguments'; readonly calls: readonly string[] }
  | { readonly type: 'file'; readonly path: string }
  | { readonly type: 'stdin' };

/** The options of `fresh-instance call`. */
export interface CallOptions {
  readonly file: string;
  readonly source: CallSource;
  /** Number of times that each call is made. */
  readonly repeat: number;
  /** Compare one instance with fresh ones, instead of printing results. */
  readonly compare: boolean;
  readonly json: string | undefined;
  /** Compare the engines on one call, instead of calling on one of them. */
  readonly isBoth: boolean;
  readonly profile: Profile;
}

const defaultComparisons = 5;

const options = {
  ...profileOptions,
  ...engineOption,
  calls: { type: 'string' },
  repeat: { type: 'string' },
  compare: { type: 'boolean' },
  json: { type: 'string' },
} as const;

/** Reads the arguments after `call`. Throws UsageError. */
export function parseCallOptions(args: readonly string[]): CallOptions {
  const { values, positionals } = readArguments(args, options);
  const [file, ...calls] = positionals;
  if (file === undefined || file === '') throw usageError(usageText.callNeedsFile());
  if (values.calls !== undefined && calls.length > 0) {
    throw usageError(usageText.callsFromBoth());
  }
  const compare = values.compare ?? false;
  if (compare && values.json !== undefined) {
    throw usageError(usageText.comparisonHasNoRecord());
  }
  const repeat =
    values.repeat === undefined ? (compare ? defaultComparisons : 1) : parseCount('--repeat', values.repeat);
  if (compare && repeat < 2) throw usageError(usageText.comparisonNeedsTwo());
  const source = sourceOf(calls, values.calls);
  // A guest must not read the calls.
  const stdin = { type: source.type === 'stdin' ? 'empty' : 'terminal' } as const;
  const { isBoth, values: ofProfile } = parseEngines(values);
  if (
    isBoth &&
    (compare || values.repeat !== undefined || source.type !== 'arguments' || source.calls.length !== 1)
  )
    throw usageError(usageText.bothTakesOne());
  const profile = parseProfile(ofProfile, { args: [], stdin });
  if (!abilitiesOf[engineOf(profile)].keepsInstances) refuseLaterCalls({ source, repeat, compare });
  return { file, source, repeat, compare, json: parseRecordPath(values.json, file), isBoth, profile };
}

/** Throws a UsageError where one call is not all that is asked for. What comes on stdin shows when it comes. */
function refuseLaterCalls({
  source,
  repeat,
  compare,
}: Pick<CallOptions, 'source' | 'repeat' | 'compare'>): void {
  if (compare) throw usageError(usageText.comparisonNeedsInstance());
  if (repeat > 1 || (source.type === 'arguments' && source.calls.length > 1))
    throw usageError(usageText.callsNeedInstance());
}

function sourceOf(calls: readonly string[], path: string | undefined): CallSource {
  if (calls.length > 0) return { type: 'arguments', calls };
  return path === undefined || path === '-' ? { type: 'stdin' } : { type: 'file', path };
}
