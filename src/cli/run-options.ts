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
import { readArguments, splitAtGuest } from './read-arguments';
import { usageError } from './usage';

/** What `fresh-instance run` was asked to do. */
export interface RunOptions {
  readonly file: string;
  readonly repeat: number;
  /** One instance for all repeats, instead of a fresh one for each. */
  readonly same: boolean;
  /** Where the record of the instances goes, if anywhere. */
  readonly json: string | undefined;
  /** Compare the engines, instead of running on one of them. */
  readonly isBoth: boolean;
  readonly profile: Profile;
}

/** Reads the arguments after `run`. Throws UsageError. */
export function parseRunOptions(args: readonly string[]): RunOptions {
  const { values, positionals, guestArgs } = parse(args);
  const [file, ...more] = positionals;
  if (file === undefined || file === '') {
    throw usageError(args.includes('--') ? usageText.runNeedsFileBefore() : usageText.runNeedsFile());
  }
  if (more.length > 0) {
    throw usageError(usageText.runTakesOne(more.join(' ')));
  }
  const { isBoth, values: ofProfile } = parseEngines(values);
  if (isBoth && (values.same !== undefined || values.repeat !== undefined))
    throw usageError(usageText.bothTakesOne());
  const profile = parseProfile(ofProfile, { args: guestArgs, stdin: { type: 'terminal' } });
  const same = values.same ?? false;
  if (same && !abilitiesOf[engineOf(profile)].keepsInstances) throw usageError(usageText.sameNeedsInstance());
  return {
    file,
    repeat: parseCount('--repeat', values.repeat ?? '1'),
    same,
    json: parseRecordPath(values.json, file),
    isBoth,
    profile,
  };
}

const options = {
  ...profileOptions,
  ...engineOption,
  repeat: { type: 'string' },
  same: { type: 'boolean' },
  json: { type: 'string' },
} as const;

function parse(args: readonly string[]) {
  const { own, guest = [] } = splitAtGuest(args);
  const { values, positionals } = readArguments(own, options, usageText.noOptionOfRun);
  return { values, positionals, guestArgs: guest };
}
