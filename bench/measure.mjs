// @ts-check
// Timing and statistics for the benchmarks.
import { spawn } from 'node:child_process';
import { performance } from 'node:perf_hooks';

/**
 * @typedef {object} Spread
 * @property {number} p50 in ms
 * @property {number} p95 in ms
 * @property {number} max in ms
 * @property {number} count
 */

/**
 * @param {number} count
 * @param {(index: number) => Promise<number | void>} run may give its own time in ms
 * @param {number} [warmUps] runs that do not count
 * @returns {Promise<Spread>}
 */
export async function repeat(count, run, warmUps = 1) {
  /** @type {number[]} */
  const times = [];
  for (let index = -warmUps; index < count; index++) {
    const before = performance.now();
    const own = await run(index);
    if (index >= 0) times.push(own ?? performance.now() - before);
  }
  return spreadOf(times);
}

/**
 * Runs several things in turns, so that other load on the machine affects all of them. The first round does not count.
 * @template {string} Name
 * @param {number} rounds
 * @param {Record<Name, (round: number) => Promise<number | void>>} runs each may give its own time in ms
 * @returns {Promise<Record<Name, Spread>>}
 */
export async function inTurns(rounds, runs) {
  /** @type {[string, (round: number) => Promise<number | void>][]} */
  const entries = Object.entries(runs);
  const times = entries.map(() => /** @type {number[]} */ ([]));
  for (let round = -1; round < rounds; round++) {
    for (const [place, [, run]] of entries.entries()) {
      const before = performance.now();
      const own = await run(round);
      if (round >= 0) times[place]?.push(own ?? performance.now() - before);
    }
  }
  // Exactly the given names.
  return /** @type {Record<Name, Spread>} */ (
    Object.fromEntries(entries.map(([name], place) => [name, spreadOf(times[place] ?? [])]))
  );
}

/**
 * @param {readonly number[]} times
 * @returns {Spread}
 */
export function spreadOf(times) {
  const sorted = [...times].sort((a, b) => a - b);
  const at = (/** @type {number} */ part) =>
    sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? Number.NaN;
  return { p50: at(0.5), p95: at(0.95), max: at(1), count: sorted.length };
}

/**
 * Runs a program to its end and discards its output.
 * @param {string} program
 * @param {readonly string[]} args
 * @param {{env?: NodeJS.ProcessEnv, expected?: readonly number[]}} [options] `expected` are the exit statuses that are no failure
 */
export async function runProgram(program, args, { env = process.env, expected = [0] } = {}) {
  const child = spawn(program, args, { stdio: ['ignore', 'ignore', 'pipe'], env });
  let errors = '';
  child.stderr.setEncoding('utf8').on('data', (/** @type {string} */ text) => void (errors += text));
  const code = await new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', resolve);
  });
  if (!expected.includes(code)) throw new Error(`${program} ${args.join(' ')} ended with ${code}: ${errors}`);
}

/** @param {number} ms */
export function wait(ms) {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
