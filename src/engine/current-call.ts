import { trapOf } from '../component/trap';
import { monotonicMs } from '../base/clock';
import { Deferred } from '../base/deferred';
import { defined } from '../base/defined';
import type { Outcome } from '../component/outcome';
import type { Call } from '../instance/call';
import type { SpentReason } from '../instance/life';
import type { CallEnd, Instance, InstanceId, InstanceRegistry } from '../instance/registry';
import type { Backtrace } from './backtrace';
import type { CallRequest } from './call-request';
import type { Report, WireOutcome } from './wire';

type WireTrap = Extract<WireOutcome, { type: 'trapped' }>;

/** What the calls of an instance need of it. */
export interface CurrentCallParts {
  readonly id: InstanceId;
  readonly registry: InstanceRegistry;
  /** Why the instance is spent, asked when a call has returned. */
  readonly spentReason: (instance: Instance) => SpentReason | undefined;
  /** Finds out where the guest trapped. */
  readonly backtrace: (stack: string) => Promise<Backtrace>;
  /** Starts the time limit of a call. */
  readonly limit: (timeoutMs: number | undefined) => NodeJS.Timeout | undefined;
  /** Called when a call has ended. `lives` says whether the guest can be called again. */
  readonly onEnded: (lives: boolean) => void;
}

interface OpenCall {
  readonly startedAt: number;
  readonly done: Deferred<void>;
  readonly timer: NodeJS.Timeout | undefined;
}

/** The call that an instance is in, if any. Records its beginning and its end in the registry. */
export class CurrentCall {
  readonly #parts: CurrentCallParts;
  #open: OpenCall | undefined;
  #renewable = false;
  /** The trap of the call, while a debugger holds the guest there. */
  #heldTrap: Extract<Outcome, { type: 'trapped' }> | undefined;
  /** Pending while the place of a trap is looked up: the call has ended, but the registry does not know it yet. */
  #tracing: Promise<void> | undefined;

  constructor(parts: CurrentCallParts) {
    this.#parts = parts;
  }

  /** Pending while the end of the call is not recorded yet. */
  get tracing(): Promise<void> | undefined {
    return this.#tracing;
  }

  /** Whether another instance may follow in the runner, as of the last call. */
  get renewable(): boolean {
    return this.#renewable;
  }

  /** Records that a call begins. Resolves with it when it has ended, however it did. */
  begin({ ref, argumentText, profile }: CallRequest): Promise<Call> {
    const { id, registry, limit } = this.#parts;
    const call = registry.called(id, ref, argumentText, profile);
    const timer = limit(profile.timeoutMs);
    const done = new Deferred<void>();
    this.#open = { startedAt: monotonicMs(), done, timer };
    return done.promise.then(() => registry.get(id)?.calls.at(-1) ?? call);
  }

  /**
   * Records the trap at which a debugger holds the guest: the call ends with it, even if the instance is
   * stopped there.
   */
  noteTrap(trap: Extract<Outcome, { type: 'trapped' }>): void {
    if (this.#open !== undefined) this.#heldTrap = trap;
  }

  /** Records what a runner says about the end of the call. */
  report({ outcome, ...report }: Extract<Report, { type: 'ended' }>, sizeBytes: number): void {
    // A call ends once: a runner that was taken over must not have a million traps looked up.
    if (this.#open === undefined || this.#tracing !== undefined) return;
    const { durationMs, memoryBytes, hostCalls, networkDenied } = report;
    this.#renewable = report.renewable;
    const measured = {
      durationMs,
      memoryAfterBytes: memoryBytes,
      resultBytes: sizeBytes,
      ...defined({ hostCalls, networkDenied }),
    };
    if (outcome.type !== 'trapped') {
      this.#end({ outcome: outcomeOf(outcome), ...measured });
      return;
    }
    this.#tracing = this.#trace(outcome).then((traced) => {
      this.#tracing = undefined;
      this.#end({ outcome: traced, ...measured });
    });
  }

  /** Ends the call where the runner did not report an end. */
  cutOff(outcome: Outcome): void {
    const durationMs = monotonicMs() - (this.#open?.startedAt ?? 0);
    this.#end({ outcome: this.#heldTrap ?? outcome, durationMs });
  }

  async #trace({ kind, message, stack, fault }: WireTrap): Promise<Outcome> {
    const { frames, outOfMemory } = await this.#parts.backtrace(stack);
    const limitBytes = this.#instance().profile.maxMemoryBytes;
    return outOfMemory && limitBytes !== undefined
      ? { type: 'stopped', reason: { type: 'memory', limitBytes } }
      : { type: 'trapped', trap: trapOf(kind, message, fault), frames };
  }

  #end(end: CallEnd): void {
    const open = this.#open;
    if (open === undefined) return;
    this.#open = undefined;
    this.#heldTrap = undefined;
    clearTimeout(open.timer);
    const { id, registry, spentReason, onEnded } = this.#parts;
    const lives = end.outcome.type === 'ok' || end.outcome.type === 'error';
    const spent = lives ? spentReason(this.#instance()) : undefined;
    registry.callEnded(id, { ...end, ...defined({ spent }) });
    onEnded(lives);
    open.done.resolve();
  }

  #instance(): Instance {
    const { id, registry } = this.#parts;
    const instance = registry.get(id);
    if (instance === undefined) throw new Error(`The instance ${id} is gone.`);
    return instance;
  }
}

/** How a call ended that did not trap. */
function outcomeOf(outcome: Exclude<WireOutcome, WireTrap>): Outcome {
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
