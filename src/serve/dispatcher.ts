import type { ReusePolicy } from './policy';

/** Where a request is answered. */
export interface Place {
  readonly runner: number;
  readonly instance: number;
  /** Whether the instance answers nothing but this request. */
  readonly only: boolean;
}

interface Instance {
  readonly number: number;
  readonly runner: number;
  running: number;
  /** Requests that it was given, those that run included. */
  given: number;
  /** Whether it gets no more requests. */
  retired: boolean;
}

/** How many instances of one runner are used at once. Each has memories of its own. */
const mostPerRunner = 64;

/** Decides which instance answers a request, by the policy. Instances are made where they are first used. */
export class Dispatcher {
  readonly #policy: () => ReusePolicy;
  readonly #runners = new Set<number>();
  readonly #instances = new Map<number, Instance>();
  #lastNumber = 0;

  /** @param policy asked each time, since it may change */
  constructor(policy: () => ReusePolicy) {
    this.#policy = policy;
  }

  /** From now on instances are made in this runner. */
  addRunner(runner: number): void {
    this.#runners.add(runner);
  }

  /** Nothing new is given to a runner and its instances. */
  removeRunner(runner: number): void {
    this.#runners.delete(runner);
    for (const instance of this.#instances.values()) {
      if (instance.runner !== runner) continue;
      instance.retired = true;
      if (instance.running === 0) this.#instances.delete(instance.number);
    }
  }

  /** Gives a request its place: the busiest instance that has room, else a new one. Undefined while there is none. */
  take(): Place | undefined {
    const policy = this.#policy();
    const instance = this.#withRoom(policy) ?? this.#make();
    if (instance === undefined) return undefined;
    instance.running += 1;
    instance.given += 1;
    if (instance.given >= policy.maxInstanceReuseCount) instance.retired = true;
    const only = policy.maxInstanceReuseCount === 1 && instance.given === 1;
    return { runner: instance.runner, instance: instance.number, only };
  }

  /** A request has ended. Returns what its instance does now: it serves others or waits for them, or it gets no more. */
  release(number: number): 'serving' | 'idle' | 'ended' {
    const instance = this.#instances.get(number);
    if (instance === undefined) return 'ended';
    instance.running -= 1;
    if (instance.running > 0) return 'serving';
    if (!instance.retired) return 'idle';
    this.#instances.delete(number);
    return 'ended';
  }

  /** An instance gets no more requests. Returns whether none of its requests runs. */
  retire(number: number): boolean {
    const instance = this.#instances.get(number);
    if (instance === undefined) return true;
    instance.retired = true;
    if (instance.running > 0) return false;
    this.#instances.delete(number);
    return true;
  }

  /** Requests that run in a runner. */
  runningIn(runner: number): number {
    let sum = 0;
    for (const instance of this.#instances.values()) if (instance.runner === runner) sum += instance.running;
    return sum;
  }

  #withRoom(policy: ReusePolicy): Instance | undefined {
    let best: Instance | undefined;
    for (const instance of this.#instances.values()) {
      if (instance.retired || instance.running >= policy.maxInstanceConcurrentReuseCount) continue;
      if (best === undefined || instance.running >= best.running) best = instance;
    }
    return best;
  }

  #make(): Instance | undefined {
    let runner: number | undefined;
    let fewest = mostPerRunner;
    const counts = new Map<number, number>();
    for (const instance of this.#instances.values())
      counts.set(instance.runner, (counts.get(instance.runner) ?? 0) + 1);
    for (const each of this.#runners) {
      const count = counts.get(each) ?? 0;
      if (count < fewest) {
        fewest = count;
        runner = each;
      }
    }
    if (runner === undefined) return undefined;
    this.#lastNumber += 1;
    const instance = { number: this.#lastNumber, runner, running: 0, given: 0, retired: false };
    this.#instances.set(instance.number, instance);
    return instance;
  }
}
