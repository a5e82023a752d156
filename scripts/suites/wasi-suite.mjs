// @ts-check
// Runs the tests of https://github.com/WebAssembly/wasi-testsuite through the command line, as the suite's own runner does:
// https://github.com/WebAssembly/wasi-testsuite/blob/main/doc/specification.md
import { cpSync, existsSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { atOnce, start } from './process.mjs';

/** @typedef {import('./wast-suite.mjs').Result} Result */

/**
 * What a test does and expects, in order; `run` is the first.
 * @typedef {{type: string, id?: string, payload?: string, args?: string[], env?: Record<string, string>, root?: string, exit_code?: number}} Operation
 */
/** @typedef {{operations: readonly Operation[], proposals: readonly string[], world: string}} Config */

/** In ms, for a whole test. The suite's own adapters give 5 s on machines that do nothing else. */
const limitMs = 60_000;

/**
 * Runs the `wasi:cli/command` tests of a folder with built tests.
 * @param {string} folder such as `tests/rust/testsuite/wasm32-wasip3`
 * @param {{width: number, only: string, suite: string, prepare?: (path: string) => Promise<string>}} options `prepare` makes what is run
 *   of a test's file; the path without it
 * @returns {Promise<readonly Result[]>}
 */
export async function runWasiSuite(folder, { width, only, suite, prepare }) {
  const names = readdirSync(folder)
    .filter((name) => name.endsWith('.wasm') && name.includes(only))
    .map((name) => name.replace(/\.wasm$/, ''));
  const tests = names
    .map((name) => ({ name, config: readConfig(join(folder, `${name}.json`)) }))
    .filter(({ config }) => config.world === 'wasi:cli/command');
  return atOnce(tests, width, async ({ name, config }) => {
    const path = join(folder, `${name}.wasm`);
    const component = await (prepare?.(path) ?? path);
    return { suite, name, ...(await runTest(folder, component, config)) };
  });
}

/** Without a file, a test is run and must end with 0. @param {string} path @returns {Config} */
function readConfig(path) {
  const read = existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : {};
  const { proposals = [], world = 'wasi:cli/command' } = read;
  if (read.operations !== undefined) return { operations: read.operations, proposals, world };
  const run = { type: 'run', args: read.args, env: read.env, root: read.root };
  const reads = ['stdout', 'stderr'].flatMap((id) =>
    read[id] === undefined ? [] : [{ type: 'read', id, payload: read[id] }],
  );
  const wait = { type: 'wait', exit_code: read.exit_code };
  return { operations: [run, ...reads, wait], proposals, world };
}

/**
 * @param {string} folder
 * @param {string} component
 * @param {Config} config
 * @returns {Promise<Pick<Result, 'outcome' | 'message' | 'broken'>>}
 */
async function runTest(folder, component, { operations, proposals }) {
  const work = mkdtempSync(join(tmpdir(), 'suites-wasi-'));
  const [first, ...rest] = operations;
  try {
    const running = start(argumentsOf(component, first, { folder, work, proposals }), { limitMs });
    const guest = new Guest(running);
    for (const operation of rest) {
      const failure = await guest.carryOut(operation);
      if (failure !== null) return await guest.fail(failure);
    }
    return { outcome: 'right', message: '', broken: false };
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

/**
 * @param {string} component
 * @param {Operation | undefined} run
 * @param {{folder: string, work: string, proposals: readonly string[]}} place
 */
function argumentsOf(component, run, { folder, work, proposals }) {
  const args = ['run', component];
  for (const [name, value] of Object.entries(run?.env ?? {})) args.push('--env', `${name}=${value}`);
  if (run?.root !== undefined) {
    // Each test changes a copy of its own.
    cpSync(join(folder, run.root), work, { recursive: true });
    args.push('--dir', `${work}::/`);
  }
  if (proposals.includes('sockets')) args.push('--net');
  return [...args, '--', ...(run?.args ?? [])];
}

/** A running test: its process, what was read of its streams, and its connections. */
class Guest {
  /** @param {ReturnType<typeof start>} running */
  constructor(running) {
    this.running = running;
    this.over = false;
    void running.ended.then(() => (this.over = true));
    this.read = { stdout: 0, stderr: 0 };
    /** @type {Map<string, {socket: import('node:net').Socket, received: string}>} */
    this.connections = new Map();
  }

  /** @param {Operation} operation @returns {Promise<string | null>} what went wrong */
  async carryOut({ type, id = '', payload = '', exit_code = 0 }) {
    switch (type) {
      case 'write':
        this.running.child.stdin.write(payload);
        return null;
      case 'read':
        return this.expect(id === 'stderr' ? 'stderr' : 'stdout', payload);
      case 'connect':
        return this.connect(id);
      case 'send':
        this.connections.get(id)?.socket.write(payload);
        return null;
      case 'recv':
        return this.receive(id, payload);
      case 'wait':
        return this.wait(exit_code);
      default:
        return `operation ${type} is not known`;
    }
  }

  /** @param {'stdout' | 'stderr'} id @param {string} payload */
  async expect(id, payload) {
    const text = () => this.running[id]().slice(this.read[id], this.read[id] + payload.length);
    await this.until(() => text().length >= payload.length);
    if (text() !== payload)
      return `${id}: ${JSON.stringify(text())}, where ${JSON.stringify(payload)} was expected`;
    this.read[id] += payload.length;
    return null;
  }

  /** Connects to the address that the guest printed. @param {string} id */
  async connect(id) {
    await this.until(() => this.running.stdout().includes('\n', this.read.stdout));
    const [, line = '', host = '', port = ''] =
      /^((.*):(\d+)\s)/.exec(this.running.stdout().slice(this.read.stdout)) ?? [];
    if (line === '') return 'no address was printed';
    this.read.stdout += line.length;
    const socket = connect(Number(port), host);
    const connection = { socket, received: '' };
    socket.setEncoding('utf8').on('data', (text) => (connection.received += String(text)));
    socket.on('error', () => undefined);
    this.connections.set(id, connection);
    return null;
  }

  /** @param {string} id @param {string} payload */
  async receive(id, payload) {
    const received = () => this.connections.get(id)?.received ?? '';
    await this.until(() => received().length >= payload.length);
    return received() === payload ? null : `received ${JSON.stringify(received())}`;
  }

  /** @param {number} status */
  async wait(status) {
    this.running.child.stdin.end();
    for (const { socket } of this.connections.values()) socket.end();
    const ended = await this.running.ended;
    if (ended.hung) return 'hung';
    return ended.status === status ? null : `status ${String(ended.status)}, where ${status} was expected`;
  }

  /** @param {string} message @returns {Promise<Pick<Result, 'outcome' | 'message' | 'broken'>>} */
  async fail(message) {
    this.running.child.kill('SIGKILL');
    for (const { socket } of this.connections.values()) socket.destroy();
    const { hung, signal, stderr } = await this.running.ended;
    const broken = hung || (signal !== null && signal !== 'SIGKILL');
    return { outcome: 'wrong', message: `${message}: ${stderr.replace(/\s+/g, ' ').slice(0, 500)}`, broken };
  }

  /** Waits until something is so, or the process has ended. @param {() => boolean} condition */
  async until(condition) {
    while (!condition() && !this.over) await new Promise((resolve) => setTimeout(resolve, 10));
  }
}
