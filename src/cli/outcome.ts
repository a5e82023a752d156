import { readErrorText } from '../words/read-error';
import type { EngineError } from '../engine/errors';
import { basename } from 'node:path';
import type { StopReason } from '../component/outcome';
import { failedWithoutNetwork, type Call } from '../instance/call';
import { describeStop, trapText } from '../words/outcome';
import { startFailureText } from '../words/start-failure';
import type { CodeLocation } from '../component/code-location';
import type { Instance } from '../instance/registry';
import { status } from './status';
import { tell } from './stderr';

/** The exit status for how a call ended; says on stderr what went wrong. */
export function statusOfCall(instance: Instance, call: Call): number {
  const result = statusOfOutcome(instance, call);
  if (failedWithoutNetwork(call)) {
    complain(`${nameOf(instance)} asked for the network, which it is not granted; --net grants it.`);
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
      complain(`${who} trapped: ${trapText(outcome.trap)}`);
      for (const line of frameLines(outcome.frames)) tell(`    ${line}\n`);
      return status.trapped;
    case 'stopped':
      return statusOfStop(who, outcome.reason);
  }
}

function nameOf({ build, number }: Pick<Instance, 'build' | 'number'>): string {
  return `${basename(build.path)} #${String(number)}`;
}

/** The frames, one a line, where a recursion repeats one of them only once. */
function frameLines(frames: readonly CodeLocation[]): readonly string[] {
  const lines: { text: string; times: number }[] = [];
  for (const { func, funcIndex, offset, source } of frames) {
    const where = source === undefined ? '' : ` at ${source.file}:${String(source.line)}`;
    const text = `${func ?? `function ${String(funcIndex)}`}${where} (0x${offset.toString(16)})`;
    const last = lines.at(-1);
    if (last?.text === text) last.times += 1;
    else lines.push({ text, times: 1 });
  }
  return lines.map(({ text, times }) => (times === 1 ? text : `${text}, ${String(times)} times`));
}

function statusOfStop(who: string, reason: StopReason): number {
  switch (reason.type) {
    case 'user':
    case 'shutdown':
      return status.interrupted;
    case 'output-closed':
      return status.pipeClosed;
    case 'timeout':
      complain(`${who} was ${describeStop(reason)}`);
      return status.timeout;
    case 'memory':
      complain(`${who} was ${describeStop(reason)}`);
      return status.killed;
    case 'runner-died':
      complain(`${who}: ${describeStop(reason)}`);
      return status.killed;
  }
}

/** The exit status for an instance that cannot be called; says on stderr why. */
export function statusOfState({ state, build, number }: Instance): number {
  const who = nameOf({ build, number });
  switch (state.type) {
    case 'trapped':
      complain(`${who} trapped while it was starting: ${trapText(state.trap)}`);
      return status.trapped;
    case 'exited':
      return state.code;
    case 'stopped':
      return statusOfStop(who, state.reason);
    case 'failed':
      complain(`${basename(build.path)} cannot start: ${startFailureText(state.failure)}.`);
      if (state.failure.code === 'missing-imports')
        complain('A JavaScript module can stand in for an import: --import INTERFACE=MODULE.');
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
