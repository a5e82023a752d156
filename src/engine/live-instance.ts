import { defined } from '../base/defined';
import { monotonicMs } from '../base/clock';
import type { Call, ExportRef, Outcome, StopReason } from '../instance/call';
import { isAlive } from '../instance/life';
import type { Profile } from '../instance/profile';
import type { CallEnd, Instance, InstanceId, InstanceRegistry } from '../instance/registry';
import type { Backtrace } from './backtrace';
import { Deferred } from '../base/deferred';
import { deliver, type GuestIo, type InheritedIo } from './guest-io';
import type { ExitInfo, RunnerProcess } from './runner-process';
import { programOf } from './start-command';
import { WireError, type Command, type Report, type WireOutcome } from './wire';
import type { ReadLimits } from './wire-reading';

/** How long a killed runner may take to hand over what its guest had printed, before its end counts all the same. */
const drainMs = 20;

/** How long the rest of a stopped guest's output waits for its taker, before it is thrown away. */
const untakenMs = 2000;

/** How much a standby may print before it is used; more waits in its pipe. */
const mostHeldBytes = 65_536;

/** What an instance needs of the engine that owns it. */
export interface LiveContext {
  readonly registry: InstanceRegistry;
  /** Takes a runner back whose instance has ended cleanly and left nothing behind. */
  giveBack(runner: RunnerProcess): void;
  /** Why a repeated call would trap, asked when a call has ended and the instance lives. */
  spentReason(instance: Instance): string | undefined;
  /** Set for an instance that is debugged from the start. */
  readonly onInspector?: InspectorHandler | undefined;
  /** Finds out where the guest trapped. */
  backtrace(stack: string): Promise<Backtrace>;
  /** How many core modules a debugger has to read before its breakpoints stand. */
  readonly moduleCount: number;
}

/**
 * Hears the inspector's address and how many core modules there are, while the guest waits. The guest goes on when the promise settles;
 * a rejection stops the instance.
 */
export type InspectorHandler = (url: string, moduleCount: number) => Promise<void>;

type Trap = Extract<WireOutcome, { type: 'trapped' }>;

/** What the history tells of a call from its beginning. */
interface Announced {
  readonly ref: ExportRef;
  readonly argumentText: string;
  readonly profile: Profile;
}

/** A call to be made. */
export interface WantedCall extends Announced {
  readonly args: readonly unknown[];
  /** Handles among them that the callee takes for good. */
  readonly gives?: readonly number[];
}

/** A resource to be dropped, by the number that stands for it on the wire. */
export interface WantedDrop extends Announced {
  readonly handle: number;
}

/** A stream or a future to be read, by the number that stands for it on the wire. */
export interface WantedRead extends Announced {
  readonly handle: number;
  /** Whether its items are numbers. */
  readonly numbers: boolean;
  readonly limits: ReadLimits;
}

/** A call that comes with the start; `ended` settles only if the instance came up. */
export interface FirstCall extends WantedCall {
  readonly ended: Deferred<Call>;
}

/** A call that is going on. */
interface OpenCall {
  readonly call: Call;
  readonly startedAt: number;
  readonly done: Deferred<void>;
  readonly timer: NodeJS.Timeout | undefined;
}

/** A longer time makes Node's timers fire at once; nobody will see these 24 days end. */
const longestTimerMs = 2 ** 31 - 1;

/** An instance that has a runner: turns what the runner reports, and how it ends, into what the registry records. */
export class LiveInstance {
  readonly id: InstanceId;
  readonly #runner: RunnerProcess;
  readonly #context: LiveContext;
  readonly #started = new Deferred<void>();
  readonly #gone = new Deferred<void>();
  #open: OpenCall | undefined;
  #first: FirstCall | undefined;
  #stopReason: StopReason | undefined;
  /** Why the runner ends by itself, where it could say so. */
  #endReason: string | undefined;
  /** The trap of the current call, while a debugger holds the guest there. */
  #heldTrap: Extract<Outcome, { type: 'trapped' }> | undefined;
  #isGone = false;
  #inspected = false;
  /** Whether another instance may follow in the runner, as of the last call. */
  #renewable = false;
  #output: (stream: 'stdout' | 'stderr', bytes: Uint8Array) => void;
  /** Pending while a trap is looked into: the call has ended, but the registry does not know it yet. */
  #tracing: Promise<void> | undefined;

