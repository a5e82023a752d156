import { isatty } from 'node:tty';
import type { Callable } from '../component/wave/export-lookup';
import type { WaveError } from '../component/wave/error';
import { CallSession, readCallables } from '../calls/call-session';
import { compareReuse } from '../calls/compare-reuse';
import type { Engine } from '../engine/engine';
import { parseHandleCommand } from '../calls/handle-commands';
import { resultText } from '../calls/call-text';
import { isRunRef } from '../instance/call';
import { acceptsCalls } from '../instance/life';
import type { Build, Instance, InstanceRegistry } from '../instance/registry';
import type { ReuseFinding, ReuseReport } from '../calls/reuse-report';
import { callLines, type CallLine } from './call-lines';
import { parseCallOptions, type CallOptions } from './call-options';
import { runConsole } from './console';
import { makeEngine, makeRegistry } from './engine';
import { refuseLine, takeHandleLine } from './handle-line';
import { listenForInterrupts } from './interrupt';
import { complain, statusOfCall, statusOfState } from './outcome';
import { status } from './status';
import { profileHelp } from './profile-options';
import { CallRecord } from './record';
import { explainTrapAmongCalls, spentReason } from './repeated-trap';
import type { Command } from './usage';
import { tell } from './stderr';
import { print } from './stdout';

/** `fresh-instance call`. */
export const call: Command = {
  name: 'call',
  summary: 'calls exports of a component, all on one instance',
  usage: "fresh-instance call FILE [OPTION]... ['INTERFACE#FUNCTION(ARGUMENTS)'...]",
  help: `  --calls FILE             read the calls from a file, one a line or a WAVE document; from stdin if there are no calls at all
  --repeat N               make each call N times; 5 for --compare if left out
  --compare                call N times on one instance and on N fresh ones, and say what differs
${profileHelp}
  --json OUT               write what became of each instance and call, or why there is none, to a file

Arguments and results are WAVE, as in 'add(1, 2)', 'greet("you", {polite: true})'. The interface may be left out where that is clear.
A result shows resources as $1, $2; later calls use them by these names: '$1.next()'.
':handles' among the calls lists them, ':drop $1' drops them, ':read $1' prints what a stream or future holds. The guest is granted nothing that is not named here.
The exit status is 0 if all calls returned ok, 1 if one returned an error, 134 after a trap (with --compare also if a repeated call
ends its instance), 124 after a time-out, 137 after the memory limit, 130 after Ctrl+C, 141 when nobody reads its output, 2 when a
call is wrong or cannot start.`,
  run: async (args) => {
    const options = parseCallOptions(args);
    const registry = makeRegistry();
    const record = await CallRecord.open(options.json, registry);
    let spent: string | undefined;
    const engine = makeEngine(registry, undefined, () => spent);
    const build = await engine.readBuild(options.file);
    if (!build.ok) {
      complain(`${build.error.message} ${build.error.nextStep}`);
      return await record.write(status.cannotStart, build.error);
    }
    const exports = await readCallables(build.value);
    if (!exports.ok) {
      complain(exports.error);
      const error = { code: 'invalid', message: exports.error, nextStep: 'Build it again.' } as const;
      return await record.write(status.cannotStart, error);
    }
    const interrupts = listenForInterrupts(engine);
    try {
      const job = {
        engine,
        registry,
        build: build.value,
        exports: exports.value,
        options,
        record,
        signal: interrupts.signal,
      };
      // Whoever types is warned before a run that would trap, and the record tells which instances are spent.
      if (isTyped(options) || options.json !== undefined) spent = await spentReason(build.value);
      const result = await (options.compare
        ? compareAll(job)
        : isTyped(options)
          ? converse(job)
          : callAll(job));
      for (const instance of registry.all()) record.add(instance);
      await engine.shutdown();
      return await record.write(result);
    } finally {
      await engine.shutdown();
      interrupts.dispose();
    }
  },
};

/** Whether somebody types the calls into a terminal, and sees there what becomes of them. */
function isTyped({ source }: CallOptions): boolean {
  return (
    source.type === 'stdin' && process.stdin.isTTY && process.stdout.isTTY && process.env.TERM !== 'dumb'
  );
}

interface Job {
  readonly engine: Engine;
  readonly registry: InstanceRegistry;
  readonly build: Build;
  readonly exports: readonly Callable[];
  readonly options: CallOptions;
  readonly record: CallRecord;
  readonly signal: AbortSignal;
}

/** Makes all calls on one instance until one is wrong, or the instance takes no more. Resolves with the gravest status. */
async function callAll(job: Job): Promise<number> {
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
      complain(`${line.text.ok ? line.text.value.trim() : 'The rest'} was not called, nor what follows it.`);
      break;
    }
    const handles = line.text.ok ? parseHandleCommand(line.text.value) : null;
    const turns = handles === null ? options.repeat : 1;
    for (let turn = 0; turn < turns && alive(); turn += 1) {
      const ended =
        handles === null
          ? await makeCall(job, session, instance, line)
          : await takeHandleLine(handles, session, instance, line.where, signal);
      result = Math.max(result, ended);
      if (ended === status.cannotStart) return result;
    }
    if (signal.aborted) return status.interrupted;
    // Whoever types calls, or sends them one by one, is not kept waiting for the next one.
    if (options.source.type === 'stdin' && !alive()) break;
  }
  return signal.aborted ? status.interrupted : result;
}

