import { hrtime } from 'node:process';

/** Something that a guest can wait for while other guests of the same process run. */
export interface Waitable {
  ready(): boolean;
  /** Calls back when it may have become ready. Returns what ends that. */
  watch(changed: () => void): () => void;
}

export const alwaysReady: Waitable = { ready: () => true, watch: () => () => undefined };

/** The longest time that a timer of Node takes, in ms. */
export const longestTimerMs = 2 ** 31 - 1;

/** Ready from an instant of the monotonic clock on, in ns. */
export function readyAt(instant: bigint): Waitable {
  return {
    ready: () => hrtime.bigint() >= instant,
    watch: (changed) => {
      const left = Math.ceil(Number(instant - hrtime.bigint()) / 1e6);
      const timer = setTimeout(changed, Math.min(Math.max(left, 0), longestTimerMs));
      return () => {
        clearTimeout(timer);
      };
    },
  };
}

/** What is watched and changes now and then. */
export class Watched {
  readonly #watchers = new Set<() => void>();

  changed(): void {
    for (const watcher of [...this.#watchers]) watcher();
  }

  watch(watcher: () => void): () => void {
    this.#watchers.add(watcher);
    return () => {
      this.#watchers.delete(watcher);
    };
  }
}

/** Waits until one of them is ready. Resolves with the indices of all that are. */
export async function waitForAny(items: readonly Waitable[]): Promise<Uint32Array> {
  for (;;) {
    const ready = readyOf(items);
    if (ready.length > 0) return ready;
    await new Promise<void>((resolve) => {
      const ends = items.map((item) =>
        item.watch(() => {
          for (const end of ends) end();
          resolve();
        }),
      );
    });
  }
}

/** The indices of those that are ready. */
export function readyOf(items: readonly Waitable[]): Uint32Array {
  return Uint32Array.from(items.flatMap((item, index) => (item.ready() ? [index] : [])));
}
