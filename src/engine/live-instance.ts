import type { Verdict } from '../reuse/verdict';
import { trapOf } from '../component/trap';
import { defined } from '../base/defined';
import { Deferred } from '../base/deferred';
import type { ImportFault } from '../component/import-fault';
import type { Outcome, StartFailure, StopReason } from '../component/outcome';
import type { Call } from '../instance/call';
import { isAlive } from '../instance/life';
import type { Profile } from '../instance/profile';
import type { Instance, InstanceId, InstanceRegistry } from '../instance/registry';
import type { Backtrace } from './backtrace';
import type { CallRequest, FirstCall } from './call-request';
import { CurrentCall } from './current-call';
import type { GuestIo, InheritedIo } from './guest-io';
import { GuestOutput } from './guest-output';
import { describeExit, type ExitInfo, type RunnerProcess } from './runner-process';
import type { LinkMaker } from './link-maker';
import { drainMs, longestTimerMs, untakenMs } from './stop-times';
import { WireError, type Command, type Report, type WireLink, type WireOutcome } from './wire';

/** What an instance needs of the engine that owns it. */
export interface LiveParts {
  readonly id: InstanceId;
  readonly runner: RunnerProcess;
  /** The user's streams; undefined for a standby, which gets them from {@link LiveInstance.adopt}. */
  readonly io: GuestIo | InheritedIo | undefined;
  readonly registry: InstanceRegistry;
  /** Takes back a runner whose instance has ended cleanly and left nothing behind. */
  giveBack(runner: RunnerProcess): void;
  /** Why a repeated call would trap, asked when a call has ended and the instance lives. */
  spentReason(instance: Instance): Verdict | undefined;
  /** Set for an instance that is debugged from the start. */
  readonly onInspector?: InspectorHandler | undefined;
  /** Finds out where the guest trapped. */
  backtrace(stack: string): Promise<Backtrace>;
  /** Makes the symbolic links that the guest asks for. */
  readonly links: LinkMaker;
  /** How many core modules a debugger has to read before its breakpoints stand. */
  readonly moduleCount: number;
}

/**
 * Called with the inspector's address and the number of core modules, while the guest waits. The guest runs
 * when the promise resolves; a rejection stops the instance.
 */
export type InspectorHandler = (url: string, moduleCount: number) => Promise<void>;

/** An instance that has a runner. Turns what the runner reports, and how it ends, into what the registry records. */
export class LiveInstance {
  readonly #parts: LiveParts;
  readonly #output: GuestOutput;
  readonly #current: CurrentCall;
  readonly #started = new Deferred<void>();
  readonly #gone = new Deferred<void>();
  #first: FirstCall | undefined;
  #stopReason: StopReason | undefined;
  /** What ends the runner from inside, where it could say so. */
  #endedBy: ImportFault | undefined;
  #isGone = false;
  #inspected = false;
  #isLinking = false;

