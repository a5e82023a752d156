// @ts-check
// Delay of the extension host's event loop while hostile guests run.
import { monitorEventLoopDelay, performance } from 'node:perf_hooks';
import { makeEngine, profile } from './guests.mjs';
import { spreadOf, wait } from './measure.mjs';

/** @type {readonly (readonly [name: string, args: readonly string[]])[]} */
const kinds = [
  ['spin', []],
  ['flood', []],
  ['grow', ['1024', 'touch']],
];

/**
 * Starts all guests at once, waits for a while, then stops them one after the other while the others run.
 * @param {import('./parts.mjs').Context} context
 * @param {number} count
 * @param {number} forMs
 */
export async function besideHostileGuests(context, count, forMs) {
  const { engine } = makeEngine(context, { lowPriority: true });
  await Promise.all(kinds.map(([name]) => onceBefore(engine, context.fixture(name))));
  const delay = monitorEventLoopDelay({ resolution: 1 });
  delay.enable();
  const guests = Array.from({ length: count }, (_, index) => {
    const [name, args] = kinds[index % kinds.length] ?? ['spin', []];
    return keepRunning(engine, context.fixture(name), args);
  });
  await wait(forMs);
  /** @type {number[]} */
  const stops = [];
  for (const guest of guests) {
    const before = performance.now();
    await guest.stop();
    stops.push(performance.now() - before);
  }
  delay.disable();
  await Promise.all(guests.map(({ ended }) => ended));
  await engine.shutdown();
  return { delays: { p99: delay.percentile(99) / 1e6, max: delay.max / 1e6 }, stops: spreadOf(stops) };
}

/** Has a component transpiled, so that the transpiler's work is not among what is measured. @param {any} engine @param {string} path */
async function onceBefore(engine, path) {
  const { value: build } = await engine.readBuild(path);
  const { id } = await engine.startInstance(build, profile, { output: () => undefined });
  await engine.disposeInstance(id);
}

/**
 * Runs a component until it is stopped; if it ends earlier, on fresh instances.
 * @param {any} engine
 * @param {string} path
 * @param {readonly string[]} args
 */
function keepRunning(engine, path, args) {
  /** @type {string | undefined} */
  let current;
  let stopped = false;
  const run = async () => {
    const { value: build } = await engine.readBuild(path);
    const [run] = engine.runExports(build);
    while (!stopped) {
      const instance = await engine.startInstance(build, { ...profile, args }, terminal());
      current = instance.id;
      if (instance.state.type === 'ready') await engine.call(instance.id, run);
      await engine.disposeInstance(instance.id);
    }
  };
  return {
    ended: run(),
    stop: async () => {
      stopped = true;
      if (current !== undefined) await engine.stop(current, { type: 'user' });
    },
  };
}

/** A terminal that takes 20 MB per second and applies backpressure. */
function terminal() {
  return {
    output: (/** @type {string} */ _stream, /** @type {Uint8Array} */ bytes) => wait(bytes.length / 20_000),
  };
}
