import { defined } from '../base/defined';
import { Deferred } from '../base/deferred';
import type { Result } from '../base/result';
import { messageOf } from '../base/error';
import type { Outcome, StartFailure, StopReason } from '../component/outcome';
import type { Call, ExportRef } from '../instance/call';
import { refusalOf } from '../instance/life';
import type { Profile } from '../instance/profile';
import type { Build, Instance, InstanceId } from '../instance/registry';
import { ComponentStore, type ComponentFile, type Summary } from './component-store';
import type { CallCommand, CallRequest, FirstCall } from './call-request';
import type { CallOptions, EngineOptions, StartOptions } from './engine-options';
import { CallRefused, StartError, type EngineError } from './errors';
import type { GuestIo, InheritedIo } from './guest-io';
import { LiveInstances } from './live-instances';
import { InstancePool, noStandbys, type StandbyLimits } from './instance-pool';
import { isOrdinary, makeLaunchPlan, type LaunchRequest } from './launch-plan';
import { Runners } from './runners';
import { programOf } from './start-command';

/**
 * Starts, calls and ends instances. Everything that happens to one is written to the registry; nothing here
 * throws for what a guest does.
 */
export class Engine {
  readonly #options: EngineOptions;
  readonly #components: ComponentStore;
  readonly #runners: Runners;
  readonly #live: LiveInstances;
  readonly #pool: InstancePool;
  /** Instances whose runner is not there yet, with what cancels their start. */
  readonly #starting = new Map<InstanceId, AbortController>();

