interface Idle<T> {
  readonly key: string;
  readonly value: T;
  readonly timer: NodeJS.Timeout;
}

/** Things that wait for their next use, by key and for a limited time. Those that wait longest come first. */
export class IdleList<T> {
  readonly #giveUp: (value: T) => void;
  #idle: readonly Idle<T>[] = [];

  /** @param giveUp ends a thing that is no longer in the list */
  constructor(giveUp: (value: T) => void) {
    this.#giveUp = giveUp;
  }

  get values(): readonly T[] {
    return this.#idle.map(({ value }) => value);
  }

  has(key: string): boolean {
    return this.#idle.some((idle) => idle.key === key);
  }

  /** Adds a thing, which is given up when it was not taken after `idleMs`. */
  add(key: string, value: T, idleMs: number): void {
    const timer = setTimeout(() => {
      this.drop((each) => each === value);
    }, idleMs).unref();
    this.#idle = [...this.#idle, { key, value, timer }];
  }

  /** Removes and returns the first thing of a key that can be used. */
  take(key: string, usable: (value: T) => boolean = () => true): T | undefined {
    const found = this.#idle.find((idle) => idle.key === key && usable(idle.value));
    if (found !== undefined) this.#remove(found);
    return found?.value;
  }

  /** Gives up those that are unwanted. */
  drop(unwanted: (value: T) => boolean): void {
    for (const idle of this.#idle.filter(({ value }) => unwanted(value))) {
      this.#remove(idle);
      this.#giveUp(idle.value);
    }
  }

  /** Gives up the first ones until the rest fits. */
  trim(fits: (rest: readonly T[]) => boolean): void {
    for (const { value } of this.#idle) {
      if (fits(this.values)) return;
      this.drop((each) => each === value);
    }
  }

  /** Removes and returns all. */
  clear(): readonly T[] {
    const { values } = this;
    for (const idle of this.#idle) this.#remove(idle);
    return values;
  }

  #remove(idle: Idle<T>): void {
    clearTimeout(idle.timer);
    this.#idle = this.#idle.filter((each) => each !== idle);
  }
}