  /** @param io undefined for a standby, which gets it from {@link adopt} */
  constructor(
    id: InstanceId,
    runner: RunnerProcess,
    io: GuestIo | InheritedIo | undefined,
    context: LiveContext,
  ) {
    this.id = id;
    this.#runner = runner;
    this.#context = context;
    this.#output = io === undefined ? this.#hold() : outputTo(io, runner);
    runner.attach({
      output: (stream, bytes) => {
        this.#output(stream, bytes);
      },
      report: (report, sizeBytes) => {
        this.#hear(report, sizeBytes);
      },
    });
    void runner.exited.then((exit) => {
      this.#end(exit);
    });
  }

  /** Settles when the instance has no runner any more. */
  get gone(): Promise<void> {
    return this.#gone.promise;
  }

  get pid(): number | undefined {
    return this.#runner.pid;
  }

  /**
   * Resolves when the instance is up or has failed to come up, at latest after `timeoutMs`; the registry knows which.
   * A first call is sent right behind, so that the runner goes on to it without waiting for us.
   */
  async start(command: Command, timeoutMs: number | undefined, first?: FirstCall): Promise<void> {
    this.#first = first;
    this.#runner.send(command);
    if (first !== undefined) this.#sendCall(first);
    const timer = this.#stopLater(timeoutMs);
    await this.#started.promise;
    clearTimeout(timer);
  }

  /** Calls an export of an instance that accepts calls. Resolves when the call has ended, however it did. */
  async call(wanted: WantedCall): Promise<Call> {
    const open = this.#begin(wanted);
    this.#sendCall(wanted);
    await open.done.promise;
    return this.#lastCall(open);
  }

  /** Drops a resource: a call of its destructor, for all that the registry records. Resolves when that has ended. */
  async drop(wanted: WantedDrop): Promise<Call> {
    const open = this.#begin(wanted);
    this.#runner.send({ type: 'drop', handle: wanted.handle });
    await open.done.promise;
    return this.#lastCall(open);
  }

  /** Reads a stream or a future, which lets the guest go on: a call for all that the registry records. Resolves when that has ended. */
  async read(wanted: WantedRead): Promise<Call> {
    const open = this.#begin(wanted);
    const { handle, numbers, limits } = wanted;
    this.#runner.send({ type: 'read', handle, numbers, limits });
    await open.done.promise;
    return this.#lastCall(open);
  }

  /** Gives a standby its user. What its start functions printed comes first. */
  adopt(io: GuestIo | InheritedIo, profile: Profile): void {
    this.#context.registry.claimed(this.id, profile);
    const held = this.#held;
    this.#held = [];
    this.#output = outputTo(io, this.#runner);
    this.#runner.resume();
    for (const { stream, bytes } of held) this.#output(stream, bytes);
  }