  constructor(options: EngineOptions) {
    const { registry, cacheDir, files, node } = options;
    const log = (line: string) => {
      options.log(line);
    };
    this.#options = options;
    this.#components = new ComponentStore({ cacheDir, transpiler: files.transpiler, node, log });
    this.#runners = options.runners ?? new Runners(options);
    this.#live = new LiveInstances({
      registry,
      runners: this.#runners,
      spentReason: (instance) => options.spentReason(instance),
    });
    this.#pool = new InstancePool(
      {
        registry,
        launch: (id, plan) => this.#live.launch(id, plan, { io: undefined }),
        adopt: (id, io, profile) => {
          const standby = this.#live.get(id);
          standby?.adopt(io, profile);
          return standby !== undefined;
        },
        dispose: (id) => this.disposeInstance(id),
        log,
      },
      options.standby ?? noStandbys,
    );
  }

  /** Reads a component, or says why the file cannot be run and what to do about it. */
  async readBuild(path: string): Promise<Result<Build, EngineError>> {
    const read = await this.#components.read(path);
    if (read.ok) this.#pool.dropOutdated(read.value);
    return read;
  }

  /** Takes over what was read of a build elsewhere, so that its file is not read again before its first start. */
  learn(build: Build, summary: Summary): void {
    this.#components.learn(build, summary);
    this.#pool.dropOutdated(build);
  }

  /** Sets how many instances are pre-warmed from now on. */
  limitStandbys(limits: StandbyLimits): void {
    this.#pool.limit(limits);
  }

  /**
   * The file of the component that is made of a build: the build's own, or, for a core module, the one that it was adapted to, in the cache.
   * Rejects with an Error that says why there is none.
   */
  async componentOf(build: Build, signal = new AbortController().signal): Promise<ComponentFile> {
    return await this.#components.componentOf(build, { signal, progress: undefined });
  }

  /** A component's world as WIT text. Rejects with an Error that says what keeps it from being read. */
  async interfaceText(path: string): Promise<string> {
    return await this.#components.interfaceText(path);
  }

  /** The names of the imports of a build that this engine has read. */
  imports(build: Build): readonly string[] {
    return this.#components.imports(build);
  }

  /** Why a build that this engine has read has nothing to run. */
  nothingToRun(build: Build): EngineError {
    return this.#components.nothingToRun(build);
  }

  /** The run exports of a build that this engine has read, first the one that Run calls; none for a library. */
  runExports(build: Build): readonly ExportRef[] {
    return this.#components.runExports(build);
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
    const { signal, onInspector, countHostCalls = false } = options;
    const request = { build, profile, io, debug: onInspector !== undefined, countHostCalls };
    const prewarmed = this.#pool.take(request, options.onAdded);
    if (prewarmed !== undefined) return prewarmed;
    const { registry } = this.#options;
    const added = registry.add(build, profile, { debugged: request.debug });
    const { id } = added;
    options.onAdded?.(added);
    const cancel = new AbortController();
    this.#starting.set(id, cancel);
    try {
      await this.#stoppedBy(signal, id, () => this.#start(id, request, options, cancel.signal));
    } catch (error) {
      if (registry.get(id)?.state.type === 'starting' && !cancel.signal.aborted) {
        registry.couldNotStart(id, failureOf(error));
      }
    } finally {
      this.#starting.delete(id);
    }
    return registry.get(id) ?? { ...added, state: { type: 'disposed' } };
  }

  /**
   * Calls an export without arguments on a fresh instance: like {@link startInstance} and {@link call}, with less waiting between them.
   * Resolves when the call has ended or, without a call, when the instance could not come up.
   */
  async runFresh(
    build: Build,
    profile: Profile,
    io: GuestIo | InheritedIo,
    ref: ExportRef,
    options: StartOptions = {},
  ): Promise<{ readonly instance: Instance; readonly call?: Call }> {
    const command: CallCommand = { type: 'call', ref, args: [], program: programOf(build, profile) };
    const first: FirstCall = { ref, argumentText: '', profile, command, ended: new Deferred() };
    const instance = await this.startInstance(build, profile, io, { ...options, first });
    const { id } = instance;
    const { signal } = options;
    if (instance.callCount === 0) {
      // It was pre-warmed and has not been called yet; or it did not come up.
      if (instance.state.type !== 'ready') return { instance };
      const call = await this.call(id, ref, [], defined({ signal }));
      return { instance, call };
    }
    const call = await this.#stoppedBy(signal, id, () => first.ended.promise);
    this.#pool.refill(id);
    return { instance, call };
  }

  /**
   * Calls an export. Resolves with the call once it has ended, however it did; rejects only with
   * {@link CallRefused}.
   */
  async call(
    id: InstanceId,
    ref: ExportRef,
    args: readonly unknown[] = [],
    options: CallOptions = {},
  ): Promise<Call> {
    const { argumentText = '', gives, signal } = options;
    return await this.#enter(id, signal, (instance) => {
      const profile = options.profile ?? instance.profile;
      const program = programOf(instance.build, profile);
      const command: CallCommand = { type: 'call', ref, args, ...defined({ gives }), program };
      return { ref, argumentText, profile, command };
    });
  }

  /**
   * Drops a resource that a call returned, by the number of its handle: its destructor runs in the guest. That counts as a call: it is in
   * the history and within the time limit, and a trap in it ends the instance. Resolves and rejects like {@link call}.
   * @param ref what the history calls it, see dropRef
   */
  async drop(
    id: InstanceId,
    ref: ExportRef,
    handle: number,
    options: Pick<CallOptions, 'signal'> = {},
  ): Promise<Call> {
    return await this.#enter(id, options.signal, ({ profile }) => ({
      ref,
      argumentText: `$${String(handle)}`,
      profile,
      command: { type: 'drop', handle },
    }));
  }

  /**
   * Reads a stream or a future that a call returned, by the number of its handle, until its end or a limit. The guest runs meanwhile, so
   * that counts as a call, too: it is in the history and within the time limit, and a stop ends it. The value of a read that ended well is
   * a Reading of the wire. Resolves and rejects like {@link call}.
   * @param ref what the history calls it, see readRef
   */
  async read(
    id: InstanceId,
    ref: ExportRef,
    wanted: Omit<Extract<CallCommand, { type: 'read' }>, 'type'>,
    options: Pick<CallOptions, 'signal'> = {},
  ): Promise<Call> {
    return await this.#enter(id, options.signal, ({ profile }) => ({
      ref,
      argumentText: `$${String(wanted.handle)}`,
      profile,
      command: { type: 'read', ...wanted },
    }));
  }

  /** Makes a call. Rejects with {@link CallRefused} where the instance accepts none. */
  async #enter(
    id: InstanceId,
    signal: AbortSignal | undefined,
    requestFor: (instance: Instance) => CallRequest,
  ): Promise<Call> {
    const instance = this.#options.registry.get(id);
    const live = this.#live.get(id);
    if (instance === undefined) throw new CallRefused({ type: 'disposed' });
    const refusal =
      refusalOf(instance.state) ?? (instance.standby && live !== undefined ? { type: 'standby' } : null);
    if (refusal !== null || live === undefined)
      throw new CallRefused(refusal ?? { type: 'no-runner' }, instance);
    try {
      return await this.#stoppedBy(signal, id, () => live.call(requestFor(instance)));
    } finally {
      this.#pool.refill(id);
    }
  }

  /** Says what a call returned, as text for people. */
  noteResult(id: InstanceId, call: Call, result: string): void {
    this.#options.registry.noteResult(id, call.number, result);
  }

  /** Records the trap that a debugger holds an instance at, so that a stop there does not hide it. */
  noteTrap(id: InstanceId, trap: Extract<Outcome, { type: 'trapped' }>): void {
    this.#live.get(id)?.noteTrap(trap);
  }

  /**
   * Ends an instance at once, whatever its guest is doing. Resolves when the registry says so; does nothing
   * for one that has ended.
   */
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
    this.#pool.forget(id);
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
    this.#components.dispose();
    this.#pool.dispose();
    this.#runners.dispose();
    await Promise.all(
      [...this.#starting.keys(), ...this.#live.ids()].map((id) => this.stop(id, { type: 'shutdown' })),
    );
  }

  async #start(
    id: InstanceId,
    request: LaunchRequest,
    { progress, onInspector, first }: StartOptions & { readonly first?: FirstCall },
    signal: AbortSignal,
  ): Promise<void> {
    const plan = await makeLaunchPlan(this.#components, this.#runners, request, { signal, progress });
    signal.throwIfAborted();
    this.#pool.learn(id, plan);
    await this.#live.launch(id, plan, { io: request.io, onInspector, first });
    // Keep a bare runner warm for the next component.
    if (isOrdinary(plan) && this.#options.keepBareRunner === true) this.#runners.warmUp(plan.shape);
  }

  /** Waits for something of an instance's, and stops the instance if the signal is aborted meanwhile. */
  async #stoppedBy<T>(signal: AbortSignal | undefined, id: InstanceId, work: () => Promise<T>): Promise<T> {
    const stop = () => void this.stop(id, { type: 'user' });
    if (signal?.aborted === true) stop();
    signal?.addEventListener('abort', stop, { once: true });
    try {
      return await work();
    } finally {
      signal?.removeEventListener('abort', stop);
    }
  }
}

function failureOf(error: unknown): StartFailure {
  return error instanceof StartError ? error.failure : { code: 'other', words: messageOf(error) };
}
