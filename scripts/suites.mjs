// @ts-check
// Runs public test suites through the command line, and prints a table of what is right, what is not, and whose fault that is:
// node scripts/suites.mjs FOLDER [--only TEXT] [--width N] [--json OUT]
// FOLDER holds wasi-testsuite (its branch prod/testsuite-base, with the tests built) and component-model, or one of them. Nothing of them
// is in this repository. Builds dist/ first. Needs Node 24 and a few minutes. Fails if something of ours is wrong, or crashed or hung.
import { existsSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { build } from './build.mjs';
import { say } from './setup/say.mjs';
import { faultOf } from './suites/owners.mjs';
import { runWasiSuite } from './suites/wasi-suite.mjs';
import { runWastSuite } from './suites/wast-suite.mjs';

/** @typedef {import('./suites/wast-suite.mjs').Result} Result */

/** The tests of WASI 0.1 are core modules, which run through jco's adapter. */
const wasiSuites = /** @type {const} */ ([
  ['wasm32-wasip3', ['rust']],
  ['wasm32-wasip1', ['rust', 'c', 'assemblyscript']],
]);

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    only: { type: 'string', default: '' },
    width: { type: 'string', default: '2' },
    json: { type: 'string' },
  },
});
const folder = resolve(positionals[0] ?? '.');
await build();
const results = await runSuites();
if (results.length === 0) {
  say(
    `${folder} holds neither wasi-testsuite nor component-model, or no test with "${values.only}" in its name`,
  );
  process.exitCode = 2;
} else await report(results);

/** @returns {Promise<readonly Result[]>} */
async function runSuites() {
  const options = { width: Number(values.width), only: values.only };
  /** @type {Result[]} */
  const found = [];
  for (const [suite, languages] of wasiSuites) {
    for (const language of languages) {
      const tests = join(folder, 'wasi-testsuite/tests', language, 'testsuite', suite);
      if (existsSync(tests))
        found.push(...(await runWasiSuite(tests, { ...options, suite: `WASI, ${suite}` })));
    }
  }
  const wast = join(folder, 'component-model/test');
  return existsSync(wast) ? [...found, ...(await runWastSuite(wast, options))] : found;
}

/** @param {readonly Result[]} all */
async function report(all) {
  const failed = await Promise.all(
    all
      .filter(({ outcome }) => outcome !== 'right')
      .map(async (each) => ({ ...each, ...(await faultOf(each)) })),
  );
  const rows = [['suite', 'all', 'started', 'right', 'wrong', 'ours', "jco's", "suite's"]];
  for (const suite of new Set(all.map((each) => each.suite))) {
    const of = all.filter((each) => each.suite === suite);
    const count = (/** @type {(each: Result) => boolean} */ test) => String(of.filter(test).length);
    const faults = (/** @type {string} */ owner) =>
      String(failed.filter((each) => each.suite === suite && each.owner === owner).length);
    rows.push([
      suite,
      String(of.length),
      count(({ outcome }) => outcome !== 'not started'),
      count(({ outcome }) => outcome === 'right'),
      count(({ outcome }) => outcome === 'wrong'),
      faults('ours'),
      faults('jco'),
      faults('suite'),
    ]);
  }
  printTable(rows);
  printFaults(failed);
  const broken = all.filter((each) => each.broken);
  for (const { name, message } of broken) print(`broken: ${name}: ${message}`);
  print(`${broken.length} crashed or hung`);
  if (values.json !== undefined) {
    const facts = failed.map(({ component: _, ...rest }) => rest);
    writeFileSync(values.json, `${JSON.stringify({ table: rows, failed: facts }, null, 1)}\n`);
  }
  process.exitCode = broken.length > 0 || failed.some(({ owner }) => owner === 'ours') ? 1 : 0;
}

/** The reasons, each with how often it was met and where. @param {readonly (Result & import('./suites/owners.mjs').Fault)[]} failed */
function printFaults(failed) {
  /** @type {Map<string, string[]>} */
  const places = new Map();
  for (const { owner, reason, suite, name } of failed) {
    const key = `${owner}: ${reason} (${suite})`;
    places.set(key, [...(places.get(key) ?? []), name]);
  }
  for (const [key, names] of [...places].sort(([a], [b]) => a.localeCompare(b))) {
    print(
      `${String(names.length).padStart(4)}  ${key}: ${names.slice(0, 3).join(', ')}${names.length > 3 ? ', …' : ''}`,
    );
  }
}

/** @param {readonly (readonly string[])[]} rows */
function printTable(rows) {
  const widths = (rows[0] ?? []).map((_, column) =>
    Math.max(...rows.map((row) => (row[column] ?? '').length)),
  );
  for (const row of rows) print(row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  '));
}

/** @param {string} line */
function print(line) {
  process.stdout.write(`${line}\n`);
}
