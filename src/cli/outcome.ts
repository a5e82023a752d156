import { readErrorText } from '../words/read-error';
import { abilitiesOf, engineIdentity } from '../engine/backend';
import type { EngineError } from '../engine/errors';
import { basename } from 'node:path';
import type { StopReason } from '../component/outcome';
import { failedWithoutNetwork, type Call } from '../instance/call';
import {
  cannotStartTexts,
  frameLines,
  networkDeniedText,
  stoppedText,
  trappedInStartText,
  trappedText,
} from '../words/cli-outcome';
import { instanceName } from '../words/engine';
import { engineOf } from '../instance/profile';
import type { Instance } from '../instance/registry';
import { status } from './status';
import { tell } from './stderr';

/** The exit status for how a call ended; says on stderr what went wrong. */
export function statusOfCall(instance: Instance, call: Call): number {
  const result = statusOfOutcome(instance, call);
  if (failedWithoutNetwork(call)) {
    complain(networkDeniedText(nameOf(instance)));
  }
  return result;
}

function statusOfOutcome(instance: Instance, { ended }: Call): number {
  const outcome = ended?.outcome;
  const who = nameOf(instance);
  switch (outcome?.type) {
    case undefined:
    case 'ok':
      return 0;
    case 'error':
      return 1;
    case 'exited':
      return outcome.code;
    case 'trapped':
      complain(trappedText(who, outcome.trap));
      for (const line of frameLines(outcome.frames)) tell(`    ${line}\n`);
      return status.trapped;
    case 'stopped':
      return statusOfStop(instance, outcome.reason);
  }
}

function nameOf(instance: Named): string {
  const { build, number } = instance;
  return instanceName(`${basename(build.path)} #${String(number)}`, engineIdentity(instance));
}

/** What an instance is called after. */
type Named = Pick<Instance, 'build' | 'number' | 'profile' | 'engineVersion'>;

function statusOfStop(instance: Named, reason: StopReason): number {
  const who = nameOf(instance);
  switch (reason.type) {
    case 'not-started':
      for (const text of cannotStartTexts(
        basename(instance.build.path),
        reason.failure,
        abilitiesOf[engineOf(instance.profile)],
      ))
        complain(text);
      return status.cannotStart;
    case 'user':
    case 'shutdown':
      return status.interrupted;
    case 'output-closed':
      return status.pipeClosed;
    case 'timeout':
      complain(stoppedText(who, reason));
      return status.timeout;
    case 'memory':
      complain(stoppedText(who, reason));
      return status.killed;
    case 'runner-died':
    case 'import-ended':
      complain(stoppedText(who, reason));
      return status.killed;
  }
}

/** The exit status for an instance that cannot be called; says on stderr why. */
export function statusOfState(instance: Instance): number {
  const { state, build } = instance;
  const who = nameOf(instance);
  switch (state.type) {
    case 'trapped':
      complain(trappedInStartText(who, state.trap));
      return status.trapped;
    case 'exited':
      return state.code;
    case 'stopped':
      return statusOfStop(instance, state.reason);
    case 'failed':
      for (const text of cannotStartTexts(
        basename(build.path),
        state.failure,
        abilitiesOf[engineOf(instance.profile)],
      ))
        complain(text);
      return status.cannotStart;
    default:
      return status.cannotStart;
  }
}

/** Says something on stderr, which is the guest's too, so with our name. */
export function complain(message: string): void {
  tell(`fresh-instance: ${message}\n`);
}

/** Says on stderr why a file cannot be run, and what to do about it. */
export function complainOfFile(error: EngineError): void {
  const { sentence, advice } = readErrorText(error);
  complain(`${sentence} ${advice}`);
}
