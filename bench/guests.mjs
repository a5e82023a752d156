// @ts-check
// The cost of guests, in the engine as the editor uses it and on the command line.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { floorRun } from './floor.mjs';
import { inTurns, repeat, runProgram, wait } from './measure.mjs';
import { plainEcho } from './rivals.mjs';

const standby = { max: 2, maxMemoryBytes: 2 ** 30, idleMs: 600_000 };

/**
 * @param {import('./parts.mjs').Context} context
 * @param {object} [options]
 */
export function makeEngine({ engine: { Engine, InstanceRegistry }, dist, scratch }, options = {}) {
  const registry = new InstanceRegistry();
  const engine = new Engine({
    registry,
    cacheDir: join(scratch, 'engine'),
    files: { runner: join(dist, 'runner.js'), transpiler: join(dist, 'transpiler.js') },
    node: { execPath: process.execPath, env: {} },
    spentReason: () => undefined,
    log: () => undefined,
    ...options,
  });
  return { engine, registry };
}

export const profile = { args: [], env: {}, dirs: [], network: false, stdin: { type: 'terminal' } };

/**
 * The time from the request for a fresh instance to its outcome, without a standby or a runner.
 * @param {import('./parts.mjs').Context} context
 * @param {string} name
 * @param {string} cache the cache's folder in the scratch folder: filled, or not there yet
 */
export async function fromNothing(context, name, cache) {
  const { engine } = makeEngine(context, { cacheDir: join(context.scratch, cache) });
  const { value: build } = await engine.readBuild(context.fixture(name));
  const [run] = engine.runExports(build);
  const before = performance.now();
  const instance = await engine.startInstance(build, profile, { output: () => undefined });
  await engine.call(instance.id, run);
  const took = performance.now() - before;
  await engine.shutdown();
  return took;
}

/**
 * Runs a component repeatedly, as a user does: run, read the output, run in a fresh instance.
 * @param {import('./parts.mjs').Context} context
 * @param {string} name
 * @param {number} count
 */
export async function fromStandby(context, name, count) {
  const { engine, registry } = makeEngine(context, { standby, keepBareRunner: true });
  const { value: build } = await engine.readBuild(context.fixture(name));
  const [run] = engine.runExports(build);
  const io = { output: () => undefined };
  const untilStandby = async () => {
    const deadline = Date.now() + 10_000;
    const ready = () =>
      registry.all().some((/** @type {any} */ each) => each.standby && each.state.type === 'ready');
    while (!ready() && Date.now() < deadline) await wait(5);
  };
  const times = await repeat(
    count,
    async (index) => {
      if (index > -3) await untilStandby();
      const before = performance.now();
      const instance = await engine.startInstance(build, { ...profile, args: [`run ${index}`] }, io);
      await engine.call(instance.id, run);
      const took = performance.now() - before;
      await engine.disposeInstance(instance.id);
      return took;
    },
    3,
  );
  await engine.shutdown();
  return times;
}

/** @param {import('./parts.mjs').Context} context */
export async function floodThrough(context) {
  const { engine } = makeEngine(context);
  const { value: build } = await engine.readBuild(context.fixture('flood'));
  let bytes = 0;
  const io = {
    output: (/** @type {string} */ _stream, /** @type {Uint8Array} */ chunk) => void (bytes += chunk.length),
  };
  const instance = await engine.startInstance(build, { ...profile, args: ['200000000'] }, io);
  const pid = engine.pidOf(instance.id);
  let most = 0;
  const timer = setInterval(() => void (most = Math.max(most, residentBytes(pid))), 50);
  const before = performance.now();
  await engine.call(instance.id, engine.runExports(build)[0]);
  const seconds = (performance.now() - before) / 1000;
  clearInterval(timer);
  await engine.shutdown();
  return { megabytesPerSecond: bytes / 1e6 / seconds, childMegabytes: most / 1e6 };
}

/**
 * Throughput of a plain pipe between two Node processes: the most that output can reach.
 * @param {import('./parts.mjs').Context} context
 * @returns {Promise<number>} MB/s
 */
