import type { Granted } from './granted';
import { untilNext, waitForAny, type Readiness } from './readiness';
import type { OwnIo } from './streams';

/**
 * How long the shim's I/O thread is asked before our own pollables are looked at again, where those may
 * change at any time.
 */
const sliceNs = 5_000_000n;

/** wasi:io/poll's `poll` over our own pollables and those of the shim. */
export function pollOver(
  io: OwnIo,
  granted: Granted | undefined,
): (pollables: readonly object[]) => Uint32Array {
  return (pollables) => {
    if (pollables.length === 0) throw new TypeError('poll was called with an empty list');
    const own = new Map<number, Readiness>();
    const foreign = new Map<number, object>();
    pollables.forEach((pollable, index) => {
      const readiness = io.readinessOf(pollable);
      if (readiness === undefined) foreign.set(index, pollable);
      else own.set(index, readiness);
    });
    if (foreign.size === 0 || granted === undefined) return waitForAny([...own.values()]);
    return pollBoth(own, foreign, granted);
  };
}

function pollBoth(
  own: ReadonlyMap<number, Readiness>,
  foreign: ReadonlyMap<number, object>,
  granted: Granted,
): Uint32Array {
  const foreignIndices = [...foreign.keys()];
  for (;;) {
    const ready = [...own].filter(([, readiness]) => readiness.ready()).map(([index]) => index);
    const timeoutNs = ready.length > 0 ? 0n : own.size === 0 ? undefined : untilNextNs([...own.values()]);
    for (const position of granted.poll([...foreign.values()], timeoutNs))
      ready.push(foreignIndices[position] ?? 0);
    if (ready.length > 0) return Uint32Array.from(ready.sort((a, b) => a - b));
  }
}

function untilNextNs(own: readonly Readiness[]): bigint {
  const next = BigInt(Math.ceil(untilNext(own) * 1e6));
  return own.some(({ wait }) => wait !== undefined) && next > sliceNs ? sliceNs : next;
}
