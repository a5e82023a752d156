import { defined } from '../base/defined';
import { Deferred } from '../base/deferred';
import type { Result } from '../base/result';
import { messageOf } from '../base/error';
import type { Outcome, StartFailure, StopReason } from '../component/outcome';
import type { Call, ExportRef } from '../instance/call';
import { refusalOf } from '../instance/life';
import { engineNames, engineOf, type EngineName, type Profile } from '../instance/profile';
import type { Build, Instance, InstanceId } from '../instance/registry';
import type { Backend, BackendStart, EngineInstance } from './backend';
import { ComponentStore, type ComponentFile, type Summary } from './component-store';
import type { CallCommand, CallRequest, FirstCall } from './call-request';
import type { CallOptions, EngineOptions, StartOptions } from './engine-options';
import { CallRefused, StartError, type EngineError } from './errors';
import type { GuestIo, InheritedIo } from './guest-io';
import type { StandbyLimits } from './instance-pool';
import { RunnerBackend } from './runner-backend';
import { programOf } from './start-command';
import { WasmtimeBackend } from './wasmtime/backend';
import type { WasmtimeProgram } from './wasmtime/program';

/**
 * Starts, calls and ends instances. Everything that happens to one is written to the registry; nothing here
 * throws for what a guest does.
 */
export class Engine {
  readonly #options: EngineOptions;
  readonly #components: ComponentStore;
  readonly #jco: RunnerBackend;
  readonly #wasmtime: WasmtimeBackend;
  readonly #backends: Readonly<Record<EngineName, Backend>>;
  /** Instances that are not there yet, with what cancels their start. */
  readonly #starting = new Map<InstanceId, AbortController>();

  constructor(options: EngineOptions) {
    const { cacheDir, files, node } = options;
    const log = (line: string) => {
      options.log(line);
    };
    this.#options = options;
    this.#components = new ComponentStore({ cacheDir, transpiler: files.transpiler, node, log });
    const dispose = (id: InstanceId) => this.disposeInstance(id);
    this.#jco = new RunnerBackend({ options, components: this.#components, dispose });
    this.#wasmtime = new WasmtimeBackend({ options, components: this.#components });
    this.#backends = { jco: this.#jco, wasmtime: this.#wasmtime };
  }

  /** Reads a component, or says why the file cannot be run and what to do about it. */
  async readBuild(path: string): Promise<Result<Build, EngineError>> {
    const read = await this.#components.read(path);
    if (read.ok) this.#jco.dropOutdated(read.value);
    return read;
  }

  /** Takes over what was read of a build elsewhere, so that its file is not read again before its first start. */
  learn(build: Build, summary: Summary): void {
    this.#components.learn(build, summary);
    this.#jco.dropOutdated(build);
  }

  /** Sets how many instances are pre-warmed from now on. */
  limitStandbys(limits: StandbyLimits): void {
    this.#jco.limitStandbys(limits);
  }

  /** The wasmtime that instances would be made on now, or why there is none; for those who offer it as an engine. */
  async wasmtime(): Promise<Result<WasmtimeProgram, StartFailure>> {
    return await this.#wasmtime.program();
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
    options: BackendStart = {},
  ): Promise<Instance> {
    const { signal, onInspector, countHostCalls = false } = options;
    const request = { build, profile, io, debug: onInspector !== undefined, countHostCalls };
    const backend = this.#backends[engineOf(profile)];
    const prewarmed = backend.take(request, options.onAdded);
    if (prewarmed !== undefined) return prewarmed;
    const { registry } = this.#options;
    const added = registry.add(build, profile, { debugged: request.debug });
    const { id } = added;
    options.onAdded?.(added);
    const cancel = new AbortController();
    this.#starting.set(id, cancel);
    try {
      await this.#stoppedBy(signal, id, () => backend.start(id, request, options, cancel.signal));
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
      // It was pre-warmed or its backend makes calls apart, and it has not been called yet; or it did not come up.
      if (instance.state.type !== 'ready') return { instance };
      const call = await this.call(id, ref, [], defined({ signal }));
      return { instance, call };
    }
    const call = await this.#stoppedBy(signal, id, () => first.ended.promise);
    this.#afterCall(id);
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
    const live = this.#live(id);
    if (instance === undefined) throw new CallRefused({ type: 'disposed' });
    const refusal =
      refusalOf(instance.state) ?? (instance.standby && live !== undefined ? { type: 'standby' } : null);
    if (refusal !== null || live === undefined)
      throw new CallRefused(refusal ?? { type: 'no-runner' }, instance);
    try {
      return await this.#stoppedBy(signal, id, () => live.call(requestFor(instance)));
    } finally {
      this.#afterCall(id);
    }
  }

  /** Says what a call returned, as text for people. */
  noteResult(id: InstanceId, call: Call, result: string): void {
    this.#options.registry.noteResult(id, call.number, result);
  }

  /** Records the trap that a debugger holds an instance at, so that a stop there does not hide it. */
  noteTrap(id: InstanceId, trap: Extract<Outcome, { type: 'trapped' }>): void {
    this.#live(id)?.noteTrap(trap);
  }

  /**
   * Ends an instance at once, whatever its guest is doing. Resolves when the registry says so; does nothing
   * for one that has ended.
   */
  async stop(id: InstanceId, reason: StopReason): Promise<void> {
    const live = this.#live(id);
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
    if (this.#live(id)?.release() !== true) await this.stop(id, { type: 'user' });
    for (const name of engineNames) this.#backends[name].forget(id);
    this.#options.registry.remove(id);
  }

  /** Gives the guest bytes to read, where its stdin is a terminal. */
  writeStdin(id: InstanceId, bytes: Uint8Array): void {
    this.#live(id)?.writeStdin(bytes);
  }

  /** Ends the guest's input. */
  endStdin(id: InstanceId): void {
    this.#live(id)?.endStdin();
  }

  /** The process that an instance runs in, while there is one. */
  pidOf(id: InstanceId): number | undefined {
    return this.#live(id)?.pid;
  }

  /** Ends every instance. Resolves when the registry says so; every process has been killed by then. */
  async shutdown(): Promise<void> {
    this.#components.dispose();
    const backends = engineNames.map((name) => this.#backends[name]);
    for (const backend of backends) backend.dispose();
    await Promise.all(
      [...this.#starting.keys(), ...backends.flatMap((backend) => backend.ids())].map((id) =>
        this.stop(id, { type: 'shutdown' }),
      ),
    );
  }

  #live(id: InstanceId): EngineInstance | undefined {
    return this.#jco.get(id) ?? this.#wasmtime.get(id);
  }

  #afterCall(id: InstanceId): void {
    for (const name of engineNames) this.#backends[name].afterCall(id);
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
