import { abilitiesOf } from '../engine/backend';
import { engineOf } from '../instance/profile';
import { usageText } from '../words/cli-usage';
import { callHelp } from '../words/cli-command-help';
import type { Verdict } from '../reuse/verdict';
import type { CallJob } from './call-job';
import { readCallables } from '../calls/call-session';
import { callAll } from './call-all';
import { parseCallOptions, type CallOptions } from './call-options';
import { compareAll } from './call-compare';
import { compareOnEngines } from './compare-engines';
import { converse } from './console';
import { makeEngine, makeRegistry } from './engine';
import { listenForInterrupts } from './interrupt';
import { complainOfFile } from './outcome';
import { CallRecord } from './record';
import { spentReason } from './repeated-trap';
import { status } from './status';
import { refuseUnusedImports } from './unused-imports';
import { usageError, type Command } from './usage';

/** `fresh-instance call`. */
export const call: Command = {
  name: 'call',
  ...callHelp,
  run: async (args) => {
    const options = parseCallOptions(args);
    if (isTyped(options) && !abilitiesOf[engineOf(options.profile)].keepsInstances)
      throw usageError(usageText.consoleNeedsInstance());
    const registry = makeRegistry();
    const record = await CallRecord.open(options.json, registry);
    let spent: Verdict | undefined;
    const engine = makeEngine(registry, undefined, () => spent);
    const build = await engine.readBuild(options.file);
    if (!build.ok) {
      complainOfFile(build.error);
      return await record.write(status.cannotStart, build.error);
    }
    refuseUnusedImports(engine.imports(build.value), options.profile);
    const exports = await readCallables(build.value);
    if (!exports.ok) {
      complainOfFile(exports.error);
      return await record.write(status.cannotStart, exports.error);
    }
    const interrupts = listenForInterrupts(engine);
    try {
      const job: CallJob = {
        engine,
        registry,
        build: build.value,
        exports: exports.value,
        options,
        record,
        signal: interrupts.signal,
      };
      const [text] = options.source.type === 'arguments' ? options.source.calls : [];
      if (options.isBoth && text !== undefined)
        return await compareOnEngines({
          ...job,
          profile: options.profile,
          json: options.json,
          call: { type: 'call', text, exports: exports.value },
        });
      // The console warns before a run that would trap, and the record marks spent instances.
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

/** Whether the user types the calls into a terminal and sees their results there. */
function isTyped({ source }: CallOptions): boolean {
  return (
    source.type === 'stdin' && process.stdin.isTTY && process.stdout.isTTY && process.env.TERM !== 'dumb'
  );
}
