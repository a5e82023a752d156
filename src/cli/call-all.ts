import { isatty } from 'node:tty';
import { CallSession } from '../calls/call-session';
import { isUnread, resultText } from '../calls/call-text';
import { CallRefused } from '../engine/errors';
import { parseHandleCommand } from '../calls/handle-commands';
import { isRunRef } from '../instance/call';
import { acceptsCalls } from '../instance/life';
import type { Instance } from '../instance/registry';
import { consoleOnlyText, notCalledText, resultUnreadText } from '../words/call-lines';
import { callRefusedText } from '../words/refusal';
import type { CallJob } from './call-job';
import { callLines, type CallLine } from './call-lines';
import { takeHandleLine } from './handle-line';
import { complain, statusOfCall, statusOfState } from './outcome';
import { explainRepeatedTrap } from './repeated-trap';
import { status } from './status';
import { print } from './stdout';
import { refuseLine, wrongCall } from './wrong-line';

/**
 * Makes the calls on one instance until one is wrong or the instance takes no more. Resolves with the gravest
 * exit status.
 */
export async function callAll(job: CallJob): Promise<number> {
  const { engine, registry, build, exports, options, signal } = job;
  const instance = await engine.startInstance(
    build,
    options.profile,
    { inherit: { stdin: isatty(0), stdout: isatty(1), stderr: isatty(2) } },
    { signal },
  );
  if (!acceptsCalls(instance.state)) return statusOfState(instance);
  const session = new CallSession(engine, instance.id, exports);
  const alive = () => acceptsCalls((registry.get(instance.id) ?? instance).state);
  let result = 0;
  for await (const line of callLines(options.source, signal)) {
    if (!alive()) {
      complain(notCalledText(line.text.ok ? line.text.value.trim() : null));
      break;
    }
    const handles = line.text.ok ? parseHandleCommand(line.text.value) : null;
    const turns = handles === null ? options.repeat : 1;
    for (let turn = 0; turn < turns && alive(); turn += 1) {
      const ended =
        handles === null
          ? await makeCall(job, session, instance, line)
          : await takeHandleLine(handles, session, registry.get(instance.id) ?? instance, line.where, signal);
      result = Math.max(result, ended);
      if (ended === status.cannotStart) return result;
    }
    if (signal.aborted) return status.interrupted;
    // Do not wait for the next call on stdin.
    if (options.source.type === 'stdin' && !alive()) break;
  }
  return signal.aborted ? status.interrupted : result;
}

/** Says why a call was refused; null then. */
async function orRefused<T>(made: Promise<T>): Promise<T | null> {
  try {
    return await made;
  } catch (error) {
    if (!(error instanceof CallRefused)) throw error;
    complain(callRefusedText(error));
    return null;
  }
}

/**
 * Longest printed result, in characters. Programs want the whole result; longer ones would take minutes and
 * too much memory.
 */
const longestPrinted = 1 << 26;

async function makeCall(
  { registry, signal }: CallJob,
  session: CallSession,
  instance: Instance,
  line: CallLine,
): Promise<number> {
  if (!line.text.ok) return wrongCall('', line, line.text.error);
  const text = line.text.value;
  const command = /^\s*(:\S*)/.exec(text)?.[1];
  if (command !== undefined) {
    return refuseLine(line.where, consoleOnlyText(command));
  }
  const hasRun = registry.get(instance.id)?.hasRun === true;
  const made = await orRefused(session.call(text, signal));
  if (made === null) return status.cannotStart;
  if (!made.ok) return wrongCall(text, line, made.error);
  const { call: ended, callee } = made.value;
  if (ended.ended !== undefined && isUnread(ended.ended.outcome)) complain(resultUnreadText());
  if (ended.ended !== undefined) {
    const width = process.stdout.isTTY ? process.stdout.columns : undefined;
    const printed = resultText(callee, ended.ended.outcome, session.handles, {
      ...(width === undefined ? {} : { width }),
      maxLength: longestPrinted,
    });
    if (printed !== null) await print(`${printed}\n`, signal);
  }
  const result = statusOfCall(instance, ended);
  if (result === status.trapped && hasRun && isRunRef(callee))
    await explainRepeatedTrap(registry.get(instance.id) ?? instance, ended, 'call');
  return result;
}