  /** Lets go of the runner, if another instance may follow in it. False if the instance has to be stopped instead. */
  release(): boolean {
    const state = this.#context.registry.get(this.id)?.state.type;
    const idle = state === 'ready' || state === 'spent' || state === 'exited';
    // A runner that is being stopped is no use to anybody, even while its process is still there.
    if (this.#stopReason !== undefined) return false;
    if (this.#isGone || !idle || !this.#renewable || this.#runner.stdinUsed || !this.#runner.alive)
      return false;
    this.#isGone = true;
    this.#gone.resolve();
    this.#context.giveBack(this.#runner);
    return true;
  }

  /** Records the trap that a debugger holds the guest at: it is how the call ends, even if the instance is stopped there. */
  noteTrap(trap: Extract<Outcome, { type: 'trapped' }>): void {
    if (this.#open !== undefined) this.#heldTrap = trap;
  }

  /** Kills the runner. Resolves when the registry says so too, within 100 ms even if the guest spins or its output is not taken. */
  async stop(reason: StopReason): Promise<void> {
    if (this.#isGone) return;
    this.#stopReason ??= reason;
    this.#runner.kill();
    // The guest does nothing more. The system may take its time to clear a large process away, or one of low priority beside busy ones,
    // and who takes the output may hold up what it printed last; neither holds up the stop.
    const deadline = setTimeout(() => {
      this.#end({ code: null, signal: 'SIGKILL', lastWords: '' });
      setTimeout(() => {
        this.#runner.discard();
      }, untakenMs).unref();
    }, drainMs);
    await this.#gone.promise;
    clearTimeout(deadline);
  }

  writeStdin(bytes: Uint8Array): void {
    this.#runner.writeStdin(bytes);
  }

  endStdin(): void {
    this.#runner.endStdin();
  }

  #held: { stream: 'stdout' | 'stderr'; bytes: Uint8Array }[] = [];

  #hold(): (stream: 'stdout' | 'stderr', bytes: Uint8Array) => void {
    let heldBytes = 0;
    return (stream, bytes) => {
      this.#held.push({ stream, bytes });
      heldBytes += bytes.length;
      if (heldBytes > mostHeldBytes) this.#runner.pause();
    };
  }

  #sendCall({ ref, args, gives, profile }: WantedCall): void {
    const program = programOf(this.#instance().build, profile);
    this.#runner.send({ type: 'call', ref, args, ...defined({ gives }), program });
  }

  #begin({ ref, argumentText, profile }: Announced): OpenCall {
    const call = this.#context.registry.called(this.id, ref, argumentText, profile);
    const timer = this.#stopLater(profile.timeoutMs);
    const open = { call, startedAt: monotonicMs(), done: new Deferred<void>(), timer };
    this.#open = open;
    return open;
  }

  #beginFirst(): void {
    const first = this.#first;
    if (first === undefined) return;
    this.#first = undefined;
    const open = this.#begin(first);
    void open.done.promise.then(() => {
      first.ended.resolve(this.#lastCall(open));
    });
  }

  #lastCall({ call }: OpenCall): Call {
    return this.#context.registry.get(this.id)?.calls.at(-1) ?? call;
  }

  #stopLater(timeoutMs: number | undefined): NodeJS.Timeout | undefined {
    if (timeoutMs === undefined) return undefined;
    return setTimeout(
      () => void this.stop({ type: 'timeout', limitMs: timeoutMs }),
      Math.min(timeoutMs, longestTimerMs),
    );
  }

