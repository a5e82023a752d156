// @ts-check
import { readFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { compileC, compileJs, compileWat, compileWatInWorld } from './toolchain.mjs';

/**
 * How one .wasm is made.
 * @typedef {object} Recipe
 * @property {string} name of the .wasm, without the ending
 * @property {string} from the source, relative to the kitchen's folder
 * @property {readonly string[]} [args] for clang; `-g -O0` if left out
 * @property {import('./toolchain.mjs').CSource['model']} [model]
 * @property {string} [world] of the kitchen's WIT
 */

/**
 * @typedef {object} Kitchen
 * @property {string} folder that the recipes' sources are relative to
 * @property {string} prefix under which debug information names the sources, '' or ending in a slash
 * @property {string} wit path of the WIT file, relative to the folder
 */

/**
 * Makes one .wasm.
 * @param {Recipe} recipe
 * @param {Kitchen} kitchen
 * @returns {Promise<Uint8Array>}
 */
export async function make(recipe, { folder, prefix, wit }) {
  const source = await readFile(join(folder, recipe.from), 'utf8');
  const world =
    recipe.world === undefined
      ? undefined
      : { name: recipe.world, wit: await readFile(join(folder, wit), 'utf8') };
  switch (extname(recipe.from)) {
    case '.wat':
      return world === undefined ? compileWat(source) : compileWatInWorld(source, world);
    case '.js':
      if (world === undefined) throw new Error(`${recipe.name}: a component of JavaScript needs a world`);
      return compileJs(source, world);
    default:
      return compileC({
        path: `${prefix}${recipe.from}`,
        source,
        args: recipe.args ?? ['-g', '-O0'],
        model: recipe.model,
        world,
      });
  }
}
