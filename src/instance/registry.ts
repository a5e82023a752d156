import { defined } from '../base/defined';
import { Emitter, type Event } from '../base/event';
import type { Disposable } from '../base/disposable';
import type { ModuleForm } from '../component/module-facts';
import type { Outcome, StartFailure, StopReason } from '../component/outcome';
import { exportLabel, isRunRef, type Call, type ExportRef } from './call';
import { next, type LifeEvent, type SpentReason, type State } from './life';
import type { Profile } from './profile';

/** Names an instance for as long as the registry lives; unique over all components. */
export type InstanceId = string;

/** The build of a component that an instance was made from. */
export interface Build {
  /** Absolute path of the .wasm file. */
  readonly path: string;
  /** SHA-256 of the file's content, in hex. */
  readonly sha256: string;
  /** When the file was last modified, in ms since the epoch. */
  readonly modifiedAt: number;
  /** The file's size in bytes. */
  readonly sizeBytes: number;
  /** Set for a core module, of which a component is made when it is run: what it was made for. */
  readonly adapted?: ModuleForm;
}

/**
 * Calls of each instance that an editor keeps: what they returned may be large, and a console or a loop can make thousands. Each is copied
 * with the list of them at every change, so more would cost every call.
 */
export const callsKeptInEditor = 200;

/** What calls returned is kept where it is small: a size that all kept calls of an instance can have. In bytes, as it comes from the runner. */
const smallResultBytes = 1 << 16;

/** What larger results may be together, of all instances; in memory they may be ten times as much. */
const largeResultsBytes = 1 << 25;

/** A snapshot of one instance. A change makes a new snapshot; an old one never changes. */
export interface Instance {
  readonly id: InstanceId;
  /** Counts from 1 for each component; what users see as `#1`. */
  readonly number: number;
  readonly build: Build;
  readonly profile: Profile;
  readonly state: State;
  /** When it was made, and when its state last changed, in ms since the epoch. */
  readonly createdAt: number;
  readonly changedAt: number;
  /** The latest calls, oldest first. */
  readonly calls: readonly Call[];
  /** How many calls there were, those included that are not kept any more. */
  readonly callCount: number;
  /** How often each export was called, by its label, those calls included that are not kept any more. */
  readonly timesCalled: ReadonlyMap<string, number>;
  /** Whether `wasi:cli/run` was called: only then can a repeated run be the second one. */
  readonly hasRun: boolean;
  /** Linear memory, in bytes, as last heard from the engine. */
  readonly memoryBytes?: number;
  /** Set when the component's file has been rebuilt since. */
  readonly outdated: boolean;
  /** Set for a pre-warmed instance that was not handed out yet. */
  readonly standby: boolean;
  /** Set when a debug session owns the instance. */
  readonly debugged: boolean;
  /** The version of the engine's program, such as `49.0.3`, where it is the user's own. The engine's name is the profile's. */
  readonly engineVersion?: string;
}

/** What changed, with the snapshots after the change. */
export type RegistryChange =
  | { readonly type: 'added'; readonly instance: Instance }
  | { readonly type: 'changed'; readonly instance: Instance; readonly before: Instance }
  | { readonly type: 'removed'; readonly instance: Instance };

/** What a call's end tells. */
export interface CallEnd {
  readonly outcome: Outcome;
  readonly durationMs: number;
  readonly memoryAfterBytes?: number;
  /** How often the call asked the host for something, where that was counted. */
  readonly hostCalls?: number;
  /** Set if it asked for the network, which it was not granted. */
  readonly networkDenied?: true;
  /** Why the instance is spent, where it is. */
  readonly spent?: SpentReason;
  /** How long the report was that brought the result. */
  readonly resultBytes?: number;
}

/** An event reached an instance in a state where it cannot happen: a fault of ours, not of the guest. */
export class IllegalTransition extends Error {
  constructor(instance: Instance, event: LifeEvent) {
    super(
      `Instance #${String(instance.number)} of ${instance.build.path} is ${instance.state.type} and cannot be "${event.type}".`,
    );
    this.name = 'IllegalTransition';
  }
}

/**
 * Every instance of this window: the one place where their states change.
 * The engine writes; views read snapshots and hear changes in the order in which they happened.
 */
