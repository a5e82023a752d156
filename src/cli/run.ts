import { isatty } from 'node:tty';
import { runHelp } from '../words/cli-command-help';
import type { Verdict } from '../reuse/verdict';
import { otherRunsText, runsNotMadeText } from '../words/cli-outcome';
import { basename } from 'node:path';
import { exportLabel, type ExportRef } from '../instance/call';
import { planOn } from '../calls/plan-call';
import type { Build, InstanceRegistry } from '../instance/registry';
import type { Engine } from '../engine/engine';
import { moreBundle } from './bundles';
import { makeEngine, makeRegistry } from './engine';
import { listenForInterrupts } from './interrupt';
import { complainOfFile, complain, statusOfCall, statusOfState } from './outcome';
import { status } from './status';
import { ownStreams } from './own-streams';
import { CallRecord } from './record';
import { parseRunOptions, type RunOptions } from './run-options';
import { refuseUnusedImports } from './unused-imports';
import type { Command } from './usage';

/** `fresh-instance run`. */
export const run: Command = {
  name: 'run',
  ...runHelp,
  run: async (args, runners) => {
    const options = parseRunOptions(args);
    const registry = makeRegistry();
    const record = await CallRecord.open(options.json, registry);
    let spent: Verdict | undefined;
    const engine = makeEngine(registry, runners, () => spent);
    const build = await engine.readBuild(options.file);
    const [chosen, ...others] = build.ok ? engine.runExports(build.value) : [];
    if (!build.ok || chosen === undefined) {
      const error = build.ok ? engine.nothingToRun(build.value) : build.error;
      await engine.shutdown();
      complainOfFile(error);
      return await record.write(status.cannotStart, error);
    }
    try {
      refuseUnusedImports(engine.imports(build.value), options.profile);
    } catch (error) {
      await engine.shutdown();
      throw error;
    }
    tellOthers(build.value, chosen, others);
    // Nobody else sees the difference between an instance that is ready and one that is spent.
    if (options.json !== undefined && !options.isBoth) spent = await moreBundle().spentReason(build.value);
    const interrupts = listenForInterrupts(engine);
    try {
      const job = {
        engine,
        registry,
        build: build.value,
        ref: chosen,
        options,
        record,
        signal: interrupts.signal,
      };
      if (options.isBoth) return await compareRun(job);
      const result = await (options.same ? runOnOne(job) : runOnFresh(job));
      await engine.shutdown();
      return await record.write(result);
    } finally {
      await engine.shutdown();
      interrupts.dispose();
    }
  },
};

/** Elsewhere than on a terminal, stderr is the guest's. */
function tellOthers({ path }: Build, chosen: ExportRef, others: readonly ExportRef[]): void {
  if (others.length === 0 || !isatty(2)) return;
  complain(otherRunsText(basename(path), exportLabel(chosen), others.map(exportLabel)));
}

/** What is run as often as asked, until a run fails to start or the user interrupts. The status is that of the last run that was not 0. */
interface Job {
  readonly engine: Engine;
  readonly registry: InstanceRegistry;
  readonly build: Build;
  readonly ref: ExportRef;
  readonly options: RunOptions;
  readonly record: CallRecord;
  readonly signal: AbortSignal;
}

/** Runs on both engines. The comparison has a record of its own. */
async function compareRun({ ref, options, ...job }: Job): Promise<number> {
  const { json, profile } = options;
  return await moreBundle().compareOnEngines({ ...job, profile, json, call: { type: 'run', ref } });
}

async function runOnFresh({ engine, registry, build, ref, options, record, signal }: Job): Promise<number> {
  let result = 0;
  for (let turn = 0; turn < options.repeat && !signal.aborted; turn++) {
    const { instance, call } = await engine.runFresh(build, options.profile, ownStreams(), ref, { signal });
    const after = registry.get(instance.id) ?? instance;
    record.add(after);
    if (call === undefined) return statusOfState(after);
    const ended = statusOfCall(after, call);
    if (ended !== 0) result = ended;
    await engine.disposeInstance(instance.id);
    if (ended === status.pipeClosed) break;
  }
  return signal.aborted ? status.interrupted : result;
}

async function runOnOne({ engine, registry, build, ref, options, record, signal }: Job): Promise<number> {
  const started = await engine.startInstance(build, options.profile, ownStreams(), { signal });
  const now = () => registry.get(started.id) ?? started;
  let result = 0;
  const canRun = () => planOn(now(), ref, 'same').type === 'call';
  for (let turn = 0; turn < options.repeat && !signal.aborted && canRun(); turn++) {
    const call = await engine.call(started.id, ref, [], { signal });
    const ended = statusOfCall(started, call);
    if (ended !== 0) result = ended;
    const notMade = options.repeat - turn - 1;
    if (ended === status.trapped && options.repeat > 1)
      await moreBundle().explainRepeatedTrap(now(), call, 'run', notMade);
    else if (notMade > 0 && ended !== status.interrupted && ended !== status.pipeClosed && !canRun())
      complain(runsNotMadeText(notMade));
  }
  record.add(now());
  if (now().callCount === 0 && !signal.aborted) return statusOfState(now());
  return signal.aborted ? status.interrupted : result;
}
