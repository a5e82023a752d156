// @ts-check
// Compares the static analysis with what really happens: node scripts/corpus/confusion.mjs [FOLDER...]
// Builds the corpus if needed. More folders of components can be given.
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { cache } from '../setup/paths.mjs';
import { say } from '../setup/say.mjs';
import { buildCorpus, corpusFolder } from './build.mjs';
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
 * @param {readonly string[]} folders
 * @returns {Promise<{file: string, said: string, real: Real, repeat: string, wrong: string | null}[]>}
 */
export async function compare(folders) {
  const { analyseFile, judge } = await readers();
  const truths = await findTruth(join(cache, 'corpus-truth.json'), folders);
  const bySha = new Map(truths.map((truth) => [truth.sha256, truth]));
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
      rows.push({ file: name, said, real, repeat, wrong: wrongOf(repeat, real, truth) });
    }
  }
  return rows;
}

/**
 * @param {string} repeat
 * @param {Real} real
 * @param {import('./truth.mjs').Truth} truth
 */
function wrongOf(repeat, real, { same }) {
  const warned = repeat === 'traps' || repeat === 'likely-traps';
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
  const rows = await compare([corpusFolder, ...process.argv.slice(2)]);
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
  writeFileSync(join(cache, 'confusion.json'), JSON.stringify({ table, rows }, null, 1));
  const missedFigure = found < 0.95 * early.length || rows.some(({ wrong }) => wrong === 'false alarm');
  process.exitCode = missedFigure ? 1 : 0;
}