export class InstanceRegistry implements Disposable {
  readonly #instances = new Map<InstanceId, Instance>();
  readonly #lastNumber = new Map<string, number>();
  readonly #changes = new Emitter<RegistryChange>();
  readonly #now: () => number;
  readonly #callsKept: number;
  /** The calls that keep a large result, oldest first. */
  #large: { readonly id: InstanceId; readonly call: number; readonly bytes: number }[] = [];
  #lastId = 0;

  /**
   * @param now the wall clock, in ms since the epoch
   * @param callsKept how many calls of each instance are kept; what they returned may be large, and there may be thousands
   */
  constructor(now: () => number = Date.now, callsKept = Infinity) {
    this.#now = now;
    this.#callsKept = callsKept;
  }

  readonly onDidChange: Event<RegistryChange> = (listener) => this.#changes.event(listener);

  /** Adds an instance in the state `starting`. */
  add(build: Build, profile: Profile, options: { standby?: boolean; debugged?: boolean } = {}): Instance {
    const number = (this.#lastNumber.get(build.path) ?? 0) + 1;
    this.#lastNumber.set(build.path, number);
    this.#lastId += 1;
    const now = this.#now();
    const instance: Instance = {
      id: `i${String(this.#lastId)}`,
      number,
      build,
      profile,
      state: { type: 'starting' },
      createdAt: now,
      changedAt: now,
      calls: [],
      callCount: 0,
      timesCalled: new Map(),
      hasRun: false,
      outdated: false,
      standby: options.standby ?? false,
      debugged: options.debugged ?? false,
    };
    this.#instances.set(instance.id, instance);
    this.#changes.fire({ type: 'added', instance });
    return instance;
  }

  get(id: InstanceId): Instance | undefined {
    return this.#instances.get(id);
  }

  /** All instances, oldest first. */
  all(): readonly Instance[] {
    return [...this.#instances.values()];
  }

  /** The instances of one component, oldest first. */
  of(path: string): readonly Instance[] {
    return this.all().filter((instance) => instance.build.path === path);
  }

  /** Says which version of the user's own program the instance is made on. */
  foundEngine(id: InstanceId, engineVersion: string): void {
    this.#replace(this.#known(id), { engineVersion });
  }

  /** The instance is up: its start functions have run. */
  instantiated(id: InstanceId, memoryBytes?: number): void {
    this.#apply(id, { type: 'instantiated' }, defined({ memoryBytes }));
  }

  couldNotStart(id: InstanceId, failure: StartFailure): void {
    this.#apply(id, { type: 'could-not-start', failure });
  }

  /** The guest trapped or exited before any call, in a start function. */
  endedInStart(id: InstanceId, end: Extract<LifeEvent, { type: 'trapped' | 'exited' }>): void {
    this.#apply(id, end);
  }

  /** A standby gets its user, and what that gives it. */
  claimed(id: InstanceId, profile: Profile): void {
    this.#replace(this.#known(id), { standby: false, profile });
  }

  /** A call begins. Returns it, with its number. `profile` is what this run was given, where it differs from the last. */
  called(id: InstanceId, ref: ExportRef, argumentText: string, profile?: Profile): Call {
    const instance = this.#known(id);
    const call: Call = {
      number: instance.callCount + 1,
      export: ref,
      arguments: argumentText,
      startedAt: this.#now(),
      ...defined({ memoryBeforeBytes: instance.memoryBytes }),
    };
    this.#apply(
      id,
      { type: 'called', call: call.number },
      {
        calls: withCall(instance.calls, call, this.#callsKept),
        callCount: call.number,
        timesCalled: oneMore(instance.timesCalled, exportLabel(ref)),
        hasRun: instance.hasRun || isRunRef(ref),
        standby: false,
        ...defined({ profile }),
      },
    );
    return call;
  }

  /** The call that is going on has ended. */
  callEnded(id: InstanceId, end: CallEnd): void {
    const { memoryAfterBytes, spent, resultBytes = 0, ...ended } = end;
    const { outcome } = ended;
    const instance = this.#known(id);
    this.#apply(
      id,
      { type: 'call-ended', outcome, ...defined({ spent }) },
      {
        calls: endLastCall(instance.calls, ended, memoryAfterBytes),
        ...defined({ memoryBytes: memoryAfterBytes }),
      },
    );
    if (resultBytes > smallResultBytes) this.#keepLarge(id, instance.callCount, resultBytes);
  }

  /** Says what a call returned, as text for people. Does nothing for a call that is not kept any more. */
  noteResult(id: InstanceId, call: number, result: string): void {
    const instance = this.#instances.get(id);
    const at = instance?.calls.findLastIndex(({ number }) => number === call) ?? -1;
    const noted = instance?.calls[at];
    if (instance === undefined || noted === undefined) return;
    this.#replace(instance, { calls: instance.calls.with(at, { ...noted, result }) });
  }

  /** The instance was stopped while no call was going on. A call that is going on ends with `callEnded` instead. */
  stopped(id: InstanceId, reason: StopReason): void {
    this.#apply(id, { type: 'stopped', reason });
  }

  /** Marks the instances of a component that were made from another build than this one. */
  rebuilt(path: string, sha256: string): void {
    for (const instance of this.of(path)) {
      const outdated = instance.build.sha256 !== sha256;
      if (outdated !== instance.outdated) this.#replace(instance, { outdated });
    }
  }

  /** Takes the instance out of the registry; its last snapshot is `disposed`. Does nothing for one that is gone. */
  remove(id: InstanceId): void {
    const instance = this.#instances.get(id);
    if (instance === undefined) return;
    this.#instances.delete(id);
    this.#large = this.#large.filter((large) => large.id !== id);
    this.#changes.fire({
      type: 'removed',
      instance: { ...instance, state: { type: 'disposed' }, changedAt: this.#now() },
    });
  }

