// @ts-check
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ensureDependencies } from './setup/dependencies.mjs';
import { root } from './setup/paths.mjs';
import { serve } from './setup/recipes.mjs';

const folder = join(root, 'samples');

/** @type {readonly import('./setup/recipes.mjs').Recipe[]} */
const recipes = [
  { name: 'hello', from: 'src/hello.c' },
  { name: 'ask', from: 'src/ask.c' },
  { name: 'exit3', from: 'src/exit3.c' },
  { name: 'boom', from: 'src/boom.c' },
  { name: 'spin', from: 'src/spin.c' },
  { name: 'counter', from: 'src/counter.c', model: 'reactor', world: 'counter' },
  { name: 'two-runs', from: 'src/two-runs.c', model: 'reactor', world: 'two-runs' },
  { name: 'greeter', from: 'src/greeter.c', model: 'reactor', world: 'greeter' },
  { name: 'needs-host', from: 'src/needs-host.c', world: 'needs-host' },
  { name: 'core', from: 'src/core.wat' },
];

/** The sample in JavaScript, which is not among the others since it brings its engine (12 MB) and takes seconds. @type {import('./setup/recipes.mjs').Recipe} */
const tally = { name: 'tally', from: 'src/tally.js', world: 'tallying' };

/** Names of the samples, without the ending. */
export const sampleNames = recipes.map((recipe) => recipe.name);

/**
 * Builds the sample components from their sources, unless they are up to date: `samples/hello.wasm` from `samples/src/hello.c`.
 * @returns {Promise<string>} path of the folder
 */
export async function ensureSamples() {
  const wit = await readFile(join(folder, 'wit/world.wit'), 'utf8');
  for (const recipe of recipes) await serve(recipe, { folder, prefix: '', wit, target: folder });
  return folder;
}

/**
 * Builds the JavaScript sample.
 * @param {string} target the folder that it is put into
 */
export async function ensureTally(target) {
  await serve(tally, {
    folder,
    prefix: '',
    wit: await readFile(join(folder, 'wit/world.wit'), 'utf8'),
    target,
  });
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  await ensureDependencies();
  console.log(await ensureSamples());
  if (process.argv.includes('--js')) await ensureTally(folder);
}
