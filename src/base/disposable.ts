/** Something that holds on to a resource until it is told to let go. */
export interface Disposable {
  dispose(): void;
}

/** Owns disposables and disposes them in the reverse order of their making. */
export class DisposableStore implements Disposable {
  #owned: Disposable[] = [];
  #disposed = false;

  /** Takes ownership. After the store is disposed, what is added is disposed at once. */
  add<T extends Disposable>(disposable: T): T {
    if (this.#disposed) disposable.dispose();
    else this.#owned.push(disposable);
    return disposable;
  }

  /** Disposes all, even if some throw; then throws what was thrown. */
  dispose(): void {
    this.#disposed = true;
    const owned = this.#owned.reverse();
    this.#owned = [];
    const errors: unknown[] = [];
    for (const disposable of owned) {
      try {
        disposable.dispose();
      } catch (error) {
        errors.push(error);
      }
    }
    if (errors.length === 1) throw errors[0];
    if (errors.length > 1) throw new AggregateError(errors, 'Several disposables failed');
  }
}
