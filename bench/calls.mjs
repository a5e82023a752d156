// @ts-check
// Many calls as text on one instance, as the console makes them: the overhead of one call, and the memory after ten thousand.
import { performance } from 'node:perf_hooks';
import { makeEngine, profile, residentBytes } from './guests.mjs';
import { spreadOf } from './measure.mjs';
import { plainEcho } from './rivals.mjs';
import { row } from './rows.mjs';

const settled = 1000;
const count = 10_000;

/** @param {import('./parts.mjs').Context} context @returns {Promise<readonly import('./parts.mjs').Row[]>} */
export async function callRows(context) {
  const { CallSession, InstanceRegistry, callsKeptInEditor, readCallables } = context.engine;
  const registry = new InstanceRegistry(Date.now, callsKeptInEditor);
  const { engine } = makeEngine(context, { registry });
  const { value: build } = await engine.readBuild(context.fixture('greeter'));
  const { value: exports } = await readCallables(build);
  const instance = await engine.startInstance(build, profile, { output: () => undefined });
  const pid = engine.pidOf(instance.id);
  const plain = plainEcho(context);
  /** @type {number[]} */
  const echoes = [];
  const session = new CallSession(engine, instance.id, exports);
  /** @type {number[]} */
  const over = [];
  let before = { inUse: 0, parent: 0, runner: 0 };
  for (let index = 1; index <= count; index++) {
    const start = performance.now();
    const made = await session.call('add(20, 22)');
    const took = performance.now() - start;
    if (made.value?.result !== '42') throw new Error(`call ${index} of greeter did not return 42`);
    if (index > settled) over.push(took - made.value.call.ended.durationMs);
    if (index > settled && index % 30 === 0) echoes.push(await plain.once());
    if (index === settled) before = memoryNow(pid);
  }
  const after = memoryNow(pid);
  await engine.shutdown();
  await plain.end();
  return [
    row('a warm call as text, request to result in the history, over the call itself', spreadOf(over), {
      of: spreadOf(echoes).p50,
      name: 'the echo of a line between two Node processes',
      most: 5,
    }),
    // Of the resident memory, since what is in use depends on what was measured before.
    growthRow(
      "parent's memory in use after a collection, in shares of its resident memory",
      before.parent,
      before.parent + after.inUse - before.inUse,
    ),
    // V8 lets its young generation grow up to a limit while calls come this fast. It does not count as used.
    growthRow("parent's resident memory", before.parent, after.parent),
    growthRow("runner's resident memory", before.runner, after.runner),
  ];
}

/** @param {string} what @param {number} before @param {number} after @returns {import('./parts.mjs').Row} */
function growthRow(what, before, after) {
  const growth = after / before - 1;
  return {
    what: `${what}, 1,000th to 10,000th call on one instance`,
    measured: `${(growth * 100).toFixed(1)} % (of ${(before / 1e6).toFixed(0)} MB)`,
    target: '< 5 %',
    reached: growth < 0.05,
  };
}

/** @param {number} pid of the runner */
function memoryNow(pid) {
  globalThis.gc?.();
  const { rss, heapUsed, external } = process.memoryUsage();
  return { inUse: heapUsed + external, parent: rss, runner: residentBytes(pid) };
}
