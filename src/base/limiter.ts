/** Does work that takes long a few pieces at a time, in the order in which it was asked for. */
export class Limiter {
  readonly #waiting: (() => void)[] = [];
  #free: number;

  /** @param count how many pieces are worked on at a time */
  constructor(count: number) {
    this.#free = count;
  }

  /** Starts the work as soon as a lane is free. Settles as the work does. */
  async run<T>(work: () => Promise<T>): Promise<T> {
    if (this.#free > 0) this.#free -= 1;
    else
      await new Promise<void>((resolve) => {
        this.#waiting.push(resolve);
      });
    try {
      return await work();
    } finally {
      const next = this.#waiting.shift();
      // A lane that is handed on does not become free in between.
      if (next === undefined) this.#free += 1;
      else next();
    }
  }
}
