import { basename } from 'node:path';
import { isatty } from 'node:tty';
import { exportLabel, type ExportRef } from '../instance/call';
import { acceptsCalls } from '../instance/life';
import { InstanceRegistry, type Build, type Instance } from '../instance/registry';
import type { Engine } from '../engine/engine';
import type { InheritedIo } from '../engine/guest-io';
import { makeEngine } from './engine';
import { checkRecordPath, complain, status, statusOfCall, statusOfState, writeRecord } from './outcome';
import { profileHelp } from './profile-options';
import { parseRunOptions, type RunOptions } from './run-options';
import type { Command } from './usage';

/** `fresh-instance run`. */
export const run: Command = {
  name: 'run',
  summary: 'runs a component, each time on a fresh instance',
  usage: 'fresh-instance run FILE [OPTION]... [-- ARG...]',
  help: `  --repeat N               run N times, each time on a fresh instance
  --same                   run every time on the same instance
${profileHelp}
  --json OUT               write what became of each instance and call to a file
  -- ARG...                arguments for the guest

The guest is granted nothing that is not named here. The exit status is the guest's (0 or 1); 134 after a trap, 124 after a
time-out, 137 after the memory limit, 141 when nobody reads its output, 2 when it cannot start.`,
  run: async (args) => {
    const options = parseRunOptions(args);
    if (options.json !== undefined) await checkRecordPath(options.json);
    const registry = new InstanceRegistry();
    const engine = makeEngine(registry);
    engine.warmUp(options.profile, ownStreams());
    const build = await engine.readBuild(options.file);
    if (!build.ok) {
      await engine.shutdown();
      complain(`${build.error.message} ${build.error.nextStep}`);
      return status.cannotStart;
    }
    const interrupt = new AbortController();
    process.on('SIGINT', () => {
      interrupt.abort();
    });
    process.on('SIGTERM', () => {
      interrupt.abort();
    });
    const record: Instance[] = [];
    try {
      return await runAll({
        engine,
        registry,
        build: build.value,
        options,
        signal: interrupt.signal,
        record,
      });
    } finally {
      await engine.shutdown();
      if (options.json !== undefined) await writeRecord(options.json, record);
    }
  },
};

/** The guest has this process's own streams. */
function ownStreams(): InheritedIo {
  return { inherit: { stdin: isatty(0), stdout: isatty(1), stderr: isatty(2) } };
}

interface Job {
  readonly engine: Engine;
  readonly registry: InstanceRegistry;
  readonly build: Build;
  readonly options: RunOptions;
  readonly signal: AbortSignal;
  /** The last snapshot of every instance. */
  readonly record: Instance[];
}

/** Runs as often as asked, until a run fails to start or the user interrupts. Resolves with the status of the last run that was not 0. */
async function runAll(job: Job): Promise<number> {
  const { engine, build, options } = job;
  const choice = engine.runChoice(build);
  if (choice === undefined) {
    complain(
      `${basename(build.path)} exports no wasi:cli/run, so there is nothing to run. Call one of its exports with "call".`,
    );
    return status.cannotStart;
  }
  if (choice.others.length > 0) {
    const others = choice.others.map(exportLabel).join(', ');
    complain(
      `${basename(build.path)} exports several versions of run: calling ${exportLabel(choice.chosen)}, not ${others}`,
    );
  }
  return options.same ? runOnOne(job, choice.chosen) : runOnFresh(job, choice.chosen);
}

async function runOnFresh(job: Job, ref: ExportRef): Promise<number> {
  const { engine, registry, build, options, signal, record } = job;
  let result = 0;
  for (let turn = 0; turn < options.repeat && !signal.aborted; turn++) {
    const { instance, call } = await engine.runFresh(build, options.profile, ownStreams(), ref, { signal });
    const after = registry.get(instance.id) ?? instance;
    if (options.json !== undefined) record.push(after);
    if (call === undefined) return statusOfState(after);
    const ended = statusOfCall(after, call);
    if (ended !== 0) result = ended;
    await engine.disposeInstance(instance.id);
    if (ended === status.pipeClosed) break;
  }
  return signal.aborted ? status.interrupted : result;
}

async function runOnOne(job: Job, ref: ExportRef): Promise<number> {
  const { engine, registry, build, options, signal, record } = job;
  const started = await engine.startInstance(build, options.profile, ownStreams(), { signal });
  const now = () => registry.get(started.id) ?? started;
  let result = 0;
  for (let turn = 0; turn < options.repeat && !signal.aborted && acceptsCalls(now().state); turn++) {
    const ended = statusOfCall(started, await engine.call(started.id, ref, [], { signal }));
    if (ended !== 0) result = ended;
  }
  record.push(now());
  if (now().callCount === 0 && !signal.aborted) return statusOfState(now());
  return signal.aborted ? status.interrupted : result;
}
