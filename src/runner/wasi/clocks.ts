import { hrtime } from 'node:process';

/**
 * wasi:clocks.
 * @param readyAt makes a pollable that is ready from an instant of the monotonic clock on, in ns
 */
export function clocks(readyAt: (instant: bigint) => object): { monotonicClock: object; wallClock: object } {
  return {
    monotonicClock: {
      resolution: () => 1n,
      now: () => hrtime.bigint(),
      subscribeInstant: (instant: bigint) => readyAt(instant),
      subscribeDuration: (duration: bigint) => readyAt(hrtime.bigint() + duration),
    },
    wallClock: {
      resolution: () => ({ seconds: 0n, nanoseconds: 1_000_000 }),
      now: () => {
        const now = Date.now();
        return { seconds: BigInt(Math.floor(now / 1000)), nanoseconds: (now % 1000) * 1_000_000 };
      },
    },
  };
}