/** A result may be read by a program, which wants all of it; more than this would take minutes, or more memory than there is. */
const longestPrinted = 1 << 26;

async function makeCall(
  { registry, build, signal }: Job,
  session: CallSession,
  instance: Instance,
  line: CallLine,
): Promise<number> {
  if (!line.text.ok) return wrongCall('', line, line.text.error);
  const text = line.text.value;
  const command = /^\s*(:\S*)/.exec(text)?.[1];
  if (command !== undefined) {
    return refuseLine(
      line.where,
      `There is no ${command} among calls: of the console's commands only :handles, :drop and :read stand there.`,
    );
  }
  const hasRun = registry.get(instance.id)?.hasRun === true;
  const made = await session.call(text, signal);
  if (!made.ok) return wrongCall(text, line, made.error);
  const { call: ended, callee } = made.value;
  if (ended.ended !== undefined) {
    const width = process.stdout.isTTY ? process.stdout.columns : undefined;
    const printed = resultText(callee, ended.ended.outcome, session.handles, {
      ...(width === undefined ? {} : { width }),
      maxLength: longestPrinted,
    });
    if (printed !== null) await print(`${printed}\n`, signal);
  }
  const result = statusOfCall(instance, ended);
  if (result === status.trapped && hasRun && isRunRef(callee)) await explainTrapAmongCalls(build, ended);
  return result;
}

/** Findings after which `--compare` ends with the status of a trap: a repeated call, or every call, is fatal to the instance. */
const endsInstance: ReadonlySet<ReuseFinding> = new Set(['traps', 'traps-at-once', 'ends']);

async function compareAll(job: Job): Promise<number> {
  let result = 0;
  for await (const line of callLines(job.options.source, job.signal)) {
    if (!line.text.ok) return wrongCall('', line, line.text.error);
    if (parseHandleCommand(line.text.value) !== null) {
      return refuseLine(
        line.where,
        `${line.text.value.trim()} cannot be compared: each comparison is one call, on instances of its own.`,
      );
    }
    const compared = await compareReuse(
      { ...job, profile: job.options.profile },
      line.text.value,
      job.options.repeat,
    );
    if (compared.ok) {
      await print(reportText(line.text.value, job.options.repeat, compared.value), job.signal);
      const { findings } = compared.value;
      if (findings.some((finding) => endsInstance.has(finding))) result = status.trapped;
      continue;
    }
    switch (compared.error.type) {
      case 'text':
        return wrongCall(line.text.value, line, compared.error.error);
      case 'not-started':
        return statusOfState(compared.error.instance);
      case 'interrupted':
        return status.interrupted;
    }
  }
  return job.signal.aborted ? status.interrupted : result;
}

/** A console, where calls are typed into a terminal. What goes wrong there is seen there, so that only the start decides the status. */
async function converse(job: Job): Promise<number> {
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
  await runConsole(
    {
      session: () => session,
      instance: () => registry.get(instance.id) ?? instance,
      fresh: async () => {
        record.add(registry.get(instance.id) ?? instance);
        await engine.disposeInstance(instance.id);
        instance = await start();
        session = new CallSession(engine, instance.id, exports);
        return instance;
      },
      width: () => process.stdout.columns,
    },
    signal,
  );
  return signal.aborted ? status.interrupted : 0;
}

function wrongCall(text: string, { where }: CallLine, { message, line, column }: WaveError): number {
  if (where !== null) {
    complain(`${where.file}:${String(where.line + line - 1)}:${String(column)}: ${message}`);
    return status.cannotStart;
  }
  complain(message);
  const shown = text.split('\n')[line - 1] ?? '';
  // Long calls are shown around the place that is wrong.
  const from = Math.max(0, column - 60);
  tell(`  ${shown.slice(from, from + 100)}\n  ${' '.repeat(column - 1 - from)}^\n`);
  return status.cannotStart;
}

function reportText(text: string, times: number, { rows, summary }: ReuseReport): string {
  const sameWidth = Math.max('one instance'.length, ...rows.map(({ same }) => same.length));
  const line = (what: string, same: string, fresh: string) =>
    `${what.padEnd(11)}${same.padEnd(sameWidth + 3)}${fresh}\n`;
  return (
    `${text}, ${String(times)} times\n\n` +
    line('', 'one instance', 'fresh instances') +
    rows.map(({ what, same, fresh, differs }) => line(differs ? `${what} *` : what, same, fresh)).join('') +
    `\n${summary}\n`
  );
}