  dispose(): void {
    this.#changes.dispose();
    this.#instances.clear();
  }

  /** Lets go of the oldest large results if there are too many. The one that has just come stays, whatever its size. */
  #keepLarge(id: InstanceId, call: number, bytes: number): void {
    this.#large.push({ id, call, bytes });
    let sum = this.#large.reduce((total, large) => total + large.bytes, 0);
    while (sum > largeResultsBytes && this.#large.length > 1) {
      const oldest = this.#large.shift();
      if (oldest === undefined) return;
      sum -= oldest.bytes;
      this.#forgetResult(oldest.id, oldest.call);
    }
  }

  #forgetResult(id: InstanceId, call: number): void {
    const instance = this.#instances.get(id);
    const at = instance?.calls.findLastIndex(({ number }) => number === call) ?? -1;
    const kept = instance?.calls[at];
    if (instance === undefined || kept?.ended === undefined || !('value' in kept.ended.outcome)) return;
    const outcome = { type: kept.ended.outcome.type, forgotten: true } as const;
    this.#replace(instance, {
      calls: instance.calls.with(at, { ...kept, ended: { ...kept.ended, outcome } }),
    });
  }

  #known(id: InstanceId): Instance {
    const instance = this.#instances.get(id);
    if (instance === undefined) throw new Error(`There is no instance ${id}.`);
    return instance;
  }

  #apply(id: InstanceId, event: LifeEvent, changes: Partial<Instance> = {}): void {
    const instance = this.#known(id);
    const state = next(instance.state, event);
    if (state === null) throw new IllegalTransition(instance, event);
    this.#replace(instance, { ...changes, state, changedAt: this.#now() });
  }

  #replace(before: Instance, changes: Partial<Instance>): void {
    const instance: Instance = { ...before, ...changes };
    this.#instances.set(instance.id, instance);
    this.#changes.fire({ type: 'changed', instance, before });
  }
}

/** The calls with one more, of all of them the latest so many. They are copied once: this happens with every call. */
function withCall(calls: readonly Call[], call: Call, most: number): readonly Call[] {
  if (calls.length < most) return calls.concat(call);
  const latest = calls.slice(-most);
  latest.copyWithin(0, 1);
  latest[latest.length - 1] = call;
  return latest;
}

function oneMore(times: ReadonlyMap<string, number>, label: string): ReadonlyMap<string, number> {
  return new Map(times).set(label, (times.get(label) ?? 0) + 1);
}

function endLastCall(
  calls: readonly Call[],
  ended: NonNullable<Call['ended']>,
  memoryAfterBytes: number | undefined,
): readonly Call[] {
  const last = calls.at(-1);
  if (last === undefined) return calls;
  return calls.with(-1, {
    ...last,
    ended,
    ...defined({ memoryAfterBytes }),
  });
}
