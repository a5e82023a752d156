import { grantsKey, type Profile } from '../instance/profile';
import type { Build, Instance, InstanceId } from '../instance/registry';
import type { GuestIo, InheritedIo } from './guest-io';

/** What instances made ahead may cost. */
export interface StandbyLimits {
  /** How many there may be, over all components. */
  readonly max: number;
  /** The most that their linear memories may take together, in bytes. */
  readonly maxMemoryBytes: number;
  /** How long one waits for its use, in ms. */
  readonly idleMs: number;
}

/** No instance is made ahead. */
export const noStandbys: StandbyLimits = { max: 0, maxMemoryBytes: 0, idleMs: 0 };

/** What a standby is bound to: the file and its content, and all that is given and granted but arguments, environment and the time limit of a call. */
export function standbyKey({ path, sha256 }: Build, profile: Profile, io: GuestIo | InheritedIo): string {
  const streams = 'inherit' in io ? io.inherit : io.terminal;
  return JSON.stringify([path, sha256, grantsKey(profile), streams]);
}

/** How long after a call the next instance is made: a user who runs again at once is not slowed down by it. */
const refillMs = 100;

interface Standby {
  readonly id: InstanceId;
  readonly key: string;
  readonly build: Build;
  readonly memoryBytes: number;
  readonly timer: NodeJS.Timeout;
}

/**
 * The instances that were made ahead: one for each component and grants, for components that the user has run and whose instance came up. Those used least
 * recently go when a limit is reached.
 */
export class Standbys {
  #limits: StandbyLimits;
  readonly #dispose: (id: InstanceId) => void;
  /** Oldest first. */
  #waiting: readonly Standby[] = [];
  /** Keys for which one is being made or about to be. */
  readonly #refilling = new Map<string, NodeJS.Timeout>();
  #disposed = false;

  constructor(limits: StandbyLimits, dispose: (id: InstanceId) => void) {
    this.#limits = limits;
    this.#dispose = dispose;
  }

  /** Takes the one for a key out, if there is one. */
  take(key: string): InstanceId | undefined {
    const found = this.#waiting.find((standby) => standby.key === key);
    if (found === undefined) return undefined;
    clearTimeout(found.timer);
    this.#waiting = this.#waiting.filter((standby) => standby !== found);
    return found.id;
  }

  /** Makes one for a key in a moment, unless it is there. */
  refill(build: Build, key: string, make: () => Promise<Instance | undefined>): void {
    if (this.#limits.max === 0 || this.#disposed || this.#refilling.has(key)) return;
    if (this.#waiting.some((standby) => standby.key === key)) return;
    const timer = setTimeout(() => {
      void make().then((instance) => {
        this.#refilling.delete(key);
        if (instance !== undefined) this.#add(build, key, instance);
      });
    }, refillMs).unref();
    this.#refilling.set(key, timer);
  }

  limit(limits: StandbyLimits): void {
    this.#limits = limits;
    this.#keepLimits();
  }

  /** Drops those of other builds of the same file. */
  dropOutdated(build: Build): void {
    for (const standby of this.#waiting) {
      if (standby.build.path === build.path && standby.build.sha256 !== build.sha256) this.#drop(standby);
    }
  }

  /** Makes no more; those that wait are the engine's to end. */
  dispose(): void {
    this.#disposed = true;
    for (const timer of this.#refilling.values()) clearTimeout(timer);
    for (const { timer } of this.#waiting) clearTimeout(timer);
    this.#waiting = [];
  }

  #add(build: Build, key: string, { id, memoryBytes = 0 }: Instance): void {
    if (this.#disposed) return;
    const timer = setTimeout(() => {
      this.#drop(standby);
    }, this.#limits.idleMs).unref();
    const standby = { id, key, build, memoryBytes, timer };
    this.#waiting = [...this.#waiting, standby];
    this.#keepLimits();
  }

  #keepLimits(): void {
    const { max, maxMemoryBytes } = this.#limits;
    for (const standby of this.#waiting) {
      const memoryBytes = this.#waiting.reduce((sum, each) => sum + each.memoryBytes, 0);
      if (this.#waiting.length <= max && memoryBytes <= maxMemoryBytes) return;
      this.#drop(standby);
    }
  }

  #drop(standby: Standby): void {
    clearTimeout(standby.timer);
    this.#waiting = this.#waiting.filter((each) => each !== standby);
    this.#dispose(standby.id);
  }
}
