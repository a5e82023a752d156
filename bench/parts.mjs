// @ts-check
// The parts of the benchmark, in the order in which they run; later ones compare with what earlier ones found.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { monitorEventLoopDelay, performance } from 'node:perf_hooks';
import { out } from '../scripts/setup/paths.mjs';
import { floorOf } from './floor.mjs';
import { repeat, runProgram, spreadOf, wait } from './measure.mjs';

/**
 * @typedef {object} Row
 * @property {string} what
 * @property {string} measured
 * @property {string} [target]
 * @property {boolean} [reached]
 *
 * @typedef {object} Context
 * @property {string} node
 * @property {string} cli
 * @property {string} dist
 * @property {string} scratch
 * @property {string} jco
 * @property {any} engine the bundle of engine-entry.ts
 * @property {(name: string) => string} fixture
 *
 * @typedef {Record<string, number>} Figures p50 in ms by name
 *
 * @typedef {object} Part
 * @property {string} name
 * @property {boolean} [always] whether others compare with it
 * @property {(context: Context, figures: Figures) => Promise<readonly Row[]>} run
 */

/** @type {readonly Part[]} */
export const parts = [
  {
    name: 'npx jco run: hello and big',
    always: true,
    run: async ({ fixture }, figures) => {
      const jco = (/** @type {string} */ name) => runProgram('npx', ['jco', 'run', fixture(name)]);
      const hello = await repeat(7, () => jco('hello'));
      const big = await repeat(3, () => jco('big'));
      figures['jco hello'] = hello.p50;
      figures['jco big'] = big.p50;
      return [
        { what: '`npx jco run` hello (57 KB, C)', measured: ms(hello) },
        { what: '`npx jco run` big (12 MB, JavaScript)', measured: ms(big) },
      ];
    },
  },
  {
    name: 'the floor: in one process',
    always: true,
    run: async ({ fixture }, figures) => {
      // As often as from standby, so that both are as warm.
      const hello = await floorOf(fixture('hello'), 60);
      figures['floor hello'] = hello.p50;
      return [{ what: 'in one process, compiled: instantiate + run hello', measured: ms(hello) }];
    },
  },
  {
    name: 'hello from the command line: first time ever, and cold with the cache filled',
    run: async (context, figures) => {
      const run = (/** @type {string} */ cache) =>
        runProgram(context.node, [context.cli, 'run', context.fixture('hello')], {
          FRESH_INSTANCE_CACHE: join(context.scratch, cache),
        });
      const first = await repeat(7, (index) => run(`first-${index}`));
      await run('filled');
      const cold = await repeat(25, () => run('filled'));
      return [
        row('hello, first time ever (transpile included)', first.p50, first.p95, {
          of: figures['jco hello'],
          name: '`npx jco run`',
          most: 1 / 2,
        }),
        row('hello, cold start, cache filled', cold.p50, cold.p95, {
          of: figures['jco hello'],
          name: '`npx jco run`',
          most: 1 / 8,
        }),
      ];
    },
  },
  {
    name: 'standby: hello',
    run: async (context, figures) => {
      const hello = await fromStandby(context, 'hello', 60);
      return [
        row('hello from standby, request to outcome', hello.p50, hello.p95, {
          of: figures['jco hello'],
          name: '`npx jco run`',
          most: 1 / 150,
        }),
        row('the same', hello.p50, hello.p95, { of: figures['floor hello'], name: 'the floor', most: 1.6 }),
      ];
    },
  },
  {
    name: 'standby: big',
    run: async (context, figures) => {
      const big = await fromStandby(context, 'big', 30);
      return [
        row('big from standby', big.p50, big.p95, {
          of: figures['jco big'],
          name: '`npx jco run`',
          most: 1 / 30,
        }),
      ];
    },
  },
  {
    name: 'output and stdin',
    run: async (context) => {
      const flood = await floodThrough(context);
      const echo = await echoTimes(context);
      return [
        {
          what: 'output through to the consumer',
          measured: `${flood.megabytesPerSecond.toFixed(0)} MB/s`,
          target: '≥ 150 MB/s',
          reached: flood.megabytesPerSecond >= 150,
        },
        {
          what: 'the runner meanwhile, at most',
          measured: `${flood.childMegabytes.toFixed(0)} MB`,
          target: '< 120 MB',
          reached: flood.childMegabytes < 120,
        },
        { what: 'stdin echo', measured: ms(echo), target: 'p50 < 3 ms', reached: echo.p50 < 3 },
      ];
    },
  },
  {
    name: 'repeats: a thousand fresh instances, a thousand calls on one',
    run: async (context) => {
      const fresh = await perSecond(context, ['--repeat', '1000', context.fixture('hello')], 1000);
      const same = await perSecond(context, ['--repeat', '1000', '--same', context.fixture('counter')], 1000);
      const growth = await parentGrowth(context);
      return [
        {
          what: '`--repeat 1000` of hello',
          measured: `${fresh.toFixed(0)} fresh instances/s`,
          target: '≥ 100/s',
          reached: fresh >= 100,
        },
        { what: '`--repeat 1000 --same` of counter', measured: `${same.toFixed(0)} calls/s` },
        {
          what: "parent's memory, 100th to 1000th instance",
          measured: `${(growth * 100).toFixed(1)} %`,
          target: '< 5 %',
          reached: growth < 0.05,
        },
      ];
    },
  },
  {
    name: 'host: ten guests that spin, flood and grow',
    run: async (context) => {
      const { p99, stops } = await tenHostileGuests(context);
      return [
        {
          what: "the host's event loop beside ten hostile guests, p99",
          measured: `${p99.toFixed(1)} ms`,
          target: '< 50 ms',
          reached: p99 < 50,
        },
        { what: 'Stop meanwhile', measured: ms(stops), target: 'each < 100 ms', reached: stops.p95 < 100 },
      ];
    },
  },
  {
    name: 'analysis of components',
    run: async () => {
      const { analysisRows } = await import('./analysis.mjs');
      return analysisRows(join(out, 'bench', 'analysis.json'));
    },
  },
];

