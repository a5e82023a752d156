// @ts-check
import { readFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { compileC, compileJs, compileWat, place } from './toolchain.mjs';

/**
 * How one .wasm is made.
 * @typedef {object} Recipe
 * @property {string} name of the .wasm, without the ending
 * @property {string} from the source, relative to the kitchen's folder
 * @property {readonly string[]} [args] for clang; `-g -O0` if left out
 * @property {readonly string[]} [headers] of the kitchen's folder, that the source includes
 * @property {import('./toolchain.mjs').CSource['model']} [model]
 * @property {string} [world] of the kitchen's WIT, or of the recipe's own
 * @property {string} [wit] a file that describes the world in place of the kitchen's WIT
 * @property {boolean} [wasi] whether the WASI packages follow in that file
 */

/**
 * @typedef {object} Kitchen
 * @property {string} folder that the recipes' sources are relative to
 * @property {string} prefix under which debug information names the sources, '' or ending in a slash
 * @property {string} wit self-contained WIT text
 * @property {string} [wasi] the WASI packages as WIT text
 * @property {string} target the folder for what is made
 */

/**
 * Makes a .wasm in the kitchen's target folder, unless it is up to date.
 * @param {Recipe} recipe
 * @param {Kitchen} kitchen
 */
export async function serve(recipe, kitchen) {
  try {
    await place(join(kitchen.target, `${recipe.name}.wasm`), await make(recipe, kitchen));
  } catch (error) {
    throw new Error(`${recipe.name}.wasm cannot be made of ${recipe.from}`, { cause: error });
  }
}

/**
 * @param {Recipe} recipe
 * @param {Kitchen} kitchen
 */
async function make(
  { name, from, args = ['-g', '-O0'], headers = [], model, world, wit: ownWit, wasi: addWasi = false },
  { folder, prefix, wit, wasi = '' },
) {
  const read = (/** @type {string} */ path) => readFile(join(folder, path), 'utf8');
  const source = await read(from);
  const own = async (/** @type {string} */ path) => `${await read(path)}${addWasi ? `\n${wasi}` : ''}`;
  const described =
    world === undefined ? undefined : { name: world, wit: ownWit === undefined ? wit : await own(ownWit) };
  switch (extname(from)) {
    case '.wat':
      return compileWat(source, described);
    case '.js':
      if (described === undefined) throw new Error(`${name}: a component of JavaScript needs a world`);
      return compileJs(source, described);
    default: {
      /** @type {Record<string, string>} */
      const included = {};
      for (const header of headers) included[`${prefix}${header}`] = await read(header);
      return compileC({ path: `${prefix}${from}`, source, args, headers: included, model, world: described });
    }
  }
}
