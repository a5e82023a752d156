/** A promise with its resolver at hand. It is never rejected: who waits is told how it ended by a value. */
export class Deferred<T> {
  readonly promise: Promise<T>;
  #resolve: (value: T) => void = () => undefined;

  constructor() {
    this.promise = new Promise((resolve) => {
      this.#resolve = resolve;
    });
  }

  /** Settles the promise; does nothing the second time. */
  resolve(value: T): void {
    this.#resolve(value);
  }
}
