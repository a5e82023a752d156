// @ts-check
// Compares the static analysis with what really happens: node scripts/corpus/confusion.mjs [--probe] [FOLDER...]
// Builds the corpus if needed. More folders of components can be given. With --probe, also compares the verdicts with a probe. Where the embedding of wasmtime is installed (scripts/wasmtime-truth),
// the truth on wasmtime stands beside that on jco.
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { cache } from '../setup/paths.mjs';
import { say } from '../setup/say.mjs';
import { buildCorpus, corpusFolder } from './build.mjs';
import { findWasmtimeTruth } from '../wasmtime-truth/truth.mjs';
import { courseOf, differenceOf, wrongOnWasmtime } from './on-wasmtime.mjs';
import { probedVerdicts } from './probed.mjs';
import { readers } from './readers.mjs';
import { findTruth } from './truth.mjs';

/**
 * What a repeated call really does: `traps-early` is a trap of the second call before it asked the host for anything.
 * @typedef {'traps-early' | 'traps-late' | 'traps-third' | 'reruns' | 'first-call-traps' | 'exits' | 'unknown'} Real
 */

/** @param {import('./truth.mjs').Truth} truth @returns {Real} */
export function realOf({ same }) {
  const [first, second, third] = same.map((call) => call.outcome);
  const returned = (/** @type {string | undefined} */ outcome) => outcome === 'ok' || outcome === 'error';
  if (first === 'trap') return 'first-call-traps';
  if (first === 'exit') return 'exits';
  if (!returned(first)) return 'unknown';
  if (second === 'trap') return same[1]?.hostCalls === 0 ? 'traps-early' : 'traps-late';
  if (second === 'exit') return 'exits';
  if (!returned(second)) return 'unknown';
  return third === 'trap' ? 'traps-third' : 'reruns';
}

/**
 * What is said of a component, and what really happens; `wasmtime` is null where it has not been called there.
 * @typedef {object} Row
 * @property {string} file
 * @property {string} said
 * @property {Real} real
 * @property {string} repeat
 * @property {string | null} wrong
 * @property {string} sha256
 * @property {{course: import('./on-wasmtime.mjs').Course, wrong: string | null, difference: ReturnType<typeof differenceOf>} | null} wasmtime
 */

/**
 * @param {readonly string[]} folders
 * @returns {Promise<Row[]>}
 */
export async function compare(folders) {
  const { analyseFile, judge } = await readers();
  const truths = await findTruth(join(cache, 'corpus-truth.json'), folders);
  const bySha = new Map(truths.map((truth) => [truth.sha256, truth]));
  const onWasmtime = await findWasmtimeTruth(join(cache, 'corpus-truth-wasmtime.json'), folders);
  const wasmtimeBySha = new Map((onWasmtime ?? []).map((truth) => [truth.sha256, truth]));
  const rows = [];
  for (const folder of folders) {
    for (const name of readdirSync(folder).filter((each) => each.endsWith('.wasm'))) {
      const bytes = readFileSync(join(folder, name));
      const truth = bySha.get(createHash('sha256').update(bytes).digest('hex'));
      if (truth === undefined) continue;
      const finding = analyseFile(new Uint8Array(bytes));
      if (!finding.ok) throw finding.error;
      const { value } = finding;
      const said = value.type === 'guard' ? `guard, ${value.certainty}` : value.type;
      const real = realOf(truth);
      const { repeat } = judge({ static: value });
      const there = wasmtimeBySha.get(truth.sha256);
      const wasmtime = there === undefined ? null : besideOf(repeat, truth, there);
      const { sha256 } = truth;
      rows.push({ file: name, sha256, said, real, repeat, wrong: wrongOf(repeat, real, truth), wasmtime });
    }
  }
  return rows;
}

/**
 * Whether a verdict warns before a repeated call.
 * @param {string} repeat
 */
function warns(repeat) {
  return repeat === 'traps' || repeat === 'likely-traps';
}

/**
 * @param {string} repeat
 * @param {import('./truth.mjs').Truth} truth
 * @param {import('../wasmtime-truth/truth.mjs').WasmtimeTruth} there
 * @returns {Row['wasmtime']}
 */
function besideOf(repeat, truth, there) {
  const course = courseOf(there.same);
  const wrong = wrongOnWasmtime(warns(repeat), course);
  return { course, wrong, difference: differenceOf(truth, there) };
}

/**
 * @param {string} repeat
 * @param {Real} real
 * @param {import('./truth.mjs').Truth} truth
 */