  constructor(parts: LiveParts) {
    this.#parts = parts;
    const { id, runner, registry } = parts;
    this.#output = new GuestOutput(runner, parts.io);
    this.#current = new CurrentCall({
      id,
      registry,
      spentReason: (instance) => parts.spentReason(instance),
      backtrace: (stack) => parts.backtrace(stack),
      limit: (timeoutMs) => this.#stopLater(timeoutMs),
      onEnded: (lives) => {
        if (!lives && !this.release()) runner.kill();
      },
    });
    runner.attach({
      output: (stream, bytes) => {
        this.#output.write(stream, bytes);
      },
      report: (report, sizeBytes) => {
        this.#take(report, sizeBytes);
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
    return this.#parts.runner.pid;
  }

  /**
   * Resolves when the instance is up or has failed to come up, at latest after `timeoutMs`; the registry knows which.
   * A first call is sent together with the start, so that the runner makes it without waiting for us.
   */
  async start(command: Command, timeoutMs: number | undefined, first?: FirstCall): Promise<void> {
    const { runner } = this.#parts;
    this.#first = first;
    runner.send(command);
    if (first !== undefined) runner.send(first.command);
    const timer = this.#stopLater(timeoutMs);
    await this.#started.promise;
    clearTimeout(timer);
  }

  /** Makes a call on an instance that accepts calls. Resolves when the call has ended, however it did. */
  async call(request: CallRequest): Promise<Call> {
    const ended = this.#current.begin(request);
    this.#parts.runner.send(request.command);
    return await ended;
  }

  /** Hands a standby to its user. What its start functions printed comes first. */
  adopt(io: GuestIo | InheritedIo, profile: Profile): void {
    const { id, registry } = this.#parts;
    registry.claimed(id, profile);
    this.#output.adopt(io);
  }

  /** Gives the runner back, if another instance may follow in it. False if the instance has to be stopped instead. */
  release(): boolean {
    const { id, runner, registry } = this.#parts;
    const state = registry.get(id)?.state.type;
    const idle = state === 'ready' || state === 'spent' || state === 'exited';
    // A runner that is being stopped cannot be reused, even while its process is still there.
    if (this.#stopReason !== undefined || this.#isGone) return false;
    if (!idle || !this.#current.renewable || runner.stdinUsed || !runner.alive) return false;
    this.#isGone = true;
    this.#gone.resolve();
    this.#parts.giveBack(runner);
    return true;
  }

  /**
   * Records the trap at which a debugger holds the guest: the call ends with it, even if the instance is
   * stopped there.
   */
  noteTrap(trap: Extract<Outcome, { type: 'trapped' }>): void {
    this.#current.noteTrap(trap);
  }

  /**
   * Kills the runner. Resolves when the registry says so too, within 100 ms even if the guest spins or its
   * output is not taken.
   */
  async stop(reason: StopReason): Promise<void> {
    if (this.#isGone) return;
    const { runner } = this.#parts;
    this.#stopReason ??= reason;
    runner.kill();
    // The guest does nothing more. The system may take its time to end a large process, or one of low
    // priority beside busy ones, and the last output may not be taken at once; neither delays the stop.
    const deadline = setTimeout(() => {
      this.#end({ code: null, signal: 'SIGKILL', lastWords: '' });
      setTimeout(() => {
        runner.discard();
      }, untakenMs).unref();
    }, drainMs);
    await this.#gone.promise;
    clearTimeout(deadline);
  }

  writeStdin(bytes: Uint8Array): void {
    this.#parts.runner.writeStdin(bytes);
  }

  endStdin(): void {
    this.#parts.runner.endStdin();
  }

  #stopLater(timeoutMs: number | undefined): NodeJS.Timeout | undefined {
    if (timeoutMs === undefined) return undefined;
    return setTimeout(
      () => void this.stop({ type: 'timeout', limitMs: timeoutMs }),
      Math.min(timeoutMs, longestTimerMs),
    );
  }

  #take(report: Report, sizeBytes: number): void {
    // Ignore reports after a stop: the stop is how the instance ended.
    if (this.#isGone || this.#stopReason !== undefined) return;
    const { id, registry } = this.#parts;
    switch (report.type) {
      case 'inspector':
        this.#letDebuggerIn(report.url);
        break;
      case 'ready':
        registry.instantiated(id, report.memoryBytes);
        this.#beginFirst();
        this.#started.resolve();
        break;
      case 'not-started':
        this.#failToStart(report.failure, report.outcome);
        break;
      case 'ended':
        this.#current.report(report, sizeBytes);
        break;
      case 'link':
        this.#makeLink(report.link);
        break;
      case 'ending':
        this.#endedBy = report.fault;
        break;
    }
  }

  #beginFirst(): void {
    const first = this.#first;
    if (first === undefined) return;
    this.#first = undefined;
    void this.#current.begin(first).then((call) => {
      first.ended.resolve(call);
    });
  }

  #letDebuggerIn(url: string): void {
    const { onInspector, moduleCount, runner } = this.#parts;
    // A runner opens its inspector only if it is told to, and once.
    if (onInspector === undefined || this.#inspected)
      throw new WireError('A runner opened an inspector by itself.');
    this.#inspected = true;
    onInspector(url, moduleCount).then(
      () => {
        runner.send({ type: 'proceed' });
      },
      () => void this.stop({ type: 'user' }),
    );
  }

  #makeLink(link: WireLink): void {
    const { links, runner } = this.#parts;
    // A runner waits for the answer.
    if (this.#isLinking) throw new WireError('A runner asked for two links at once.');
    this.#isLinking = true;
    void links.make(link).then((error) => {
      this.#isLinking = false;
      if (!this.#isGone && runner.alive) runner.send({ type: 'linked', ...defined({ error }) });
    });
  }

  #failToStart(failure: StartFailure, outcome: WireOutcome | undefined): void {
    const { id, registry, runner } = this.#parts;
    if (outcome?.type === 'trapped')
      registry.endedInStart(id, {
        type: 'trapped',
        trap: trapOf(outcome.kind, outcome.message, outcome.fault),
      });
    else if (outcome?.type === 'exited') registry.endedInStart(id, { type: 'exited', code: outcome.code });
    else registry.couldNotStart(id, failure);
    this.#started.resolve();
    runner.kill();
  }

  #deathBy(exit: ExitInfo): StopReason & { readonly type: 'runner-died' | 'import-ended' } {
    const fault = this.#endedBy;
    return fault === undefined
      ? { type: 'runner-died', detail: describeExit(exit) }
      : { type: 'import-ended', fault };
  }

  /** The runner has ended, or was killed and does not hand over the rest of its output. */
  #end(exit: ExitInfo): void {
    if (this.#isGone) return;
    const { tracing } = this.#current;
    if (tracing !== undefined) {
      void tracing.then(() => {
        this.#end(exit);
      });
      return;
    }
    this.#isGone = true;
    const { id, registry } = this.#parts;
    const reason = this.#stopReason ?? this.#deathBy(exit);
    const state = registry.get(id)?.state;
    if (state?.type === 'running') this.#current.cutOff({ type: 'stopped', reason });
    else if (state?.type === 'starting' && reason.type === 'runner-died')
      registry.couldNotStart(id, { code: 'runner-ended', detail: reason.detail });
    else if (state?.type === 'starting' && reason.type === 'import-ended')
      registry.couldNotStart(id, { code: 'import-fault', fault: reason.fault });
    else if (state !== undefined && isAlive(state)) registry.stopped(id, reason);
    this.#started.resolve();
    this.#gone.resolve();
  }
}
