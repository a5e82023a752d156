// @ts-check
// A fresh instance of ours beside a process of `wasmtime run`, whose cache of compiled code is warm.
import { homedir } from 'node:os';
import { performance } from 'node:perf_hooks';
import { say } from '../scripts/setup/say.mjs';
import { ensureWasmtime } from '../scripts/setup/wasmtime.mjs';
import { fromStandby, makeEngine, profile } from './guests.mjs';
import { inTurns, repeat, runProgram } from './measure.mjs';
import { ms, row } from './rows.mjs';

/**
 * @param {import('./parts.mjs').Context} context
 * @returns {Promise<readonly import('./parts.mjs').Row[]>}
 */
export async function besideWasmtime(context) {
  const wasmtime = process.env.FRESH_INSTANCE_WASMTIME ?? (await ensureWasmtime());
  if (wasmtime === null) {
    say('skipped, since there is no wasmtime: node scripts/wasmtime.mjs installs one');
    return [];
  }
  const { node, cli, scratch, fixture } = context;
  const env = { ...process.env, FRESH_INSTANCE_WASMTIME: wasmtime, FRESH_INSTANCE_CACHE: scratch };
  const run = (/** @type {readonly string[]} */ ...options) =>
    runProgram(node, [cli, 'run', fixture('hello'), ...options], { env });
  const programs = await inTurns(21, {
    wasmtime: () => runProgram(wasmtime, ['run', fixture('hello')]),
    own: () => run(),
    onWasmtime: () => run('--engine', 'wasmtime'),
  });
  const standby = await fromStandby(context, 'hello', 60);
  const engine = await throughEngine(context, wasmtime);
  const name = '`wasmtime run`';
  const plain = (/** @type {{p50: number}} */ { p50 }) =>
    `${(p50 / programs.wasmtime.p50).toFixed(1)} of ${name}`;
  return [
    { what: '`wasmtime run` hello, its cache warm', measured: ms(programs.wasmtime) },
    row('hello from a pre-warmed instance (on jco)', standby, {
      of: programs.wasmtime.p50,
      name,
      most: 1 / 2,
    }),
    {
      what: 'hello on wasmtime, request to outcome in the editor',
      measured: `${ms(engine)}: ${plain(engine)}`,
    },
    {
      what: '`fresh-instance run` hello, cache filled',
      measured: `${ms(programs.own)}: ${plain(programs.own)}`,
    },
    {
      what: '`fresh-instance run --engine wasmtime` hello',
      measured: `${ms(programs.onWasmtime)}: ${plain(programs.onWasmtime)}`,
    },
  ];
}

/**
 * The time from the request for an instance on wasmtime to its outcome, in an engine as the editor has it.
 * @param {import('./parts.mjs').Context} context
 * @param {string} program
 */
async function throughEngine(context, program) {
  const places = { program, env: process.env, home: homedir(), platform: process.platform, foreign: [] };
  const { engine } = makeEngine(context, { wasmtime: () => places });
  const { value: build } = await engine.readBuild(context.fixture('hello'));
  const [run] = engine.runExports(build);
  const times = await repeat(
    30,
    async () => {
      const before = performance.now();
      const instance = await engine.startInstance(
        build,
        { ...profile, engine: 'wasmtime' },
        { output: () => undefined },
      );
      await engine.call(instance.id, run);
      const took = performance.now() - before;
      await engine.disposeInstance(instance.id);
      return took;
    },
    2,
  );
  await engine.shutdown();
  return times;
}