const standby = { max: 2, maxMemoryBytes: 2 ** 30, idleMs: 600_000 };

/**
 * @param {Context} context
 * @param {object} [options]
 */
function makeEngine({ engine: { Engine, InstanceRegistry }, dist, scratch }, options = {}) {
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

const profile = { args: [], env: {}, dirs: [], network: false, stdin: { type: 'terminal' } };

/**
 * Runs a component again and again as a user would who runs it, looks, and runs it in a fresh instance.
 * @param {Context} context
 * @param {string} name
 * @param {number} count
 */
async function fromStandby(context, name, count) {
  const { engine, registry } = makeEngine(context, { standby, keepBareRunner: true });
  const { value: build } = await engine.readBuild(context.fixture(name));
  const { chosen } = engine.runChoice(build);
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
      await engine.call(instance.id, chosen);
      const took = performance.now() - before;
      await engine.disposeInstance(instance.id);
      return took;
    },
    3,
  );
  await engine.shutdown();
  return times;
}

/** @param {Context} context */
async function floodThrough(context) {
  const { engine } = makeEngine(context);
  const { value: build } = await engine.readBuild(context.fixture('flood'));
  let bytes = 0;
  const io = {
    output: (/** @type {string} */ _stream, /** @type {Uint8Array} */ chunk) => void (bytes += chunk.length),
  };
  const instance = await engine.startInstance(build, { ...profile, args: ['600000000'] }, io);
  const pid = engine.pidOf(instance.id);
  let most = 0;
  const timer = setInterval(() => void (most = Math.max(most, residentBytes(pid))), 50);
  const before = performance.now();
  await engine.call(instance.id, engine.runChoice(build).chosen);
  const seconds = (performance.now() - before) / 1000;
  clearInterval(timer);
  await engine.shutdown();
  return { megabytesPerSecond: bytes / 1e6 / seconds, childMegabytes: most / 1e6 };
}

/** @param {number} pid */
function residentBytes(pid) {
  try {
    return 1024 * Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0);
  } catch {
    return 0;
  }
}

