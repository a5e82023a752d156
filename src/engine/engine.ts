import { monotonicMs } from '../base/clock';
import { basename, dirname } from 'node:path';
import type { Result } from '../base/result';
import { ok } from '../base/result';
import type { ComponentSummary } from '../component/summary';
import type { Call, ExportRef, StopReason } from '../instance/call';
import { refusal } from '../instance/life';
import type { Profile } from '../instance/profile';
import type { Build, Instance, InstanceId, InstanceRegistry } from '../instance/registry';
import { ArtifactCache, filesOf, type Artifact } from './artifact-cache';
import { backtraceOf } from './backtrace';
import { CallRefused, type EngineError } from './errors';
import { refuseMissingDirectories } from './granted-directories';
import type { GuestIo, InheritedIo } from './guest-io';
import { Deferred } from '../base/deferred';
import { LiveInstance, type FirstCall, type InspectorHandler } from './live-instance';
import { Fence } from './fence';
import { describeMissing, missingImports } from './missing-imports';
import { refuseIfTooLarge } from './memory-limit';
import { readBuild } from './read-build';
import { chooseRun, type RunChoice } from './run-export';
import type { RunnerStdio } from './runner-process';
import { RunnerPool, type RunnerNeeds } from './runner-pool';
import { noStandbys, standbyKey, Standbys, type StandbyLimits } from './standbys';
import { startCommand } from './start-command';
import { TranspilerClient, type NodeProgram } from './transpiler-client';

/** What an engine is made of. */
export interface EngineOptions {
  readonly registry: InstanceRegistry;
  /** A folder for transpiled components; it is made, filled and kept in bounds by the engine. */
  readonly cacheDir: string;
  /** The bundles that run in processes of their own. */
  readonly files: { readonly runner: string; readonly transpiler: string };
  readonly node: NodeProgram;
  /** Why a repeated call would trap, asked at each call's end. */
  spentReason(instance: Instance): string | undefined;
  /** One line for a log that developers read. */
  log(line: string): void;
  /** Whether guests give way to other processes. */
  readonly lowPriority?: boolean;
  /** Whether a runner is kept ready that has loaded nothing yet, at about 17 MB. */
  readonly keepBareRunner?: boolean;
  /** How many instances are made ahead for components that have been run; absent for none. */
  readonly standby?: StandbyLimits;
}

/** How an instance is started. */
export interface StartOptions {
  readonly signal?: AbortSignal;
  /** Hears which instance it is, before anything of the guest's reaches the streams. */
  readonly onAdded?: (instance: Instance) => void;
  /** Hears what takes long, as a sentence's beginning: "Transpiling hello.wasm". */
  readonly progress?: (what: string) => void;
  /** Makes it a debugged instance: this is called before anything of the guest runs. */
  readonly onInspector?: InspectorHandler;
  /** Counts the calls of the host, which its calls then tell. It costs a little with each of them. */
  readonly countHostCalls?: boolean;
}

/** How a call is made. */
export interface CallOptions {
  /** What was given, as text for people. */
  readonly argumentText?: string;
  /** Arguments, environment and time limit of this call, where they differ from those the instance was made with. */
  readonly profile?: Profile;
  /** Aborting stops the instance: a guest cannot be interrupted otherwise. */
  readonly signal?: AbortSignal;
}

/** What it takes to make instances like another. */
interface Recipe {
  readonly build: Build;
  readonly profile: Profile;
  readonly artifact: Artifact;
  readonly needs: RunnerNeeds;
  /** The same for all instances that one standby can be, see {@link standbyKey}. */
  readonly key: string;
  /** Debugged, traced, or with modules of the user's, which may be edited before the next start: never made ahead. */
  readonly special: boolean;
  /** Uses this process's own streams. */
  readonly inherits: boolean;
}

/** How long the start functions of a standby may take. */
const standbyStartMs = 5000;

type Summary = Extract<ComponentSummary, { kind: 'component' }>;

/** Makes runners live and die. Everything that happens to an instance is written to the registry; nothing here throws for what a guest does. */
export class Engine {
  readonly #options: EngineOptions;
  readonly #cache: ArtifactCache;
  readonly #transpiler: TranspilerClient;
  readonly #fence: Fence;
  readonly #pool: RunnerPool;
  readonly #standbys: Standbys;
  readonly #live = new Map<InstanceId, LiveInstance>();
  /** Instances whose runner is not there yet, with what cancels their start. */
  readonly #starting = new Map<InstanceId, AbortController>();
  /** How each instance was made, for more of its kind. */
  readonly #recipes = new Map<InstanceId, Recipe>();
  readonly #summaries = new Map<string, Summary>();

