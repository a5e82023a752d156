// @ts-check
// The parts of the benchmark in running order. Later parts use figures of earlier ones.
import { join } from 'node:path';
import { withNodeFirst } from '../scripts/setup/node.mjs';
import { out } from '../scripts/setup/paths.mjs';
import { callRows } from './calls.mjs';
import { floorOf } from './floor.mjs';
import {
  echoTimes,
  floodThrough,
  fromNothing,
  fromStandby,
  hostCallTimes,
  parentGrowth,
  perSecond,
  pipeThrough,
} from './guests.mjs';
import { besideHostileGuests } from './hostile.mjs';
import { inTurns, runProgram } from './measure.mjs';
import { lenses } from './lens-report.mjs';
import { besideBareProcesses } from './rivals.mjs';
import { compared, ms, row } from './rows.mjs';
import { besideWasmtime } from './wasmtime.mjs';

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
 * @property {string} jcoScript
 * @property {any} engine the bundle of engine-entry.ts
 * @property {(name: string) => string} fixture
 *
 * @typedef {Record<string, number>} Figures p50 in ms by name
 *
 * @typedef {object} Part
 * @property {string} name
 * @property {boolean} [always] whether other parts need its figures
 * @property {(context: Context, figures: Figures) => Promise<readonly Row[]>} run
 */

/** How much of a plain pipe's throughput the output of a guest reaches at least. */
const leastShare = 0.1;

