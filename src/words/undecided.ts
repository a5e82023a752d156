import { assertNever } from '../base/assert-never';
import { trapText } from './outcome';
import type { Unfollowed } from '../reuse/machine/trap';
import type { LookedUntil, Undecided } from '../reuse/undecided';
import { decodeProblemText } from './read-error';
import { t } from './t';

/** Why reading a binary did not tell what a repeated call does, as a clause. */
export function undecidedText(why: Undecided): string {
  switch (why.type) {
    case 'unreadable-code':
      return t('the code cannot be read: {0}', decodeProblemText(why.problem));
    case 'foreign-run':
      return t('its run is not a function of its own code');
    case 'too-many-modules':
      return t('it has more core modules than the analysis follows');
    case 'start-traps':
      return t('its start function traps ({0})', trapText(why.trap));
    case 'start-unfollowed':
      return t('the analysis cannot follow its start function: {0}', unfollowedText(why.why));
    case 'start-asks-host':
      return t('its start function calls the host');
    case 'lock':
      return why.certain
        ? t('what stops a second entry is a lock, released before the call ends')
        : t('what stops a second entry may be a lock that is released before the call ends');
    case 'looked-until':
      return lookedUntilText(why.until);
    default:
      return assertNever(why);
  }
}

/** How far the analysis followed a call, as a clause: "the analysis sees no further than the first call of the host (…)". */
export function lookedUntilText(until: LookedUntil): string {
  switch (until.type) {
    case 'returned':
      return t('the analysis followed the whole call, which does not call the host');
    case 'host-call':
      return t('the analysis sees no further than the first call of the host ({0})', until.name);
    case 'exited':
      return t('the analysis sees the call exit before it calls the host for anything else');
    case 'stopped':
      return t('the analysis stopped early: {0}', unfollowedText(until.why));
    case 'trapped':
      return t('the analysis saw a trap ({0})', trapText(until.trap));
    default:
      return assertNever(until);
  }
}

function unfollowedText(why: Unfollowed): string {
  switch (why.type) {
    case 'too-many-steps':
      return t('the code runs longer than the analysis follows');
    case 'too-many-nested-calls':
      return t('calls are nested too deeply');
    case 'too-much-memory':
      return t('the code uses too much memory');
    case 'large-function':
      return t('a function is too large');
    case 'invalid-code':
      return t('code that would not validate');
    case 'malformed-code':
      return t('malformed code: {0}', decodeProblemText(why.problem));
    case 'instruction':
      return t('an instruction that it does not follow');
    case 'vector-instruction':
      return t('vector instructions, which it does not follow');
    case 'gc-instruction':
      return t('garbage-collected values, which it does not follow');
    case 'exception':
      return t('an exception, which it does not follow');
    case 'wait-for-thread':
      return t('the code waits for another thread');
    case 'unknown-memory':
      return t('the code uses a memory that is not known');
    case 'unknown-table':
      return t('the code uses a table that is not known');
    case 'unknown-global':
      return t('the code uses a global that is not known');
    case 'unknown-function':
      return t('the code calls a function that is not known');
    case 'unknown-resource':
      return t('the code uses a resource that is not known');
    case 'nothing-to-do':
      return t('there is no code to follow');
    default:
      return assertNever(why);
  }
}
