import type { Evidence } from '../reuse/evidence';
import { wouldTrap, type Verdict } from '../reuse/verdict';
import { describeEvidence } from './evidence';
import { t } from './t';
import { verdictReason } from './verdict';

/** A call that trapped on an instance that was called before. */
export interface RepeatedTrap {
  /** Whether it was made by `run --same` or by a line of `call`. */
  readonly by: 'run' | 'call';
  readonly number: number;
  /** Null if the file has changed since. */
  readonly verdict: Verdict | null;
  /** Whether the trap is the guard's that the verdict names. */
  readonly onGuard: boolean;
  /** How many runs were not made because of it. */
  readonly notMade: number;
}

/** What speaks for the trap itself; `check` prints the way from the export to it. */
const telling: readonly Evidence['type'][] = ['guard', 'mark-stays', 'simulated-trap'];

/** Explains the trap, in sentences. The evidence between them is indented. */
export function repeatedTrapLines(trap: RepeatedTrap): {
  readonly why: string;
  readonly evidence: readonly string[];
  readonly next: string;
} {
  const { verdict } = trap;
  const evidence =
    verdict !== null && wouldTrap(verdict) && trap.number > 1
      ? verdict.evidence.filter(({ type }) => telling.includes(type)).map(describeEvidence)
      : [];
  return { why: whyText(trap), evidence, next: nextText(trap) };
}

function whyText({ by, number, verdict, onGuard }: RepeatedTrap): string {
  if (number === 1) return t('It was the first run on the instance. A fresh one may trap too.');
  const isRun = by === 'run';
  if (verdict === null || !wouldTrap(verdict))
    return isRun
      ? t('It was run {0} on one instance; reading the binary does not tell why.', number)
      : t('It was call {0} on one instance; reading the binary does not tell why.', number);
  const reason = verdictReason(verdict);
  if (onGuard)
    return isRun
      ? t('It was run {0} on one instance, and {1}:', number, reason)
      : t('It was call {0} on one instance, and {1}:', number, reason);
  return isRun
    ? t('It was run {0} on one instance. About repeated runs the binary says: {1}:', number, reason)
    : t('It was call {0} on one instance. About repeated runs the binary says: {1}:', number, reason);
}

function nextText({ by, notMade }: RepeatedTrap): string {
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
