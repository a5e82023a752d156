import { Deferred } from '../../base/deferred';
import { isRunRef, type Call } from '../../instance/call';
import type { EngineLack } from '../../component/engine-lack';
import type { StopReason } from '../../component/outcome';
import type { ValueType } from '../../component/types';
import type { Profile } from '../../instance/profile';
import type { Instance, InstanceId, InstanceRegistry } from '../../instance/registry';
import type { EngineInstance } from '../backend';
import type { CallRequest } from '../call-request';
import { CurrentCall } from '../current-call';
import { CallRefused } from '../errors';
import type { GuestIo, InheritedIo } from '../guest-io';
import { drainMs, longestTimerMs, untakenMs } from '../stop-times';
import { argv0Option, lackOf, optionsFor, type ComponentNeeds } from './flags';
import { invocationOf } from './invoke';
import { outcomeOf } from './outcome';
import { WasmtimeProcess } from './process';
import type { WasmtimeProgram } from './program';
import { wasRebuilt } from './rebuilt';
import type { Watchdog } from './watchdog';

/**
 * How long wasmtime may compile a component before the time limit of its call ends it, in ms: `-W timeout` counts from then on, and is the
 * one that ends guests. A component of 12 MB takes 40 s on a busy machine.
 */
const compileMs = 120_000;

/** What an instance needs of the backend that made it. */
export interface WasmtimeInstanceParts {
  readonly id: InstanceId;
  readonly registry: InstanceRegistry;
  readonly program: WasmtimeProgram;
  /** The path of the component; for a core module, that of the component it was adapted to. */
  readonly file: string;
  readonly needs: ComponentNeeds;
  readonly io: GuestIo | InheritedIo;
  readonly watchdog: Watchdog;
  readonly lowPriority: boolean;
  /** Called when the instance has ended. */
  onGone(): void;
}

/**
 * An instance on the user's wasmtime. It is ready when nothing speaks against its call; the process comes with the call, makes the instance
 * and ends with it.
 */
export class WasmtimeInstance implements EngineInstance {
  readonly #parts: WasmtimeInstanceParts;
  readonly #current: CurrentCall;
  readonly #gone = new Deferred<void>();
  #process: WasmtimeProcess | undefined;
  /** What was typed before there was a process. */
  readonly #typedAhead: Uint8Array[] = [];
  #inputEnded = false;
  #stopReason: StopReason | undefined;
  #isCalled = false;
  #isGone = false;