/** @param {Context} context */
async function echoTimes(context) {
  const { engine } = makeEngine(context);
  const { value: build } = await engine.readBuild(context.fixture('echo'));
  /** @type {() => void} */
  let heard = () => undefined;
  const instance = await engine.startInstance(build, profile, { output: () => heard() });
  const call = engine.call(instance.id, engine.runChoice(build).chosen);
  const times = await repeat(
    300,
    async () => {
      const echoed = new Promise((resolve) => {
        heard = () => resolve(undefined);
      });
      engine.writeStdin(instance.id, Buffer.from('a line\n'));
      await echoed;
    },
    20,
  );
  engine.endStdin(instance.id);
  await call;
  await engine.shutdown();
  return times;
}

/**
 * @param {Context} context
 * @param {readonly string[]} args
 * @param {number} count
 */
async function perSecond({ node, cli, scratch }, args, count) {
  const env = { FRESH_INSTANCE_CACHE: join(scratch, 'filled') };
  await runProgram(node, [cli, 'run', ...args.slice(-1)], env);
  const before = performance.now();
  await runProgram(node, [cli, 'run', ...args], env);
  return (count * 1000) / (performance.now() - before);
}

/** How much this process grows from the 100th to the 1000th fresh instance. @param {Context} context */
async function parentGrowth(context) {
  const { engine } = makeEngine(context);
  const { value: build } = await engine.readBuild(context.fixture('hello'));
  const { chosen } = engine.runChoice(build);
  let atHundred = 0;
  for (let index = 1; index <= 1000; index++) {
    const instance = await engine.startInstance(build, profile, { output: () => undefined });
    await engine.call(instance.id, chosen);
    await engine.disposeInstance(instance.id);
    if (index === 100) atHundred = settledMemory();
  }
  const growth = settledMemory() / atHundred - 1;
  await engine.shutdown();
  return growth;
}

function settledMemory() {
  globalThis.gc?.();
  return process.memoryUsage().rss;
}

/** @param {Context} context */
async function tenHostileGuests(context) {
  const { engine } = makeEngine(context, { lowPriority: true });
  /** @type {readonly (readonly [string, readonly string[]])[]} */
  const kinds = [
    ['spin', []],
    ['flood', []],
    ['grow', ['512', 'touch']],
  ];
  /** @type {string[]} */
  const ids = [];
  const calls = [];
  for (let index = 0; index < 10; index++) {
    const [name, args] = kinds[index % kinds.length] ?? ['spin', []];
    const { value: build } = await engine.readBuild(context.fixture(name));
    // A terminal that takes 20 MB a second, and asks for patience meanwhile.
    const io = {
      output: (/** @type {string} */ _stream, /** @type {Uint8Array} */ chunk) => wait(chunk.length / 20_000),
    };
    const instance = await engine.startInstance(build, { ...profile, args }, io);
    ids.push(instance.id);
    calls.push(engine.call(instance.id, engine.runChoice(build).chosen));
  }
  const delay = monitorEventLoopDelay({ resolution: 1 });
  delay.enable();
  await wait(5000);
  delay.disable();
  /** @type {number[]} */
  const stops = [];
  for (const id of ids) {
    const before = performance.now();
    await engine.stop(id, { type: 'user' });
    stops.push(performance.now() - before);
  }
  await Promise.all(calls);
  await engine.shutdown();
  return { p99: delay.percentile(99) / 1e6, stops: spreadOf(stops) };
}

/**
 * @param {string} what
 * @param {number} p50
 * @param {number} p95
 * @param {{of: number | undefined, name: string, most: number}} target
 * @returns {Row}
 */
function row(what, p50, p95, { of = Number.NaN, name, most }) {
  const ratio = p50 / of;
  const asText = (/** @type {number} */ value) =>
    value < 1 ? `1/${(1 / value).toFixed(value > 0.1 ? 1 : 0)}` : value.toFixed(2);
  return {
    what,
    measured: `${ms({ p50, p95 })}: ${asText(ratio)} of ${name}`,
    target: `≤ ${most < 1 ? `1/${Math.round(1 / most)}` : most}`,
    reached: ratio <= most,
  };
}

/** @param {{p50: number, p95: number}} spread */
function ms({ p50, p95 }) {
  const text = (/** @type {number} */ value) => (value < 100 ? value.toFixed(1) : value.toFixed(0));
  return `${text(p50)} ms (p95 ${text(p95)})`;
}
