// @ts-check
// What the same work costs without us: bare Node processes and V8 alone, measured in the same run.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { setPriority } from 'node:os';
import { monitorEventLoopDelay, performance } from 'node:perf_hooks';
import { residentBytes } from './guests.mjs';
import { spreadOf, wait } from './measure.mjs';

/**
 * Starts a bare Node process that sends back what it gets.
 * @param {import('./parts.mjs').Context} context
 */
export function plainEcho({ node }) {
  const child = spawn(node, ['-e', "process.stdin.on('data', (bytes) => process.stdout.write(bytes))"], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  return {
    /** The round trip of a line, in ms. */
    once: async () => {
      const before = performance.now();
      const echoed = once(child.stdout, 'data');
      child.stdin.write('a line\n');
      await echoed;
      return performance.now() - before;
    },
    megabytes: () => residentBytes(child.pid ?? 0) / 1e6,
    end: async () => {
      child.stdin.end();
      await once(child, 'close');
    },
  };
}

/** What the bare processes do: the same as the guests of hostile.mjs. */
const programs = [
  'for (;;);',
  "const piece = Buffer.alloc(65536, 'x'); const write = () => { while (process.stdout.write(piece)); process.stdout.once('drain', write); }; write();",
  'const all = []; for (let size = 0; size < 1024; size++) all.push(Buffer.alloc(1 << 20, 1)); for (;;);',
];

/**
 * Starts bare Node processes that spin, write and grow, waits for a while, then kills them one after the other while the others run.
 * @param {import('./parts.mjs').Context} context
 * @param {number} count
 * @param {number} forMs
 */
export async function besideBareProcesses({ node }, count, forMs) {
  const delay = monitorEventLoopDelay({ resolution: 1 });
  delay.enable();
  const children = Array.from({ length: count }, (_, index) => {
    const child = spawn(node, ['-e', programs[index % programs.length] ?? ''], {
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    if (child.pid !== undefined) setPriority(child.pid, 10);
    child.stdout.on('data', (/** @type {Buffer} */ bytes) => {
      // 20 MB per second, as the terminals of the guests take.
      child.stdout.pause();
      setTimeout(() => child.stdout.resume(), bytes.length / 20_000);
    });
    return child;
  });
  await wait(forMs);
  /** @type {number[]} */
  const kills = [];
  for (const child of children) {
    const before = performance.now();
    const ended = once(child, 'exit');
    child.kill('SIGKILL');
    await ended;
    kills.push(performance.now() - before);
  }
  delay.disable();
  return { p99: delay.percentile(99) / 1e6, kills: spreadOf(kills) };
}

/**
 * The core modules in a component, also in components inside of it.
 * Source: https://github.com/WebAssembly/component-model/blob/main/design/mvp/Binary.md#component-definitions
 * @param {Uint8Array} bytes
 * @returns {Uint8Array[]}
 */
export function coreModulesOf(bytes) {
  /** @type {Uint8Array[]} */
  const found = [];
  let at = 8;
  while (at < bytes.length) {
    const id = bytes[at];
    let size = 0;
    at += 1;
    for (let shift = 0; ; shift += 7) {
      const byte = bytes[at++] ?? 0;
      size += (byte & 0x7f) * 2 ** shift;
      if (byte < 0x80) break;
    }
    const content = bytes.subarray(at, at + size);
    if (id === 1) found.push(content);
    if (id === 4) found.push(...coreModulesOf(content));
    at += size;
  }
  return found;
}

/** The time in ms in which V8 validates the core modules of a component, all function bodies included. @param {Uint8Array} bytes */
export function validationTime(bytes) {
  const modules = coreModulesOf(bytes);
  const before = performance.now();
  for (const module of modules)
    if (!WebAssembly.validate(/** @type {Uint8Array<ArrayBuffer>} */ (module)))
      throw new Error('a core module is not valid');
  return performance.now() - before;
}
