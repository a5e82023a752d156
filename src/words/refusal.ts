import { basename } from 'node:path';
import { assertNever } from '../base/assert-never';
import type { CallRefused } from '../engine/errors';
import { refusalOf, type Refusal, type State } from '../instance/life';
import { engineLackText } from './engine-lack';
import { trapText } from './outcome';
import { startFailureText } from './start-failure';
import { t } from './t';

/** Why a call is refused in this state, as a clause: "the instance is still starting". Null where calls are accepted. */
export function refusal(state: State): string | null {
  const why = refusalOf(state);
  return why === null ? null : refusalText(why);
}

/** Why a call is refused, as a clause: "the instance is still starting". */
export function refusalText(why: Refusal): string {
  switch (why.type) {
    case 'starting':
      return t('the instance is still starting');
    case 'running':
      return t('the instance is already running a call, and cannot be entered again until that returns');
    case 'trapped':
      return t(
        'the instance trapped ({0}), and a trapped instance cannot be entered again',
        trapText(why.trap),
      );
    case 'exited':
      return t('the guest exited with {0}, and its instance is gone', why.code);
    case 'stopped':
      return t('the instance was stopped');
    case 'failed':
      return t('the instance could not start: {0}', startFailureText(why.failure));
    case 'disposed':
      return t('the instance was disposed');
    case 'standby':
      return t('it is a standby, which is used when a fresh instance is asked for');
    case 'no-runner':
      return t('its runner is gone');
    case 'process-ended':
      return t('its process has ended, and the engine keeps no instance after a call');
    case 'engine-lacks':
      return engineLackText(why.lack);
    default:
      return assertNever(why);
  }
}

/** Why a call was not made, as a sentence that names the instance. */
export function callRefusedText({ instance, refusal }: CallRefused): string {
  if (instance === undefined) return t('The call was refused: {0}.', refusalText(refusal));
  const { build, number } = instance;
  return t('The call on {0} #{1} was refused: {2}.', basename(build.path), number, refusalText(refusal));
}
