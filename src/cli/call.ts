import type { Verdict } from '../reuse/verdict';
import type { CallJob } from './call-job';
import { readCallables } from '../calls/call-session';
import { callAll } from './call-all';
import { parseCallOptions, type CallOptions } from './call-options';
import { compareAll } from './call-compare';
import { converse } from './console';
import { makeEngine, makeRegistry } from './engine';
import { listenForInterrupts } from './interrupt';
import { complainOfFile } from './outcome';
import { profileHelp } from './profile-options';
import { CallRecord } from './record';
import { spentReason } from './repeated-trap';
import { status } from './status';
import { refuseUnusedImports } from './unused-imports';
import type { Command } from './usage';

/** `fresh-instance call`. */
export const call: Command = {
  name: 'call',
  summary: 'calls exports of a component on one instance',
  usage: "fresh-instance call FILE [OPTION]... ['INTERFACE#FUNCTION(ARGUMENTS)'...]",
  help: `  --calls FILE             read the calls from a file, one per line, or from a WAVE document; without calls, from stdin
  --repeat N               make each call N times (default 1, with --compare 5)
  --compare                make N calls on one instance and on N fresh ones, and show the differences
${profileHelp}
  --json OUT               write the state of each instance and the outcome of each call to a file

Arguments and results are WAVE: 'add(1, 2)', 'greet("you", {polite: true})'. The interface is optional if the function is unique.
A result shows resources, streams and futures as $1, $2; later calls use these names: '$1.next()'.
Among the calls, ':handles' lists them, ':drop $1' drops a resource, ':read $1' prints what a stream or future holds.
The guest is granted only what the options name.
The exit status is 0 if all calls returned ok, 1 if one returned an error, 134 after a trap (with --compare also if a repeated call
ends its instance), 124 after a timeout, 137 after the memory limit, 130 after Ctrl+C, 141 if the output was closed, 2 if a call is
wrong or cannot start.`,
  run: async (args) => {
    const options = parseCallOptions(args);
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