  constructor(parts: WasmtimeInstanceParts) {
    this.#parts = parts;
    const { id, registry } = parts;
    this.#current = new CurrentCall({
      id,
      registry,
      spentReason: () => 'process-ended',
      backtrace: () => Promise.resolve({ frames: [], outOfMemory: false }),
      limit: (timeoutMs) => this.#stopLater(timeoutMs),
      onEnded: () => {
        this.#leave();
      },
    });
  }

  get pid(): number | undefined {
    return this.#process?.pid;
  }

  async call(request: CallRequest): Promise<Call> {
    const instance = this.#instance();
    if (request.command.type !== 'call' || this.#isCalled)
      throw this.#lacking({ what: 'later-calls' }, instance);
    // Before anything is waited for: a second call must not slip in.
    this.#isCalled = true;
    try {
      const prepared = await this.#prepare(request, request.command.args, instance);
      const ended = this.#current.begin(request);
      if (this.#stopReason === undefined) this.#start(request.profile, prepared);
      else this.#current.cutOff({ type: 'stopped', reason: this.#stopReason });
      return await ended;
    } catch (error) {
      this.#isCalled = false;
      if (this.#stopReason !== undefined) this.#stopIdle(this.#stopReason);
      throw error;
    }
  }

  /** What is needed for a call. Rejects with a CallRefused where it cannot be made. */
  async #prepare(
    { ref, profile }: CallRequest,
    given: readonly unknown[],
    instance: Instance,
  ): Promise<Prepared> {
    const { program, file, needs } = this.#parts;
    const options = optionsFor(program, profile, needs);
    if (!options.ok) throw refused(options.error, instance);
    if (await wasRebuilt(instance.build))
      throw new CallRefused({ type: 'failed', failure: { code: 'rebuilt' } }, instance);
    const invoked = isRunRef(ref) ? undefined : await invocationOf(program, file, ref, given);
    if (invoked?.ok === false) throw refused(invoked.error, instance);
    const invocation = invoked?.value;
    const args = [
      'run',
      ...options.value,
      argv0Option(profile, instance.build.path),
      ...(invocation === undefined ? [] : [`--invoke=${invocation.text}`]),
      file,
      ...profile.args,
    ];
    return { args, result: invocation === undefined ? undefined : invocation.result };
  }

  #start(profile: Profile, { args, result }: Prepared): void {
    const { program, file, needs, io, watchdog, lowPriority } = this.#parts;
    const returns = result !== undefined;
    const started = new WasmtimeProcess({ program, args, file, profile, io, returns, watchdog, lowPriority });
    this.#process = started;
    for (const bytes of this.#typedAhead.splice(0)) started.writeStdin(bytes);
    if (this.#inputEnded) started.endStdin();
    const mayExit = needs.imports.some((name) => name.startsWith('wasi:cli/exit@'));
    void started.ended.then(async (end) => {
      if (this.#isGone) return;
      const outcome =
        this.#stopReason === undefined
          ? await outcomeOf({ end, path: file, profile, result, mayExit })
          : ({ type: 'stopped', reason: this.#stopReason } as const);
      this.#current.cutOff(outcome);
    });
  }

  async stop(reason: StopReason): Promise<void> {
    if (this.#isGone) return;
    const started = this.#process;
    if (started === undefined && !this.#isCalled) {
      this.#stopIdle(reason);
      return;
    }
    this.#stopReason ??= reason;
    const stopReason = this.#stopReason;
    // A call that is being prepared ends before it has a process.
    if (started === undefined) {
      await this.#gone.promise;
      return;
    }
    started.kill();
    // The last output may not be taken at once; that does not delay the stop.
    const deadline = setTimeout(() => {
      this.#current.cutOff({ type: 'stopped', reason: stopReason });
      setTimeout(() => {
        started.discard();
      }, untakenMs).unref();
    }, drainMs);
    await this.#gone.promise;
    clearTimeout(deadline);
  }

  release(): boolean {
    return false;
  }

  noteTrap(): void {
    // No debugger holds its guest anywhere.
  }

  writeStdin(bytes: Uint8Array): void {
    if (this.#process === undefined) this.#typedAhead.push(bytes);
    else this.#process.writeStdin(bytes);
  }

  endStdin(): void {
    this.#inputEnded = true;
    this.#process?.endStdin();
  }

  #stopIdle(reason: StopReason): void {
    const { id, registry } = this.#parts;
    registry.stopped(id, reason);
    this.#leave();
  }

  #lacking(lacking: Parameters<typeof lackOf>[1], instance: Instance): CallRefused {
    return refused(lackOf(this.#parts.program, lacking), instance);
  }

  #leave(): void {
    if (this.#isGone) return;
    this.#isGone = true;
    this.#gone.resolve();
    this.#parts.onGone();
  }

  #stopLater(timeoutMs: number | undefined): NodeJS.Timeout | undefined {
    if (timeoutMs === undefined) return undefined;
    return setTimeout(
      () => void this.stop({ type: 'timeout', limitMs: timeoutMs }),
      Math.min(timeoutMs + compileMs, longestTimerMs),
    );
  }

  #instance(): Instance {
    const { id, registry } = this.#parts;
    const instance = registry.get(id);
    if (instance === undefined) throw new Error(`The instance ${id} is gone.`);
    return instance;
  }
}

/** What a process is started with for a call. */
interface Prepared {
  readonly args: readonly string[];
  /** As in EndedCall. */
  readonly result: ValueType | null | undefined;
}

function refused(lack: EngineLack, instance: Instance): CallRefused {
  return new CallRefused({ type: 'engine-lacks', lack }, instance);
}