export async function pipeThrough({ node }) {
  const program = `const piece = Buffer.alloc(65536, 'x');
let left = 200e6;
const write = () => {
  while (left > 0) {
    left -= piece.length;
    if (!process.stdout.write(piece)) return void process.stdout.once('drain', write);
  }
};
write();`;
  const child = spawn(node, ['-e', program], { stdio: ['ignore', 'pipe', 'inherit'] });
  let bytes = 0;
  let begin = 0;
  child.stdout.on('data', (/** @type {Buffer} */ chunk) => {
    begin ||= performance.now();
    bytes += chunk.length;
  });
  await once(child.stdout, 'end');
  return bytes / 1e6 / ((performance.now() - begin) / 1000);
}

/** @param {number} pid */
export function residentBytes(pid) {
  try {
    return 1024 * Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0);
  } catch {
    return 0;
  }
}

/**
 * The round trip of a line through a guest and through a bare Node process, in turns.
 * @param {import('./parts.mjs').Context} context
 */
export async function echoTimes(context) {
  const plain = plainEcho(context);
  const { engine } = makeEngine(context);
  const { value: build } = await engine.readBuild(context.fixture('echo'));
  /** @type {() => void} */
  let heard = () => undefined;
  const instance = await engine.startInstance(build, profile, { output: () => heard() });
  const call = engine.call(instance.id, engine.runExports(build)[0]);
  const times = await inTurns(300, {
    plain: plain.once,
    guest: async () => {
      const echoed = new Promise((resolve) => {
        heard = () => resolve(undefined);
      });
      engine.writeStdin(instance.id, Buffer.from('a line\n'));
      await echoed;
    },
  });
  const plainMegabytes = plain.megabytes();
  await plain.end();
  engine.endStdin(instance.id);
  await call;
  await engine.shutdown();
  return { ...times, plainMegabytes };
}

/**
 * @param {import('./parts.mjs').Context} context
 * @param {readonly string[]} args
 * @param {number} count
 */
export async function perSecond({ node, cli, scratch }, args, count) {
  const env = { FRESH_INSTANCE_CACHE: join(scratch, 'filled') };
  await runProgram(node, [cli, 'run', ...args.slice(-1)], { env });
  const before = performance.now();
  await runProgram(node, [cli, 'run', ...args], { env });
  return (count * 1000) / (performance.now() - before);
}

/**
 * The time of 100,000 writes of a guest, each a host call: with our command line, with jco's, and in this process.
 * @param {import('./parts.mjs').Context} context
 */
export async function hostCallTimes({ node, cli, jcoScript, fixture, scratch }) {
  const path = fixture('writes');
  const calls = '100000';
  const env = { FRESH_INSTANCE_CACHE: join(scratch, 'filled') };
  const floor = await floorRun(path, [calls]);
  return await inTurns(5, {
    own: () => runProgram(node, [cli, 'run', path, '--', calls], { env }),
    jco: () => runProgram(node, [jcoScript, 'run', path, calls]),
    floor: () => Promise.resolve(floor()),
  });
}

/** How much this process grows from the 100th to the 1000th fresh instance. @param {import('./parts.mjs').Context} context */
export async function parentGrowth(context) {
  const { engine } = makeEngine(context);
  const { value: build } = await engine.readBuild(context.fixture('hello'));
  const [run] = engine.runExports(build);
  let atHundred = 0;
  for (let index = 1; index <= 1000; index++) {
    const instance = await engine.startInstance(build, profile, { output: () => undefined });
    await engine.call(instance.id, run);
    await engine.disposeInstance(instance.id);
    if (index === 100) atHundred = memoryInUse();
  }
  const growth = (memoryInUse() - atHundred) / process.memoryUsage().rss;
  await engine.shutdown();
  return growth;
}

/** After a collection: V8 lets its young generation grow while instances come this fast, which does not count. */
function memoryInUse() {
  globalThis.gc?.();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}
