import { writeFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { describeStop, exportLabel, type Call, type StopReason } from '../instance/call';
import type { Instance } from '../instance/registry';

/** Exit statuses that are ours to choose, as shells know them. */
export const status = {
  cannotStart: 2,
  timeout: 124,
  interrupted: 130,
  trapped: 134,
  killed: 137,
  pipeClosed: 141,
} as const;

/** The exit status for how a call ended; says on stderr what went wrong. */
export function statusOfCall(instance: Instance, { ended }: Call): number {
  const outcome = ended?.outcome;
  const who = `${basename(instance.build.path)} #${String(instance.number)}`;
  switch (outcome?.type) {
    case undefined:
    case 'ok':
      return 0;
    case 'error':
      return 1;
    case 'exited':
      return outcome.code;
    case 'trapped':
      complain(`${who} trapped: ${outcome.message}`);
      for (const frame of outcome.frames) {
        const where =
          frame.source === undefined ? '' : ` at ${frame.source.file}:${String(frame.source.line)}`;
        process.stderr.write(
          `    ${frame.func ?? `function ${String(frame.funcIndex)}`}${where} (0x${frame.offset.toString(16)})\n`,
        );
      }
      return status.trapped;
    case 'stopped':
      return statusOfStop(who, outcome.reason);
  }
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
  const who = `${basename(build.path)} #${String(number)}`;
  switch (state.type) {
    case 'trapped':
      complain(`${who} trapped while it was starting: ${state.message}`);
      return status.trapped;
    case 'exited':
      return state.code;
    case 'stopped':
      return statusOfStop(who, state.reason);
    case 'failed':
      complain(`${basename(build.path)} cannot start: ${state.message}.`);
      return status.cannotStart;
    default:
      return status.cannotStart;
  }
}

/** Says something on stderr, which is the guest's too, so with our name. */
export function complain(message: string): void {
  process.stderr.write(`fresh-instance: ${message}\n`);
}

/** Writes what became of instances and calls, as the contract for `--json` has it. */
export async function writeRecord(path: string, instances: readonly Instance[]): Promise<void> {
  const record = {
    instances: instances.map(({ number, state, calls }) => ({
      id: number,
      state: state.type,
      calls: calls.map((call) => ({
        export: exportLabel(call.export),
        outcome: call.ended?.outcome.type ?? 'running',
        ms: call.ended === undefined ? null : Math.round(call.ended.durationMs * 1000) / 1000,
        message: messageOf(call),
      })),
    })),
  };
  await writeFile(path, `${JSON.stringify(record, null, 2)}\n`);
}

function messageOf({ ended }: Call): string | null {
  switch (ended?.outcome.type) {
    case 'trapped':
      return ended.outcome.message;
    case 'exited':
      return `exited with ${String(ended.outcome.code)}`;
    case 'stopped':
      return describeStop(ended.outcome.reason);
    default:
      return null;
  }
}
