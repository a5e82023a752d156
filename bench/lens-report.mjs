// @ts-check
// Runs bench/lenses.mjs and returns its figures as rows of the table.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../scripts/setup/paths.mjs';
import { runProgram } from './measure.mjs';

/**
 * @param {import('./parts.mjs').Context} context
 * @returns {Promise<readonly import('./parts.mjs').Row[]>}
 */
export async function lenses({ node, scratch }) {
  const json = join(scratch, 'lenses.json');
  // Status 1 means that a target was missed. The rows show that, too.
  await runProgram(node, [join(root, 'bench', 'lenses.mjs'), '--json', json], { expected: [0, 1] });
  /** @type {readonly {name: string, parseMs: number, first: number, edit: number, filter: number, limits: {first: number, edit: number, filter: number}, reached: boolean}[]} */
  const figures = JSON.parse(readFileSync(json, 'utf8'));
  return figures.map(({ name, parseMs, first, edit, filter, limits, reached }) => ({
    what: `lenses and warnings in 10,000 lines of ${name}, in units of parsing them (${parseMs.toFixed(0)} ms)`,
    measured: `first ${first.toFixed(1)}, after an edit ${edit.toFixed(2)}, filter on the host's thread ${filter.toFixed(2)}`,
    target: `≤ ${limits.first}, ≤ ${limits.edit}, ≤ ${limits.filter}`,
    reached,
  }));
}
