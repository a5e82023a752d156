import type { Disposable } from './disposable';

/** Registers a listener; the disposable takes it off again. Shaped like `vscode.Event`, so the editor can hand one on. */
export type Event<T> = (listener: (event: T) => void) => Disposable;

/** The sending end of an {@link Event}. */
export class Emitter<T> implements Disposable {
  readonly #listeners = new Set<(event: T) => void>();
  readonly #onListenerError: (error: unknown) => void;

  /** @param onListenerError what becomes of an exception in a listener; by default it is thrown on, outside of `fire` */
  constructor(onListenerError: (error: unknown) => void = throwLater) {
    this.#onListenerError = onListenerError;
  }

  readonly event: Event<T> = (listener) => {
    // Wrapped, so that one function registered twice is called twice and taken off one at a time.
    const entry = (event: T) => {
      listener(event);
    };
    this.#listeners.add(entry);
    return { dispose: () => void this.#listeners.delete(entry) };
  };

  /** Calls every registered listener. The others are called even if one throws. */
  fire(event: T): void {
    for (const listener of [...this.#listeners]) {
      try {
        listener(event);
      } catch (error) {
        this.#onListenerError(error);
      }
    }
  }

  dispose(): void {
    this.#listeners.clear();
  }
}

function throwLater(error: unknown): void {
  queueMicrotask(() => {
    throw error;
  });
}
