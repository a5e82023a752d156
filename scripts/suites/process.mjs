// @ts-check
// Runs the command line as users do: a process of its own, with a time limit.
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { dist } from '../setup/paths.mjs';

/**
 * @typedef {object} Ended
 * @property {number | null} status exit status, null where a signal ended the process
 * @property {string | null} signal
 * @property {string} stdout
 * @property {string} stderr
 * @property {boolean} hung whether it was ended because it took too long
 */

/**
 * Starts `fresh-instance` with pipes for its streams.
 * @param {readonly string[]} args
 * @param {{limitMs: number, cwd?: string}} options
 */
export function start(args, { limitMs, cwd }) {
  const child = spawn(process.execPath, [join(dist, 'cli.js'), ...args], {
    stdio: ['pipe', 'pipe', 'pipe'],
    ...(cwd === undefined ? {} : { cwd }),
  });
  let [stdout, stderr, hung] = ['', '', false];
  child.stdout.setEncoding('utf8').on('data', (text) => (stdout += String(text)));
  child.stderr.setEncoding('utf8').on('data', (text) => (stderr += String(text)));
  child.stdin.on('error', () => undefined); // The guest may end before it has read everything.
  const timer = setTimeout(() => {
    hung = true;
    child.kill('SIGKILL');
  }, limitMs);
  /** @type {Promise<Ended>} */
  const ended = new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (status, signal) => {
      clearTimeout(timer);
      resolve({ status, signal, stdout, stderr, hung });
    });
  });
  return { child, ended, stdout: () => stdout, stderr: () => stderr };
}

/**
 * @param {readonly string[]} args
 * @param {{limitMs: number, cwd?: string}} options
 */
export function run(args, options) {
  const { child, ended } = start(args, options);
  child.stdin.end();
  return ended;
}

/**
 * Runs jobs side by side and keeps the order of their results.
 * @template T, U
 * @param {readonly T[]} items
 * @param {number} width
 * @param {(item: T) => Promise<U>} work
 */
export async function atOnce(items, width, work) {
  /** @type {U[]} */
  const results = [];
  let next = 0;
  const worker = async () => {
    for (let index = next++; index < items.length; index = next++) {
      results[index] = await work(/** @type {T} */ (items[index]));
    }
  };
  await Promise.all(Array.from({ length: width }, worker));
  return results;
}
