// @ts-check
// The benchmark of lenses and warnings, which is a program of its own, as rows of the table.
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
  // Its status tells that a target was missed, which the rows tell too.
  await runProgram(node, [join(root, 'bench', 'lenses.mjs'), '--json', json], { expected: [0, 1] });
  /** @type {readonly {name: string, firstMs: number, editMs: number, cheapMs: number, reached: boolean}[]} */
  const figures = JSON.parse(readFileSync(json, 'utf8'));
  return figures.map(({ name, firstMs, editMs, cheapMs, reached }) => ({
    what: `lenses and warnings in 10,000 lines of ${name}`,
    measured: `first ${firstMs.toFixed(0)} ms, after an edit ${editMs.toFixed(0)} ms, on the host's thread ${cheapMs.toFixed(1)} ms`,
    target: '< 400, < 60, < 16 ms',
    reached,
  }));
}
