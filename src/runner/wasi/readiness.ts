import { hrtime } from 'node:process';
import { pause } from '../pipes';

/** Something that a guest can wait for. */
export interface Readiness {
  ready(): boolean;
  /** When it will be ready for certain, in ns of the monotonic clock; absent if that is not known. */
  readonly at?: bigint;
  /** Holds the thread until something may have changed, at most so many ms. */
  readonly wait?: (timeoutMs: number) => void;
}

export const alwaysReady: Readiness = { ready: () => true };

/** Ready from an instant of the monotonic clock on. */
export function readyAt(at: bigint): Readiness {
  return { at, ready: () => hrtime.bigint() >= at };
}

/** The longest single wait in ms, so that a clock that jumps is noticed. */
const longestWaitMs = 60_000;

/** Waits until one of them is ready, and gives the indices of all that are. */
export function waitForAny(items: readonly Readiness[]): Uint32Array {
  for (;;) {
    const ready = items.flatMap((item, index) => (item.ready() ? [index] : []));
    if (ready.length > 0) return Uint32Array.from(ready);
    const timeoutMs = untilNext(items);
    const source = items.find((item) => item.wait !== undefined);
    if (source?.wait === undefined) pause(timeoutMs);
    else source.wait(timeoutMs);
  }
}

/** How many ms until one of them is ready for certain, at most a minute. */
export function untilNext(items: readonly Readiness[]): number {
  const now = hrtime.bigint();
  const waits = items.flatMap(({ at }) => (at === undefined ? [] : [Number(at - now) / 1e6]));
  return Math.max(0, Math.min(longestWaitMs, ...waits));
}
