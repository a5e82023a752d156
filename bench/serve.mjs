// @ts-check
// Requests per second of `fresh-instance serve`, beside jco's server, a bare server of Node, and wasmtime's where it is installed.
import { execFile, spawn } from 'node:child_process';
import { createServer, get } from 'node:http';
import { createServer as createTcpServer } from 'node:net';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { root } from '../scripts/setup/paths.mjs';

const runFile = promisify(execFile);

/** @typedef {{perSecond: number, p50: number, p99: number, failed: number}} Load */

const connections = 8;
const loadMs = 3000;

/**
 * Measures each server alone, after a warm-up, in two turns; gives the better one of each.
 * @param {import('./parts.mjs').Context} context
 * @returns {Promise<import('./parts.mjs').Row[]>}
 */
export async function serveRows({ node, cli, fixture, jcoScript }) {
  const file = fixture('handler2');
  const often = ['--max-instance-reuse-count', '1000000000'];
  /** @type {Record<string, (port: number) => readonly [string, ...string[]]>} */
  const commands = {
    'ours, fresh': (port) => [node, cli, 'serve', file, '--addr', `127.0.0.1:${port}`],
    'ours, reused': (port) => [node, cli, 'serve', file, '--addr', `127.0.0.1:${port}`, ...often],
    'jco, fresh': (port) => [
      node,
      jcoScript,
      'serve',
      file,
      '--port',
      String(port),
      '--isolate-requests',
      'instance',
    ],
    'jco, reused': (port) => [node, jcoScript, 'serve', file, '--port', String(port)],
    'wasmtime, fresh': (port) => ['wasmtime', 'serve', '-Scli', file, '--addr', `127.0.0.1:${port}`],
  };
  /** @type {Record<string, Load>} */
  const loads = {};
  for (let turn = 0; turn < 2; turn++) {
    for (const [name, command] of Object.entries(commands)) {
      const load = await measure(node, command);
      if (load !== undefined && (loads[name]?.perSecond ?? 0) < load.perSecond) loads[name] = load;
    }
  }
  const bare = await bareLoad(node);
  const row = (
    /** @type {string} */ what,
    /** @type {string} */ name,
    /** @type {string} */ rival,
    /** @type {number} */ least,
  ) => {
    const [own, other] = [loads[name], loads[rival]];
    if (own === undefined || other === undefined) return [];
    const ratio = own.perSecond / other.perSecond;
    const measured = `${text(own)}: ${ratio.toFixed(2)} × ${rival} (${text(other)})`;
    return [{ what, measured, target: `≥ ${least} ×`, reached: ratio >= least }];
  };
  return [
    ...row('serve: hello, one request after the other on an instance', 'ours, reused', 'jco, reused', 2.5),
    ...row('serve: hello, a fresh instance for each request', 'ours, fresh', 'jco, fresh', 1.4),
    { what: 'serve: a bare server of Node', measured: text(bare) },
    ...(loads['wasmtime, fresh'] === undefined
      ? []
      : [{ what: 'serve: wasmtime serve', measured: text(loads['wasmtime, fresh']) }]),
  ];
}

/** @param {Load} load */
function text({ perSecond, p50, p99, failed }) {
  const errors = failed === 0 ? '' : `, ${failed} failed`;
  return `${perSecond.toFixed(0)} requests/s (p50 ${p50.toFixed(1)}, p99 ${p99.toFixed(0)} ms${errors})`;
}

/**
 * @param {string} node
 * @param {(port: number) => readonly [string, ...string[]]} command
 * @returns {Promise<Load | undefined>} undefined where the server does not start
 */
async function measure(node, command) {
  const port = await freePort();
  const [program, ...args] = command(port);
  const child = spawn(program, args, { stdio: 'ignore' });
  const state = { isThere: true };
  child.on('error', () => (state.isThere = false));
  try {
    const url = `http://127.0.0.1:${port}/`;
    for (let time = 0; !(await answers(url)); time++) {
      if (!state.isThere || child.exitCode !== null || time > 200) return undefined;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    await load(node, url, 1000);
    return await load(node, url, loadMs);
  } finally {
    child.kill('SIGKILL');
  }
}

/** @param {string} node */
async function bareLoad(node) {
  const server = createServer((_request, response) => response.end('hello\n'));
  await new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(undefined)));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The server has no port.');
  try {
    return await load(node, `http://127.0.0.1:${address.port}/`, loadMs);
  } finally {
    server.close();
  }
}

/**
 * @param {string} node
 * @param {string} url
 * @param {number} ms
 * @returns {Promise<Load>}
 */
async function load(node, url, ms) {
  const script = join(root, 'bench', 'serve-load.mjs');
  const { stdout } = await runFile(node, [script, url, String(connections), String(ms)]);
  return JSON.parse(stdout);
}

/** @param {string} url @returns {Promise<boolean>} */
function answers(url) {
  return new Promise((resolve) => {
    get(url, { agent: false }, (answer) => {
      answer.resume();
      resolve(answer.statusCode === 200);
    }).on('error', () => resolve(false));
  });
}

/** @returns {Promise<number>} */
async function freePort() {
  const server = createTcpServer();
  await new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(undefined)));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('The server has no port.');
  return address.port;
}