function wrongOf(repeat, real, { same }) {
  const warned = warns(repeat);
  // After an exit the instance is gone. If it is entered anyway, a guarded one traps.
  if (warned && real === 'exits')
    return same[1]?.outcome === 'trap' || same.length < 2 ? null : 'false alarm';
  if (warned && (real === 'reruns' || real === 'traps-third')) return 'false alarm';
  if (!warned && real === 'traps-early') return 'missed';
  if (!warned && real === 'traps-late') return 'missed (after host calls)';
  return null;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  await buildCorpus();
  const folders = [corpusFolder, ...process.argv.slice(2).filter((each) => each !== '--probe')];
  const rows = await compare(folders);
  /** @type {Record<string, Record<string, number>>} */
  const table = {};
  for (const { said, real } of rows) {
    const line = (table[said] ??= {});
    line[real] = (line[real] ?? 0) + 1;
  }
  console.table(table);
  for (const { file, said, real, wrong } of rows)
    if (wrong !== null) say(`${wrong}: ${file} (said ${said}, really ${real})`);
  const early = rows.filter(({ real }) => real === 'traps-early');
  const found = early.filter(({ wrong }) => wrong === null).length;
  say(`found ${found} of ${early.length} second-call traps that come before any host call`);
  say(
    `false alarms: ${rows.filter(({ wrong }) => wrong === 'false alarm').length} of ${rows.length} components`,
  );
  const wrongProbed = process.argv.includes('--probe') && (await tellProbed(rows, folders));
  const wrongThere = tellWasmtime(rows);
  writeFileSync(join(cache, 'confusion.json'), JSON.stringify({ table, rows }, null, 1));
  const falseAlarm = rows.some(({ wrong }) => wrong === 'false alarm');
  const missedFigure = found < 0.95 * early.length || falseAlarm || wrongProbed || wrongThere;
  process.exitCode = missedFigure ? 1 : 0;
}

/**
 * Prints how the verdicts with a probe do.
 * @param {readonly Row[]} rows
 * @param {readonly string[]} folders
 * @returns {Promise<boolean>} whether one of them is wrong
 */
async function tellProbed(rows, folders) {
  const verdicts = await probedVerdicts(
    folders.flatMap((folder) =>
      readdirSync(folder)
        .filter((each) => each.endsWith('.wasm'))
        .map((name) => join(folder, name)),
    ),
  );
  const probed = rows.map((row) => ({ ...row, probed: verdicts.get(row.sha256) ?? '' }));
  const traps = probed.filter(({ real }) => real === 'traps-early' || real === 'traps-late');
  const missed = traps.filter((row) => !warns(row.probed));
  const alarms = probed.filter((row) => row.real === 'reruns' && warns(row.probed));
  const safe = probed.filter((row) => row.probed === 'reruns' && row.real !== 'reruns');
  for (const { file, real } of missed) say(`missed with a probe: ${file} (really ${real})`);
  for (const { file } of alarms) say(`false alarm with a probe: ${file}`);
  for (const { file, real } of safe) say(`called safe with a probe: ${file} (really ${real})`);
  say(
    `with a probe: found ${traps.length - missed.length} of ${traps.length} second-call traps, ${alarms.length} false alarms`,
  );
  return missed.length + alarms.length + safe.length > 0;
}

/**
 * Prints what is said against what happens on wasmtime, and the differences to jco.
 * @param {readonly Row[]} rows
 * @returns {boolean} whether there is a false alarm on wasmtime, or a difference that is not explained
 */
function tellWasmtime(rows) {
  const called = rows.flatMap(({ file, said, wasmtime }) =>
    wasmtime === null ? [] : [{ file, said, ...wasmtime }],
  );
  if (called.length === 0) return false;
  /** @type {Record<string, Record<string, number>>} */
  const table = {};
  for (const { said, course } of called) {
    const line = (table[said] ??= {});
    line[course] = (line[course] ?? 0) + 1;
  }
  say(`on wasmtime, ${called.length} components:`);
  console.table(table);
  const wrong = called.filter((row) => row.wrong === 'false alarm');
  say(
    `false alarms on wasmtime: ${wrong.length}; missed: ${called.filter((row) => row.wrong === 'missed').length}`,
  );
  for (const { file, difference } of called) {
    if (difference !== null)
      say(
        `${file}: ${difference.jco} on jco, ${difference.wasmtime} on wasmtime: ${difference.why ?? 'not explained'}`,
      );
  }
  return wrong.length > 0 || called.some(({ difference }) => difference !== null && difference.why === null);
}
