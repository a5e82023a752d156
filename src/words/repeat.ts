import type { Verdict } from '../reuse/verdict';
import { t } from './t';
import { verdictReason } from './verdict';

/** A few words for an export that is known to trap when it is called again on one instance. */
export function trapsAgain(): string {
  return t('trapped when called again');
}

/**
 * Says that a repeated call of an export would trap.
 * @param name of the function
 */
export function wouldTrapAgain(name: string, verdict: Verdict): string {
  return t(
    'Calling {0} again on the same instance would trap: {1}. Call it in a fresh instance.',
    name,
    verdictReason(verdict),
  );
}

/** The button that calls an export in a fresh instance. */
export function callInFresh(): string {
  return t('Call in Fresh Instance');
}

/** The heading over exports besides the entry, on the page about a verdict. */
export function otherExports(): string {
  return t('Other exports');
}
