import type { ConsoleHost } from '../calls/call-console';
import { CallSession } from '../calls/call-session';
import { planOn } from '../calls/plan-call';
import { ConsoleLoop } from '../calls/console-loop';
import { acceptsCalls } from '../instance/life';
import { consoleLines } from '../words/console';
import type { CallJob } from './call-job';
import { statusOfState } from './outcome';
import { status } from './status';

/** A console for calls. It shows what goes wrong, so only the start decides the exit status. */
export async function converse(job: CallJob): Promise<number> {
  const { engine, registry, build, exports, options, record, signal } = job;
  const start = () =>
    engine.startInstance(
      build,
      options.profile,
      { inherit: { stdin: false, stdout: process.stdout.isTTY, stderr: process.stderr.isTTY } },
      { signal },
    );
  let instance = await start();
  if (!acceptsCalls(instance.state)) return statusOfState(instance);
  let session = new CallSession(engine, instance.id, exports);
  const host: Omit<ConsoleHost, 'width'> = {
    session: () => session,
    instance: () => registry.get(instance.id) ?? instance,
    plan: (ref) => planOn(registry.get(instance.id) ?? instance, ref, 'ask'),
    fresh: async () => {
      record.add(registry.get(instance.id) ?? instance);
      await engine.disposeInstance(instance.id);
      instance = await start();
      session = new CallSession(engine, instance.id, exports);
      return instance;
    },
  };
  await runConsole(host, signal);
  return signal.aborted ? status.interrupted : 0;
}

/**
 * Runs a console on the terminal of this process until the user leaves, the terminal goes away, or the signal
 * aborts.
 */
async function runConsole(host: Omit<ConsoleHost, 'width'>, signal: AbortSignal): Promise<void> {
  const { stdin, stdout } = process;
  const loop = new ConsoleLoop(host, {
    write: (text) => {
      stdout.write(text);
    },
    columns: () => stdout.columns,
    // Node knows the terminal, NO_COLOR and FORCE_COLOR.
    hasColours: () => stdout.hasColors(),
    linesOf: consoleLines,
  });
  const input = (data: string) => {
    loop.input(data);
  };
  const finish = () => {
    loop.finish();
  };
  const abort = () => {
    loop.abort();
  };
  stdin.setRawMode(true);
  stdin.setEncoding('utf8');
  stdin.on('data', input).on('end', finish);
  signal.addEventListener('abort', abort);
  try {
    loop.start();
    if (signal.aborted) loop.abort();
    await loop.ended;
    if (!stdin.readableEnded) stdout.write('\r\n');
  } finally {
    signal.removeEventListener('abort', abort);
    stdin.off('data', input).off('end', finish);
    stdin.setRawMode(false);
    stdin.pause();
  }
}
