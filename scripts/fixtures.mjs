// @ts-check
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ensureSamples, sampleNames } from './samples.mjs';
import { ensureDependencies } from './setup/dependencies.mjs';
import { cache, root } from './setup/paths.mjs';
import { make } from './setup/recipes.mjs';
import { place } from './setup/toolchain.mjs';

const target = join(cache, 'fixtures');

/** @type {import('./setup/recipes.mjs').Kitchen} */
const kitchen = { folder: join(root, 'test/fixtures/src'), prefix: 'test/fixtures/src/', wit: 'world.wit' };

/** @type {readonly import('./setup/recipes.mjs').Recipe[]} */
const recipes = [];

/**
 * Builds the components that the tests run, if they are not built yet, and copies the samples to them.
 * @returns {Promise<string>} path of the folder that holds them
 */
export async function ensureFixtures() {
  const samples = await ensureSamples();
  for (const name of sampleNames) {
    await place(join(target, `${name}.wasm`), await readFile(join(samples, `${name}.wasm`)));
  }
  for (const recipe of recipes) {
    await place(join(target, `${recipe.name}.wasm`), await make(recipe, kitchen));
  }
  const hello = await readFile(join(target, 'hello.wasm'));
  for (const [name, bytes] of Object.entries(broken(hello))) await place(join(target, `${name}.wasm`), bytes);
  return target;
}

/**
 * Files that are no components, of which no source can be written.
 * @param {Buffer} component
 * @returns {Record<string, Uint8Array>}
 */
function broken(component) {
  return {
    truncated: component.subarray(0, 4000),
    empty: new Uint8Array(),
  };
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  await ensureDependencies();
  console.log(await ensureFixtures());
}
