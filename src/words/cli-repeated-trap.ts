import type { TrapFacts } from '../calls/explain-trap';
import { describeEvidence } from './evidence';
import { t } from './t';
import { lookAtLine } from './trap';
import { verdictReason } from './verdict';

/** What the command line was doing when a run trapped on an instance that is called several times. */
export interface RepeatedTrap {
  readonly facts: TrapFacts;
  /** Whether the run was made by `run --same` or by a line of `call`. */
  readonly by: 'run' | 'call';
  /** How many runs were not made because of it. */
  readonly notMade: number;
}

/** Explains the trap, in sentences. The evidence between them is indented. */
export function repeatedTrapLines(trap: RepeatedTrap): {
  readonly why: string;
  readonly evidence: readonly string[];
  readonly next: string;
} {
  const { cause, evidence } = trap.facts;
  return {
    why: whyText(trap),
    evidence: cause === 'first-call' ? [] : evidence.map(describeEvidence),
    next: nextText(trap),
  };
}

function whyText({ by, facts }: RepeatedTrap): string {
  const { cause, times, verdict } = facts;
  if (cause === 'first-call') return lookAtLine(facts);
  const isRun = by === 'run';
  if (verdict === undefined)
    return isRun
      ? t('It was run {0} on one instance; reading the binary does not tell why.', times)
      : t('It was call {0} of run on one instance; reading the binary does not tell why.', times);
  const reason = verdictReason(verdict);
  if (cause === 'guard')
    return isRun
      ? t('It was run {0} on one instance, and {1}:', times, reason)
      : t('It was call {0} of run on one instance, and {1}:', times, reason);
  return isRun
    ? t('It was run {0} on one instance. About repeated runs the binary says: {1}:', times, reason)
    : t('It was call {0} of run on one instance. About repeated runs the binary says: {1}:', times, reason);
}

function nextText({ by, notMade, facts }: RepeatedTrap): string {
  // Another instance does not help against a trap in a first call.
  if (facts.cause === 'first-call') return notMadeText(notMade);
  if (by === 'call')
    return t(
      'A trapped instance cannot be entered again. Use "fresh-instance run" for each run: it gets a fresh instance.',
    );
  if (notMade === 0)
    return t('A trapped instance cannot be entered again. Without --same every run gets a fresh instance.');
  return notMade === 1
    ? t(
        'A trapped instance cannot be entered again, so the other run was not made. Without --same every run gets a fresh instance.',
      )
    : t(
        'A trapped instance cannot be entered again, so the other {0} runs were not made. Without --same every run gets a fresh instance.',
        notMade,
      );
}

function notMadeText(notMade: number): string {
  if (notMade === 0) return t('A trapped instance cannot be entered again.');
  return notMade === 1
    ? t('A trapped instance cannot be entered again, so the other run was not made.')
    : t('A trapped instance cannot be entered again, so the other {0} runs were not made.', notMade);
}
