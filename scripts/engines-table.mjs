// @ts-check
// Runs components on jco and on wasmtime through the command line, and prints a table of what is the same, what differs, and why:
//   node scripts/engines-table.mjs FILE_OR_FOLDER...
// Uses dist/ as it is built. Components get no grants and ten seconds for each run; files without a run are left out.
import { execFile } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { promisify } from 'node:util';
import { root } from './setup/paths.mjs';
import { cachedWasmtime } from './setup/wasmtime.mjs';

/**
 * @typedef {object} Side
 * @property {string} outcome
 * @property {string | null} message
 * @property {{first: number, again: number | null}} ms
 */

/**
 * @typedef {object} Comparison
 * @property {boolean} same
 * @property {readonly {name: string, relation: string, varies: readonly string[]}[]} aspects
 * @property {{jco: Side, wasmtime: Side}} engines
 * @property {readonly {message: string}[]} known
 */

const exec = promisify(execFile);
const work = mkdtempSync(join(tmpdir(), 'engines-table-'));
const record = join(work, 'out.json');
const env = { FRESH_INSTANCE_WASMTIME: cachedWasmtime, ...process.env };

/**
 * Compares the engines on one file.
 * @param {string} file
 * @returns {Promise<Comparison | string>} a string says why there is none
 */
async function compare(file) {
  rmSync(record, { force: true });
  const args = [
    join(root, 'dist', 'cli.js'),
    'run',
    file,
    '--engine',
    'both',
    '--timeout',
    '10s',
    '--json',
    record,
  ];
  /** @type {{code?: number, stderr?: string} | undefined} */
  let failed;
  try {
    await exec(process.execPath, args, { env, maxBuffer: 1 << 26, timeout: 300_000 });
  } catch (error) {
    failed = /** @type {{code?: number, stderr?: string}} */ (error);
  }
  if (failed !== undefined && failed.code !== 1)
    return (failed.stderr ?? '').trim() || `ended with ${failed.code}`;
  return JSON.parse(readFileSync(record, 'utf8')).comparison;
}

/** @param {Side} side */
function endOf({ outcome, message }) {
  return message === null ? outcome : `${outcome} (${message})`;
}

/**
 * Why a comparison is not the same, on one line.
 * @param {Comparison} comparison
 */
function whyNot({ aspects, engines, known }) {
  const parts = aspects
    .filter(({ relation }) => relation !== 'same')
    .map(({ name, relation, varies }) => {
      if (relation === 'unknown')
        return varies.length > 0 ? `${name} varies from run to run` : `${name} unknown`;
      if (name === 'outcome') return `jco ${endOf(engines.jco)} / wasmtime ${endOf(engines.wasmtime)}`;
      return name;
    });
  return [...parts, ...known.map(({ message }) => message)].join('; ').replace(/\s+/g, ' ');
}

const files = process.argv.slice(2).flatMap((path) =>
  statSync(path).isDirectory()
    ? readdirSync(path)
        .filter((name) => name.endsWith('.wasm'))
        .sort()
        .map((name) => join(path, name))
    : [path],
);
const counts = { same: 0, unknown: 0, different: 0, none: 0 };
/** @type {number[]} */
const ratios = [];
for (const file of files) {
  const found = await compare(file);
  if (typeof found === 'string') {
    counts.none += 1;
    if (!found.includes('does not export wasi:cli/run'))
      console.log(`none       ${basename(file)}: ${found.split('\n')[0]}`);
    continue;
  }
  const differs = found.aspects.some(({ relation }) => relation === 'different');
  const verdict = found.same ? 'same' : differs ? 'different' : 'unknown';
  counts[verdict] += 1;
  const { jco, wasmtime } = found.engines;
  if (jco.ms.again !== null && wasmtime.ms.again !== null) ratios.push(jco.ms.again / wasmtime.ms.again);
  const why = found.same ? endOf(jco) : whyNot(found);
  console.log(`${verdict.padEnd(10)} ${basename(file)}: ${why}`);
}
const middle = ratios.sort((a, b) => a - b)[Math.floor(ratios.length / 2)];
console.log(
  `\n${counts.same} the same, ${counts.unknown} the same where it can be compared, ${counts.different} different, ${counts.none} without a comparison.`,
);
if (middle !== undefined)
  console.log(`Time of a second run on jco / on wasmtime, median: ${middle.toFixed(2)}`);
rmSync(work, { recursive: true, force: true });
