// @ts-check
// Time to read a component and to analyse its run, over the corpus and more folders: node bench/analysis.mjs [--json OUT] [FOLDER...]
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildCorpus, corpusFolder } from '../scripts/corpus/build.mjs';
import { readers } from '../scripts/corpus/readers.mjs';
import { largeComponent } from './large-component.mjs';
import { validationTime } from './rivals.mjs';

/** The most that may be reached: times in units of V8's validation of the same core modules. */
const targets = { validations: 12, largeValidations: 0.5, memoryTimes: 3 };
const smallBytes = 5 * 1024 * 1024;
const rounds = 5;

/**
 * @typedef {object} AnalysisFigures
 * @property {number} components
 * @property {number} validations time for all of them, in units of validating their core modules
 * @property {number} p50Ms
 * @property {number} p95Ms
 * @property {number} maxMs
 * @property {string} slowest
 * @property {number} largeBytes
 * @property {number} largeMs
 * @property {number} largeValidations the same for the large one
 * @property {number} memoryTimes memory in use after the analysis of the large one, the file included, in sizes of the file
 * @property {boolean} reached
 */

/**
 * @param {readonly string[]} folders
 * @returns {Promise<AnalysisFigures>}
 */
export async function benchAnalysis(folders) {
  const { analyseFile } = await readers();
  /** @type {{name: string, bytes: Uint8Array, ms: number, validateMs: number}[]} */
  const components = [];
  for (const folder of folders) {
    for (const name of readdirSync(folder).filter((each) => each.endsWith('.wasm'))) {
      const bytes = new Uint8Array(readFileSync(join(folder, name)));
      if (bytes.length <= smallBytes) components.push({ name, bytes, ms: Infinity, validateMs: Infinity });
    }
  }
  // The first round warms up. The best of the others is the least disturbed by other programs.
  for (let round = 0; round <= rounds; round++) {
    for (const component of components) {
      const ms = timed(() => analyseFile(component.bytes));
      const validateMs = validationTime(component.bytes);
      if (round === 0) continue;
      component.ms = Math.min(component.ms, ms);
      component.validateMs = Math.min(component.validateMs, validateMs);
    }
  }
  components.sort((a, b) => a.ms - b.ms);
  const at = (/** @type {number} */ share) => components[Math.floor((components.length - 1) * share)];
  const large = await largeComponent();
  const before = memoryInUse();
  const largeMs = Math.min(...Array.from({ length: 3 }, () => timed(() => analyseFile(large))));
  const memoryTimes = (large.length + Math.max(0, memoryInUse() - before)) / large.length;
  const sum = (/** @type {'ms' | 'validateMs'} */ key) =>
    components.reduce((all, each) => all + each[key], 0);
  const figures = {
    components: components.length,
    validations: sum('ms') / sum('validateMs'),
    p50Ms: at(0.5)?.ms ?? NaN,
    p95Ms: at(0.95)?.ms ?? NaN,
    maxMs: at(1)?.ms ?? NaN,
    slowest: at(1)?.name ?? '',
    largeBytes: large.length,
    largeMs,
    largeValidations: largeMs / validationTime(large),
    memoryTimes,
  };
  return { ...figures, reached: hasReached(figures) };
}

/**
 * The figures as rows of the benchmark's table. Builds the corpus first, which takes minutes the first time.
 * @param {string} json where they are written as JSON as well
 * @returns {Promise<readonly import('./parts.mjs').Row[]>}
 */
export async function analysisRows(json) {
  await buildCorpus();
  const figures = await benchAnalysis([corpusFolder]);
  writeFileSync(json, JSON.stringify(figures, null, 2));
  const row = (
    /** @type {string} */ what,
    /** @type {number} */ figure,
    /** @type {number} */ most,
    /** @type {string} */ unit,
  ) => ({
    what,
    measured: `${figure.toFixed(2)}${unit}`,
    target: `≤ ${most}${unit}`,
    reached: figure <= most,
  });
  const { validations, largeValidations } = targets;
  const inUnits = ', in units of validating their core modules';
  return [
    {
      what: `read and analyse one of ${figures.components} components up to 5 MiB`,
      measured: `${figures.p50Ms.toFixed(2)} ms (p95 ${figures.p95Ms.toFixed(2)})`,
    },
    row(`all of them${inUnits}`, figures.validations, validations, ''),
    {
      what: `a component of ${(figures.largeBytes / 1e6).toFixed(0)} MB`,
      measured: `${figures.largeMs.toFixed(1)} ms`,
    },
    row('the same, in units of validating its core module', figures.largeValidations, largeValidations, ''),
    row('memory, the file included, in sizes of the file', figures.memoryTimes, targets.memoryTimes, ''),
  ];
}

/** @param {Omit<AnalysisFigures, 'reached'>} figures */
function hasReached({ validations, largeValidations, memoryTimes }) {
  return (
    validations <= targets.validations &&
    largeValidations <= targets.largeValidations &&
    memoryTimes <= targets.memoryTimes
  );
}

/** Heap and buffers with garbage: an upper bound of what the analysis used. */
function memoryInUse() {
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}

/** @param {() => unknown} work */
function timed(work) {
  const started = performance.now();
  work();
  return performance.now() - started;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const args = process.argv.slice(2);
  const json = args[0] === '--json' ? args.splice(0, 2)[1] : undefined;
  await buildCorpus();
  const figures = await benchAnalysis([corpusFolder, ...args]);
  const row = (/** @type {number} */ figure, /** @type {number} */ target) => ({
    measured: Number(figure.toFixed(2)),
    'at most': target,
    reached: figure <= target,
  });
  console.log(`Reading and static analysis of ${String(figures.components)} components up to 5 MiB`);
  console.table({
    'in units of validating the core modules': row(figures.validations, targets.validations),
    [`a component of ${(figures.largeBytes / 1e6).toFixed(0)} MB`]: row(
      figures.largeValidations,
      targets.largeValidations,
    ),
    'memory, times the file': row(figures.memoryTimes, targets.memoryTimes),
  });
  console.log(
    `p50 ${figures.p50Ms.toFixed(2)} ms, p95 ${figures.p95Ms.toFixed(2)} ms; large: ${figures.largeMs.toFixed(1)} ms`,
  );
  console.log(`slowest: ${figures.slowest}, ${figures.maxMs.toFixed(1)} ms`);
  if (json !== undefined) writeFileSync(json, JSON.stringify(figures, null, 2));
  process.exitCode = figures.reached ? 0 : 1;
}