  #instance(): Instance {
    const instance = this.#context.registry.get(this.id);
    if (instance === undefined) throw new Error(`The instance ${this.id} is gone.`);
    return instance;
  }

  #hear(report: Report, sizeBytes: number): void {
    // What a stopped runner had still to say does not count: the stop is how it ended.
    if (this.#isGone || this.#stopReason !== undefined) return;
    const { registry } = this.#context;
    switch (report.type) {
      case 'inspector':
        this.#letDebuggerIn(report.url);
        break;
      case 'ready':
        registry.instantiated(this.id, report.memoryBytes);
        this.#beginFirst();
        this.#started.resolve();
        break;
      case 'not-started':
        this.#failToStart(report.message, report.outcome);
        break;
      case 'ended':
        this.#endReported(report, sizeBytes);
        break;
      case 'ending':
        this.#endReason = report.reason;
        break;
    }
  }

  #letDebuggerIn(url: string): void {
    const { onInspector, moduleCount } = this.#context;
    // A runner opens its inspector only if it is told to, and once.
    if (onInspector === undefined || this.#inspected)
      throw new WireError('A runner opened an inspector by itself.');
    this.#inspected = true;
    onInspector(url, moduleCount).then(
      () => {
        this.#runner.send({ type: 'proceed' });
      },
      () => void this.stop({ type: 'user' }),
    );
  }

  #failToStart(message: string, outcome: WireOutcome | undefined): void {
    const { registry } = this.#context;
    if (outcome?.type === 'trapped')
      registry.endedInStart(this.id, { type: 'trapped', message: outcome.message });
    else if (outcome?.type === 'exited')
      registry.endedInStart(this.id, { type: 'exited', code: outcome.code });
    else registry.couldNotStart(this.id, message);
    this.#started.resolve();
    this.#runner.kill();
  }

  #endReported(report: Extract<Report, { type: 'ended' }>, sizeBytes: number): void {
    // Each call ends once; a runner that is beyond trust could have a million traps looked into.
    if (this.#open === undefined || this.#tracing !== undefined) return;
    const { outcome, durationMs, memoryBytes, hostCalls, networkDenied } = report;
    this.#renewable = report.renewable;
    const measured = {
      durationMs,
      memoryAfterBytes: memoryBytes,
      resultBytes: sizeBytes,
      ...defined({ hostCalls, networkDenied }),
    };
    if (outcome.type !== 'trapped') {
      this.#endCall({ outcome: outcomeOf(outcome), ...measured });
      return;
    }
    this.#tracing = this.#traced(outcome).then((traced) => {
      this.#tracing = undefined;
      this.#endCall({ outcome: traced, ...measured });
    });
  }

  async #traced({ message, stack }: Trap): Promise<Outcome> {
    const { frames, outOfMemory } = await this.#context.backtrace(stack);
    const limitBytes = this.#instance().profile.maxMemoryBytes;
    return outOfMemory && limitBytes !== undefined
      ? { type: 'stopped', reason: { type: 'memory', limitBytes } }
      : { type: 'trapped', message, frames };
  }

  #endCall(end: CallEnd): void {
    const { outcome } = end;
    const open = this.#open;
    if (open === undefined) return;
    this.#open = undefined;
    this.#heldTrap = undefined;
    clearTimeout(open.timer);
    const lives = outcome.type === 'ok' || outcome.type === 'error';
    const spent = lives ? this.#context.spentReason(this.#instance()) : undefined;
    this.#context.registry.callEnded(this.id, { ...end, ...defined({ spent }) });
    if (!lives && !this.release()) this.#runner.kill();
    open.done.resolve();
  }

  /** The runner is gone, or was killed and does not hand over the rest of its output. */
  #end(exit: ExitInfo): void {
    if (this.#isGone) return;
    if (this.#tracing !== undefined) {
      void this.#tracing.then(() => {
        this.#end(exit);
      });
      return;
    }
    this.#isGone = true;
    const { registry } = this.#context;
    const reason = this.#stopReason ?? { type: 'runner-died', detail: this.#endReason ?? describeExit(exit) };
    const state = registry.get(this.id)?.state;
    if (state?.type === 'running') {
      this.#endCall({
        outcome: this.#heldTrap ?? { type: 'stopped', reason },
        durationMs: monotonicMs() - (this.#open?.startedAt ?? 0),
      });
    } else if (state?.type === 'starting' && reason.type === 'runner-died') {
      registry.couldNotStart(
        this.id,
        this.#endReason ?? `the isolated process ended while it was starting (${reason.detail})`,
      );
    } else if (state !== undefined && isAlive(state)) registry.stopped(this.id, reason);
    this.#started.resolve();
    this.#gone.resolve();
  }
}

function outputTo(
  io: GuestIo | InheritedIo,
  runner: RunnerProcess,
): (stream: 'stdout' | 'stderr', bytes: Uint8Array) => void {
  return 'inherit' in io ? () => undefined : deliver(io, runner);
}

/** How a call ended that did not trap. */
function outcomeOf(outcome: Exclude<WireOutcome, Trap>): Outcome {
  switch (outcome.type) {
    case 'ok':
    case 'error':
      return outcome.value === undefined
        ? { type: outcome.type }
        : { type: outcome.type, value: outcome.value };
    case 'exited':
      return outcome;
    case 'output-closed':
      return { type: 'stopped', reason: { type: 'output-closed' } };
  }
}

/** How a runner ended that nobody stopped, with its last words where it had any. */
function describeExit({ code, signal, lastWords, broken }: ExitInfo): string {
  if (broken !== undefined) return `stopped for what it sent: ${broken}`;
  const how = signal === null ? `exit status ${String(code)}` : `killed by ${signal}`;
  const words = lastWords.split('\n').find((line) => /FATAL|Error|error/.test(line));
  return words === undefined ? how : `${how}: ${words.trim()}`;
}