  constructor(options: EngineOptions) {
    this.#options = options;
    const v8 = options.node.execPath === process.execPath ? process.versions.v8 : options.node.execPath;
    this.#cache = new ArtifactCache(options.cacheDir, `${v8} ${process.arch}`);
    this.#transpiler = new TranspilerClient(options.files.transpiler, options.node);
    this.#fence = new Fence([dirname(options.files.runner), options.cacheDir], options.node);
    this.#pool = new RunnerPool(
      { script: options.files.runner, node: options.node, lowPriority: options.lowPriority ?? false },
      (error) => {
        options.log(error.message);
      },
    );
    this.#standbys = new Standbys(options.standby ?? noStandbys, (id) => {
      void this.disposeInstance(id);
    });
  }

  /** Reads a component, or says why the file cannot be run and what to do about it. */
  async readBuild(path: string): Promise<Result<Build, EngineError>> {
    const read = await readBuild(path);
    if (!read.ok) return read;
    this.#summaries.set(read.value.build.sha256, read.value.summary);
    this.#standbys.dropOutdated(read.value.build);
    return ok(read.value.build);
  }

  /** Takes over what somebody has read of a build already, so that its file is not read once more before its first start. */
  learn(build: Build, summary: Summary): void {
    this.#summaries.set(build.sha256, summary);
  }

  /** Starts a runner for what will probably be run next, while the component is still being read. */
  warmUp(profile: Profile, io: GuestIo | InheritedIo): void {
    this.#pool.warmUp({ stdio: stdioOf(profile, io), nodeArgs: this.#nodeArgs(profile, false) });
  }

  /** How many instances are made ahead from now on. */
  limitStandbys(limits: StandbyLimits): void {
    this.#standbys.limit(limits);
  }

  /** A component's world as WIT text. Rejects with an Error that says what keeps it from being read. */
  async interfaceText(path: string): Promise<string> {
    return await this.#transpiler.interfaceText(path);
  }

  /** The run exports of a build that this engine has read; undefined for a component without any. */
  runChoice(build: Build): RunChoice | undefined {
    const summary = this.#summaries.get(build.sha256);
    return summary === undefined ? undefined : chooseRun(summary);
  }

  /**
   * Adds an instance to the registry and starts it. Resolves with its snapshot once it is ready, or has failed, trapped or exited while
   * starting, or was stopped; the state says which. Never rejects for what is wrong with a component.
   */
  async startInstance(
    build: Build,
    profile: Profile,
    io: GuestIo | InheritedIo,
    options: StartOptions & { readonly first?: FirstCall } = {},
  ): Promise<Instance> {
    const claimed = this.#claimStandby(build, profile, io, options);
    if (claimed !== undefined) return claimed;
    const { registry } = this.#options;
    const added = registry.add(build, profile, { debugged: options.onInspector !== undefined });
    const { id } = added;
    options.onAdded?.(added);
    const cancel = new AbortController();
    const stop = () => void this.stop(id, { type: 'user' });
    options.signal?.addEventListener('abort', stop, { once: true });
    this.#starting.set(id, cancel);
    try {
      await this.#start(id, build, profile, io, options, cancel.signal);
    } catch (error) {
      if (registry.get(id)?.state.type === 'starting' && !cancel.signal.aborted) {
        registry.couldNotStart(id, messageOf(error));
      }
    } finally {
      this.#starting.delete(id);
      options.signal?.removeEventListener('abort', stop);
    }
    return registry.get(id) ?? { ...added, state: { type: 'disposed' } };
  }

  /**
   * Calls an export without arguments on a fresh instance: what {@link startInstance} and {@link call} do, with less waiting between them. Resolves when the call has
   * ended, or, without a call, when the instance could not come up.
   */
  async runFresh(
    build: Build,
    profile: Profile,
    io: GuestIo | InheritedIo,
    ref: ExportRef,
    options: StartOptions = {},
  ): Promise<{ readonly instance: Instance; readonly call?: Call }> {
    const first: FirstCall = { ref, args: [], argumentText: '', profile, ended: new Deferred() };
    const instance = await this.startInstance(build, profile, io, { ...options, first });
    const { id } = instance;
    if (instance.callCount === 0) {
      // A standby was there, which has not been called; or the instance did not come up.
      if (instance.state.type !== 'ready') return { instance };
      const call = await this.call(
        id,
        ref,
        [],
        options.signal === undefined ? {} : { signal: options.signal },
      );
      return { instance, call };
    }
    const stop = () => void this.stop(id, { type: 'user' });
    if (options.signal?.aborted === true) stop();
    options.signal?.addEventListener('abort', stop, { once: true });
    const call = await first.ended.promise;
    options.signal?.removeEventListener('abort', stop);
    this.#refill(id);
    return { instance, call };
  }

  /** Calls an export. Resolves with the call once it has ended, however it did; rejects only with {@link CallRefused}. */
  async call(
    id: InstanceId,
    ref: ExportRef,
    args: readonly unknown[] = [],
    options: CallOptions = {},
  ): Promise<Call> {
    const instance = this.#options.registry.get(id);
    const live = this.#live.get(id);
    if (instance === undefined) throw new CallRefused('The call was refused: the instance was disposed.');
    const reason = refusal(instance.state);
    if (reason !== null || live === undefined) {
      throw new CallRefused(
        `The call on ${basename(instance.build.path)} #${String(instance.number)} was refused: ${reason ?? 'its runner is gone'}.`,
      );
    }
    if (instance.standby) {
      throw new CallRefused(
        `The call on ${basename(instance.build.path)} #${String(instance.number)} was refused: it was made ahead, and is used when a fresh instance is asked for.`,
      );
    }
    const stop = () => void live.stop({ type: 'user' });
    options.signal?.addEventListener('abort', stop, { once: true });
    try {
      const { argumentText = '', profile = instance.profile } = options;
      return await live.call({ ref, args, argumentText, profile });
    } finally {
      options.signal?.removeEventListener('abort', stop);
      this.#refill(id);
    }
  }

  /** Says what a call returned, as text for people. */
  noteResult(id: InstanceId, call: Call, result: string): void {
    this.#options.registry.noteResult(id, call.number, result);
  }

  /** Ends an instance at once, whatever its guest is doing. Resolves when the registry says so; does nothing for one that has ended. */
  async stop(id: InstanceId, reason: StopReason): Promise<void> {
    const live = this.#live.get(id);
    if (live !== undefined) {
      await live.stop(reason);
      return;
    }
    const cancel = this.#starting.get(id);
    if (cancel === undefined) return;
    cancel.abort();
    if (this.#options.registry.get(id)?.state.type === 'starting') this.#options.registry.stopped(id, reason);
  }

  /** Ends an instance and takes it out of the registry. */
  async disposeInstance(id: InstanceId): Promise<void> {
    if (this.#live.get(id)?.release() !== true) await this.stop(id, { type: 'user' });
    this.#recipes.delete(id);
    this.#options.registry.remove(id);
  }

  /** Gives the guest bytes to read, where its stdin is a terminal. */
  writeStdin(id: InstanceId, bytes: Uint8Array): void {
    this.#live.get(id)?.writeStdin(bytes);
  }

  /** Ends the guest's input. */
  endStdin(id: InstanceId): void {
    this.#live.get(id)?.endStdin();
  }

  /** The process that an instance runs in, while there is one. */
  pidOf(id: InstanceId): number | undefined {
    return this.#live.get(id)?.pid;
  }

  /** Ends every instance. Resolves when the registry says so; every process has been killed by then. */
  async shutdown(): Promise<void> {
    this.#transpiler.dispose();
    this.#standbys.dispose();
    this.#pool.dispose();
    await Promise.all(
      [...this.#starting.keys(), ...this.#live.keys()].map((id) => this.stop(id, { type: 'shutdown' })),
    );
  }

  async #start(
    id: InstanceId,
    build: Build,
    profile: Profile,
    io: GuestIo | InheritedIo,
    options: StartOptions & { readonly first?: FirstCall },
    signal: AbortSignal,
  ): Promise<void> {
    const recipe = await this.#prepare(build, profile, io, options, signal);
    signal.throwIfAborted();
    this.#recipes.set(id, recipe);
    await this.#launch(id, recipe, io, options);
    // Whoever runs one component may well run another; a guest that is debugged or traced is none of the ordinary.
    if (!recipe.special && this.#options.keepBareRunner === true) this.#pool.warmUp(recipe.needs);
  }

  async #prepare(
    build: Build,
    profile: Profile,
    io: GuestIo | InheritedIo,
    options: StartOptions,
    signal: AbortSignal,
  ): Promise<Recipe> {
    const summary = await this.#summaryOf(build);
    const missing = await missingImports(build, summary.imports, profile.modules ?? []);
    if (missing.length > 0) throw new Error(describeMissing(missing));
    const { maxMemoryBytes } = profile;
    await refuseMissingDirectories(profile.dirs);
    const limited = maxMemoryBytes !== undefined;
    const artifact = await this.#artifactOf(build, limited, signal, options.progress);
    if (limited) await refuseIfTooLarge(artifact, maxMemoryBytes);
    const debug = options.onInspector !== undefined;
    const start = startCommand(build, profile, io, {
      artifact,
      async: needsAsync(summary),
      debug,
      countHostCalls: options.countHostCalls ?? false,
    });
    const needs = { start, stdio: stdioOf(profile, io), nodeArgs: this.#nodeArgs(profile, debug) };
    const special = debug || options.countHostCalls === true || start.modules.length > 0;
    return {
      build,
      profile,
      artifact,
      needs,
      key: standbyKey(build, profile, io),
      special,
      inherits: 'inherit' in io,
    };
  }

  async #launch(
    id: InstanceId,
    { artifact, needs, profile }: Recipe,
    io: GuestIo | InheritedIo | undefined,
    options: StartOptions & { readonly first?: FirstCall },
  ): Promise<void> {
    const { runner, command } = this.#pool.take(needs);
    const live = new LiveInstance(id, runner, io, {
      registry: this.#options.registry,
      giveBack: (free) => {
        this.#pool.giveBack(free);
      },
      spentReason: (instance) => this.#options.spentReason(instance),
      onInspector: options.onInspector,
      backtrace: (stack) => backtraceOf(stack, artifact),
      moduleCount: filesOf(artifact, 'core').length,
    });
    this.#live.set(id, live);
    void live.gone.then(() => this.#live.delete(id));
    // A debugger takes the time that its user takes.
    const timeoutMs = options.onInspector === undefined ? profile.timeoutMs : undefined;
    await live.start(command, timeoutMs, options.first);
  }

  #nodeArgs(profile: Profile, debug: boolean): readonly string[] {
    const stack = profile.stackKiB === undefined ? [] : [`--stack-size=${String(profile.stackKiB)}`];
    // The permission model keeps debuggers out too.
    return debug ? stack : [...stack, ...this.#fence.argsFor(profile)];
  }

  /** The standby that was made for just this, with its new user's streams and profile. */
  #claimStandby(
    build: Build,
    profile: Profile,
    io: GuestIo | InheritedIo,
    options: StartOptions,
  ): Instance | undefined {
    if (options.onInspector !== undefined || options.countHostCalls === true) return undefined;
    const id = this.#standbys.take(standbyKey(build, profile, io));
    const live = id === undefined ? undefined : this.#live.get(id);
    const recipe = id === undefined ? undefined : this.#recipes.get(id);
    if (id === undefined || live === undefined || recipe === undefined) return undefined;
    const instance = this.#options.registry.get(id);
    if (instance !== undefined) options.onAdded?.(instance);
    live.adopt(io, profile);
    this.#recipes.set(id, { ...recipe, profile });
    return this.#options.registry.get(id);
  }

  /** Sees to it that the next instance like this one is there before it is asked for. */
  #refill(id: InstanceId): void {
    const recipe = this.#recipes.get(id);
    if (recipe === undefined || recipe.special || recipe.inherits) return;
    this.#standbys.refill(recipe.build, recipe.key, async () => {
      const { registry } = this.#options;
      const { id: standby } = registry.add(recipe.build, recipe.profile, { standby: true });
      this.#recipes.set(standby, recipe);
      const profile = { ...recipe.profile, timeoutMs: standbyStartMs };
      const needs = { ...recipe.needs, start: { ...recipe.needs.start, eager: true } };
      await this.#launch(standby, { ...recipe, profile, needs }, undefined, {});
      const instance = registry.get(standby);
      if (instance?.state.type === 'ready') return instance;
      await this.disposeInstance(standby);
      return undefined;
    });
  }

  async #summaryOf(build: Build): Promise<Summary> {
    const known = this.#summaries.get(build.sha256);
    if (known !== undefined) return known;
    const read = await readBuild(build.path);
    if (!read.ok) throw new Error(read.error.message);
    if (read.value.build.sha256 !== build.sha256) throw new Error('the file was rebuilt meanwhile');
    this.#summaries.set(build.sha256, read.value.summary);
    return read.value.summary;
  }

  async #artifactOf(
    build: Build,
    limitMemory: boolean,
    signal: AbortSignal,
    progress: StartOptions['progress'],
  ): Promise<Artifact> {
    return this.#cache.get(build, limitMemory ? 'limited' : 'plain', async (folder) => {
      progress?.(`Transpiling ${basename(build.path)}`);
      const before = monotonicMs();
      const manifest = await this.#transpiler.transpile(build, { folder, limitMemory }, signal);
      this.#options.log(`transpiled ${build.path} in ${String(Math.round(monotonicMs() - before))} ms`);
      return manifest;
    });
  }
}

function stdioOf(profile: Profile, io: GuestIo | InheritedIo): RunnerStdio {
  return 'inherit' in io ? { type: 'inherit' } : { type: 'piped', stdin: stdinOf(profile) };
}

function stdinOf({ stdin }: Profile): 'pipe' | 'empty' | { readonly file: string } {
  switch (stdin.type) {
    case 'terminal':
      return 'pipe';
    case 'empty':
      return 'empty';
    case 'file':
      return { file: stdin.path };
  }
}

/** Whether a component is of WASI 0.3 in any part, for which jco's glue needs JSPI. */
function needsAsync({ imports, exports }: Summary): boolean {
  return [...imports, ...exports.map(({ name }) => name)].some((name) => /^wasi:.*@0\.3/.test(name));
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
