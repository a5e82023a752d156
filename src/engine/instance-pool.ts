import type { Profile } from '../instance/profile';
import type { Build, Instance, InstanceId, InstanceRegistry } from '../instance/registry';
import type { GuestIo, InheritedIo } from './guest-io';
import { IdleList } from './idle-list';
import { launchKey, mayPrewarm, type LaunchPlan, type LaunchRequest } from './launch-plan';

/** What pre-warmed instances may cost. */
export interface StandbyLimits {
  /** How many there may be, over all components. */
  readonly max: number;
  /** The most that their linear memories may take together, in bytes. */
  readonly maxMemoryBytes: number;
  /** How long one waits for its use, in ms. */
  readonly idleMs: number;
}

/** No instance is pre-warmed. */
export const noStandbys: StandbyLimits = { max: 0, maxMemoryBytes: 0, idleMs: 0 };

/** What the pool needs of the engine. */
export interface InstancePoolParts {
  readonly registry: InstanceRegistry;
  /**
   * Gives an instance of the registry a runner. Resolves when it is up or could not come up; the registry
   * knows which.
   */
  launch(id: InstanceId, plan: LaunchPlan): Promise<void>;
  /** Gives a pre-warmed instance to its user. False if its runner has died. */
  adopt(id: InstanceId, io: GuestIo | InheritedIo, profile: Profile): boolean;
  /** Ends an instance and takes it out of the registry. */
  dispose(id: InstanceId): Promise<void>;
  /** One line for a log that developers read. */
  log(line: string): void;
}

/** How long after a call the next instance is made, so that a user who runs again at once does not wait for it. */
const refillMs = 100;

/** How long the start functions of a pre-warmed instance may take. */
const startMs = 5000;

interface Standby {
  readonly id: InstanceId;
  readonly build: Build;
  readonly memoryBytes: number;
}

/**
 * The pre-warmed instances: one for each launch key, for components that the user has called. Those that wait
 * longest are ended when a limit is reached.
 */
export class InstancePool {
  readonly #parts: InstancePoolParts;
  #limits: StandbyLimits;
  /** How each instance was made, to make more like it. */
  readonly #plans = new Map<InstanceId, LaunchPlan>();
  readonly #standbys: IdleList<Standby>;
  /** Launch keys for which an instance is being made or about to be. */
  readonly #refilling = new Map<string, NodeJS.Timeout>();
  #disposed = false;

  constructor(parts: InstancePoolParts, limits: StandbyLimits) {
    this.#parts = parts;
    this.#limits = limits;
    this.#standbys = new IdleList(({ id }) => void parts.dispose(id));
  }

  /** Records how an instance is made. */
  learn(id: InstanceId, plan: LaunchPlan): void {
    this.#plans.set(id, plan);
  }

  /** Forgets an instance that was disposed. */
  forget(id: InstanceId): void {
    this.#plans.delete(id);
  }

  /** Hands out the instance that was pre-warmed for a request, with the request's streams and profile. */
  take(request: LaunchRequest, onAdded?: (instance: Instance) => void): Instance | undefined {
    const parts = this.#parts;
    const id = this.#standbys.take(launchKey(request))?.id;
    const plan = id === undefined ? undefined : this.#plans.get(id);
    const instance = id === undefined ? undefined : parts.registry.get(id);
    if (id === undefined || plan === undefined || instance === undefined) return undefined;
    const { io, profile } = request;
    onAdded?.(instance);
    if (!parts.adopt(id, io, profile)) {
      void parts.dispose(id);
      return undefined;
    }
    this.#plans.set(id, { ...plan, request });
    return parts.registry.get(id);
  }

  /** Pre-warms an instance like this one in a moment, unless there is one. */
  refill(id: InstanceId): void {
    const plan = this.#plans.get(id);
    if (plan === undefined || !mayPrewarm(plan) || this.#limits.max === 0 || this.#disposed) return;
    const key = launchKey(plan.request);
    if (this.#refilling.has(key) || this.#standbys.has(key)) return;
    const timer = setTimeout(() => {
      void this.#make(plan).then((instance) => {
        this.#refilling.delete(key);
        if (instance !== undefined) this.#add(key, instance);
      });
    }, refillMs).unref();
    this.#refilling.set(key, timer);
  }

  /** Sets what pre-warmed instances may cost from now on, and ends those that are beyond it. */
  limit(limits: StandbyLimits): void {
    this.#limits = limits;
    this.#trim();
  }

  /** Ends the pre-warmed instances of other builds of the same file. */
  dropOutdated({ path, sha256 }: Build): void {
    this.#standbys.drop(({ build }) => build.path === path && build.sha256 !== sha256);
  }

  /** Makes no more. The engine ends those that wait, as it does all instances. */
  dispose(): void {
    this.#disposed = true;
    for (const timer of this.#refilling.values()) clearTimeout(timer);
    this.#standbys.clear();
  }

  async #make(plan: LaunchPlan): Promise<Instance | undefined> {
    const parts = this.#parts;
    const { build, profile } = plan.request;
    const { id } = parts.registry.add(build, profile, { standby: true });
    this.#plans.set(id, plan);
    const request = { ...plan.request, profile: { ...profile, timeoutMs: startMs } };
    try {
      await parts.launch(id, { ...plan, request, start: { ...plan.start, eager: true } });
    } catch (error) {
      // The system has no process or descriptor to spare, for one.
      parts.log(`no instance of ${build.path} was pre-warmed: ${String(error)}`);
    }
    const instance = parts.registry.get(id);
    if (instance?.state.type === 'ready') return instance;
    await parts.dispose(id);
    return undefined;
  }

  #add(key: string, { id, build, memoryBytes = 0 }: Instance): void {
    if (this.#disposed) return;
    this.#standbys.add(key, { id, build, memoryBytes }, this.#limits.idleMs);
    this.#trim();
  }

  #trim(): void {
    const { max, maxMemoryBytes } = this.#limits;
    this.#standbys.trim(
      (rest) =>
        rest.length <= max && rest.reduce((sum, { memoryBytes }) => sum + memoryBytes, 0) <= maxMemoryBytes,
    );
  }
}