/** @type {readonly Part[]} */
export const parts = [
  {
    name: 'the command line and `npx jco run`, in turns',
    always: true,
    run: async (context, figures) => {
      const { node, cli, jcoScript, scratch, fixture } = context;
      const npx = (/** @type {string} */ name) =>
        runProgram('npx', ['jco', 'run', fixture(name)], { env: withNodeFirst(node) });
      const own = (/** @type {string} */ cache) =>
        runProgram(node, [cli, 'run', fixture('hello')], {
          env: { FRESH_INSTANCE_CACHE: join(scratch, cache) },
        });
      const hello = await inTurns(11, {
        npx: () => npx('hello'),
        direct: () => runProgram(node, [jcoScript, 'run', fixture('hello')]),
        first: (round) => fromNothing(context, 'hello', `first-${round}`),
        cold: () => fromNothing(context, 'hello', 'engine'),
        ownFirst: (round) => own(`own-first-${round}`),
        ownCold: () => own('filled'),
        bare: () => runProgram(node, ['-e', '0']),
      });
      const big = await inTurns(3, { npx: () => npx('big') });
      figures['jco hello'] = hello.npx.p50;
      figures['jco big'] = big.npx.p50;
      const toJco = { of: hello.npx.p50, name: '`npx jco run`' };
      return [
        { what: '`npx jco run` hello (57 KB, C), on the same Node', measured: ms(hello.npx) },
        { what: '`node jco.js run` hello', measured: ms(hello.direct) },
        { what: 'a start of Node that does nothing', measured: ms(hello.bare) },
        { what: '`npx jco run` big (12 MB, JavaScript)', measured: ms(big.npx) },
        row('hello from nothing, request to outcome, first time ever (transpile included)', hello.first, {
          ...toJco,
          most: 1 / 2,
        }),
        row('hello from nothing, request to outcome, cache filled', hello.cold, { ...toJco, most: 1 / 8 }),
        row('`fresh-instance run` hello, first time ever', hello.ownFirst, { ...toJco, most: 1 / 2 }),
        compared('the same', hello.ownFirst, { of: hello.direct.p50, name: '`node jco.js run`' }),
        row('`fresh-instance run` hello, cache filled', hello.ownCold, { ...toJco, most: 1 / 8 }),
        // Its own process and that of the guest: two starts of Node.
        compared('the same', hello.ownCold, { of: 2 * hello.bare.p50, name: 'two starts of Node' }),
      ];
    },
  },
  {
    name: 'the floor: in one process',
    always: true,
    run: async ({ fixture }, figures) => {
      // As often as from standby, so that both are equally warm.
      const hello = await floorOf(fixture('hello'), 60);
      figures['floor hello'] = hello.p50;
      return [
        {
          what: 'the floor: hello in one process without isolation, compiled before',
          measured: ms(hello),
        },
      ];
    },
  },
  {
    name: 'standby: hello',
    run: async (context, figures) => {
      const hello = await fromStandby(context, 'hello', 60);
      return [
        row('hello from a pre-warmed instance', hello, {
          of: figures['jco hello'],
          name: '`npx jco run`',
          most: 1 / 150,
        }),
        row('the same', hello, { of: figures['floor hello'], name: 'the floor', most: 1.6 }),
      ];
    },
  },
  {
    name: 'standby: big',
    run: async (context, figures) => {
      const big = await fromStandby(context, 'big', 30);
      return [
        row('big from a pre-warmed instance', big, {
          of: figures['jco big'],
          name: '`npx jco run`',
          most: 1 / 30,
        }),
      ];
    },
  },
  { name: 'wasmtime: a process for each run', run: besideWasmtime },
  {
    name: 'output and stdin',
    run: async (context) => {
      /** @type {{megabytesPerSecond: number, childMegabytes: number, pipe: number}[]} */
      const rounds = [];
      for (let round = 0; round < 3; round++)
        rounds.push({ ...(await floodThrough(context)), pipe: await pipeThrough(context) });
      const [flood] = rounds.sort((a, b) => b.megabytesPerSecond - a.megabytesPerSecond);
      const pipe = Math.max(...rounds.map((each) => each.pipe));
      if (flood === undefined) throw new Error('there are no rounds');
      const share = flood.megabytesPerSecond / pipe;
      const echo = await echoTimes(context);
      const memory = flood.childMegabytes / echo.plainMegabytes;
      return [
        { what: 'a plain pipe between two Node processes', measured: `${pipe.toFixed(0)} MB/s` },
        {
          what: 'output from the guest to the consumer',
          measured: `${flood.megabytesPerSecond.toFixed(0)} MB/s: ${share.toFixed(2)} of a plain pipe`,
          target: `≥ ${leastShare}`,
          reached: share >= leastShare,
        },
        {
          what: 'memory of the runner meanwhile',
          measured: `${flood.childMegabytes.toFixed(0)} MB: ${memory.toFixed(1)} of a bare Node process`,
          target: '≤ 3',
          reached: memory <= 3,
        },
        { what: 'the echo of a line between two Node processes', measured: ms(echo.plain) },
        row('stdin echo of a guest', echo.guest, { of: echo.plain.p50, name: 'the plain echo', most: 4 }),
      ];
    },
  },
  {
    name: 'repeats: a thousand fresh instances, a thousand calls on one',
    run: async (context) => {
      const fresh = await perSecond(context, ['--repeat', '1000', context.fixture('hello')], 1000);
      const { bare } = await inTurns(9, { bare: () => runProgram(context.node, ['-e', '0']) });
      const same = await perSecond(context, ['--repeat', '1000', '--same', context.fixture('counter')], 1000);
      const growth = await parentGrowth(context);
      return [
        row(
          'a fresh instance of hello in `--repeat 1000`, on average',
          { p50: 1000 / fresh, p95: 1000 / fresh },
          {
            of: bare.p50,
            name: 'a start of Node',
            most: 1 / 5,
          },
        ),
        { what: '`--repeat 1000 --same` of counter', measured: `${same.toFixed(0)} calls/s` },
        {
          what: "growth of the parent's memory in use, 100th to 1000th instance, in shares of its resident memory",
          measured: `${(growth * 100).toFixed(1)} %`,
          target: '< 5 %',
          reached: growth < 0.05,
        },
      ];
    },
  },
  { name: 'calls: ten thousand on one instance', run: callRows },
  {
    name: 'host calls: a hundred thousand writes',
    run: async (context) => {
      const { own, jco, floor } = await hostCallTimes(context);
      const what = '100,000 host calls, `fresh-instance run` from start to end';
      return [
        { what: '100,000 host calls in one process', measured: ms(floor) },
        row(what, own, { of: jco.p50, name: '`node jco.js run`', most: 1 / 2 }),
        row('the same', own, { of: floor.p50, name: 'one process', most: 1 }),
      ];
    },
  },
  {
    name: 'host: ten guests that spin, flood and grow',
    run: async (context) => {
      const bare = await besideBareProcesses(context, 10, 3000);
      const { delays, stops } = await besideHostileGuests(context, 10, 6000);
      const ratio = delays.p99 / bare.p99;
      return [
        {
          what: "delay of a parent's event loop while ten bare processes spin, write, grow",
          measured: `p99 ${bare.p99.toFixed(1)} ms`,
        },
        {
          what: "delay of the editor's event loop while ten guests start, spin, write, grow",
          measured: `p99 ${delays.p99.toFixed(1)} ms (longest ${delays.max.toFixed(0)} ms): ${ratio.toFixed(1)} of that`,
          target: '≤ 3',
          reached: ratio <= 3,
        },
        { what: 'kill of a bare process, meanwhile', measured: ms(bare.kills) },
        row('Stop, meanwhile', stops, { of: bare.kills.p50, name: 'the kill', most: 5 }),
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
  { name: 'lenses and warnings', run: lenses },
  {
    name: 'serve',
    run: async (context) => {
      const { serveRows } = await import('./serve.mjs');
      return serveRows(context);
    },
  },
];
