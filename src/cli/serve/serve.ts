import { availableParallelism } from 'node:os';
import { basename, join } from 'node:path';
import { isatty } from 'node:tty';
import { messageOf } from '../../base/error';
import { StartError } from '../../engine/errors';
import type { InheritedIo } from '../../engine/guest-io';
import { ServingEngine, type Handler, type ServingPlan } from '../../engine/serving';
import { ComponentServer } from '../../serve/component-server';
import type { FailureFacts } from '../../serve/failure';
import { policyFor } from '../../serve/policy';
import { serveHelp } from '../../words/cli-command-help';
import {
  cannotListenText,
  cannotServeTexts,
  drainingText,
  notReloadedText,
  reloadedText,
  servingText,
} from '../../words/cli-serve';
import { usageText } from '../../words/cli-usage';
import { readErrorText } from '../../words/read-error';
import {
  failureAdvice,
  failureFrames,
  failurePlace,
  failureText,
  startEndText,
} from '../../words/serve-failure';
import { failurePage } from '../../words/serve-page';
import { engineOptions } from '../engine-options';
import { listenForInterrupts } from '../interrupt';
import { complain, complainOfFile } from '../outcome';
import { checkRecordPath } from '../record-file';
import { status } from '../status';
import { tell } from '../stderr';
import { refuseUnusedImports } from '../unused-imports';
import { usageError, type Command } from '../usage';
import { parseServeOptions, type ServeOptions } from './serve-options';
import { writeServeRecord } from './serve-record';
import { watchBuild } from './watch-build';

/** `fresh-instance serve`. */
export const serve: Command = {
  name: 'serve',
  ...serveHelp,
  run: async (args) => {
    const options = parseServeOptions(args);
    if (options.json !== undefined) await checkRecordPath(options.json);
    const engine = new ServingEngine(servingOptions());
    try {
      return await serveFile(engine, options);
    } finally {
      engine.dispose();
    }
  },
};

function servingOptions() {
  const { files, ...rest } = engineOptions();
  return { ...rest, files: { transpiler: files.transpiler, server: join(__dirname, 'runner-serve.js') } };
}

async function serveFile(engine: ServingEngine, options: ServeOptions): Promise<number> {
  const { file, profile, policy } = options;
  const read = await engine.read(file);
  if (!read.ok) {
    complainOfFile(read.error);
    return status.cannotStart;
  }
  const handler = read.value;
  refuseUnusedImports(handler.imports, profile);
  if (!handler.isWasi03 && (policy.maxInstanceConcurrentReuseCount ?? 1) > 1)
    throw usageError(usageText.oneAtATime());
  const server = new ComponentServer({
    engine,
    policy: policyFor(handler.isWasi03, policy),
    runners: Math.max(2, availableParallelism() - 1),
    page: (facts, accept) => (options.errorPage ? failurePage(facts, accept) : undefined),
  });
  server.onDidFail(tellFailure);
  const interrupts = listenForInterrupts({
    shutdown: () => {
      server.end();
      return Promise.resolve();
    },
  });
  const endWith = () => {
    server.end();
  };
  process.on('exit', endWith);
  try {
    const plan = await begin(engine, server, handler, options, interrupts.signal);
    if (typeof plan === 'number') return plan;
    return await untilInterrupted({ engine, server, plan, options, signal: interrupts.signal });
  } finally {
    server.end();
    process.off('exit', endWith);
    interrupts.dispose();
  }
}

/** Makes a server answer with a build. Resolves with the plan, or with the exit status where that is not possible, and says why. */
async function begin(
  engine: ServingEngine,
  server: ComponentServer,
  handler: Handler,
  { profile }: ServeOptions,
  signal: AbortSignal,
): Promise<ServingPlan | number> {
  try {
    const plan = await engine.plan(handler, profile, ownOutput(), { signal, progress: undefined });
    const end = await server.use(plan);
    if (end === null) return plan;
    const name = basename(handler.build.path);
    if (end.type === 'failed') for (const text of cannotServeTexts(name, end.failure)) complain(text);
    else complain(failureText({ type: 'not-started', end }));
    return end.type === 'trapped' ? status.trapped : status.cannotStart;
  } catch (error) {
    if (signal.aborted) return status.interrupted;
    if (!(error instanceof StartError)) throw error;
    for (const text of cannotServeTexts(basename(handler.build.path), error.failure)) complain(text);
    return status.cannotStart;
  }
}

interface Serving {
  readonly engine: ServingEngine;
  readonly server: ComponentServer;
  readonly plan: ServingPlan;
  readonly options: ServeOptions;
  readonly signal: AbortSignal;
}

async function untilInterrupted(serving: Serving): Promise<number> {
  const { server, options, signal } = serving;
  const { host, port } = options.address;
  let url: string;
  try {
    url = urlOf(host, (await server.listen(host, port)).port);
  } catch (error) {
    complain(cannotListenText(`${host}:${String(port)}`, messageOf(error)));
    return status.cannotStart;
  }
  tell(`fresh-instance: ${servingText(basename(options.file), url)}\n`);
  let plan = serving.plan;
  const watch = options.watch
    ? watchBuild(options.file, async () => {
        plan = (await reload(serving, plan)) ?? plan;
      })
    : undefined;
  if (!signal.aborted)
    await new Promise((resolve) => {
      signal.addEventListener('abort', resolve, { once: true });
    });
  watch?.dispose();
  if (server.open > 0) complain(drainingText(server.open));
  await server.drain();
  return await writeServeRecord(options.json, { server, plan, url }, status.interrupted);
}

/** Lets a rebuilt component take over. Resolves with its plan, or undefined where the former build still answers. */
async function reload(
  { engine, server, options, signal }: Serving,
  former: ServingPlan,
): Promise<ServingPlan | undefined> {
  const name = basename(options.file);
  const read = await engine.read(options.file);
  if (signal.aborted) return undefined;
  if (!read.ok) {
    complain(notReloadedText(name, readErrorText(read.error).sentence));
    return undefined;
  }
  if (read.value.build.sha256 === former.handler.build.sha256) return undefined;
  try {
    const plan = await engine.plan(read.value, options.profile, ownOutput(), { signal, progress: undefined });
    const end = await server.use(plan);
    if (end !== null) {
      complain(notReloadedText(name, `${startEndText(end)}.`));
      return undefined;
    }
    server.setPolicy(policyFor(read.value.isWasi03, options.policy));
    complain(reloadedText(name));
    return plan;
  } catch (error) {
    if (!(error instanceof StartError)) {
      if (isAborted(signal)) return undefined;
      throw error;
    }
    complain(notReloadedText(name, cannotServeTexts(name, error.failure).join(' ')));
    return undefined;
  }
}

/** Asked anew: it changes while something is waited for. */
function isAborted(signal: AbortSignal): boolean {
  return signal.aborted;
}

function tellFailure(facts: FailureFacts): void {
  complain(`${failurePlace(facts)}: ${failureText(facts.failure)}`);
  for (const frame of failureFrames(facts.failure)) tell(`    ${frame}\n`);
  const advice = failureAdvice(facts);
  if (advice !== undefined) tell(`    ${advice}\n`);
}

/** The guest's output is this process's; what is typed here is not for it. */
function ownOutput(): InheritedIo {
  return { inherit: { stdin: false, stdout: isatty(1), stderr: isatty(2) } };
}

function urlOf(host: string, port: number): string {
  return `http://${host.includes(':') ? `[${host}]` : host}:${String(port)}/`;
}
