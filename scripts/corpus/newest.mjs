// @ts-check
// Builds components with the newest toolchains that this machine can get, into .cache/corpus-newest: node scripts/corpus/newest.mjs
// What cannot be had is skipped with one line. Measure them with: node scripts/corpus/confusion.mjs .cache/corpus-newest
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { cache } from '../setup/paths.mjs';
import { say } from '../setup/say.mjs';
import { go } from './newest/go.mjs';
import { javascript } from './newest/javascript.mjs';
import { python } from './newest/python.mjs';
import { rust } from './newest/rust.mjs';
import { zig } from './newest/zig.mjs';

/**
 * A toolchain that is there.
 * @typedef {object} Toolchain
 * @property {string} version with the name
 * @property {readonly [string, () => Promise<Uint8Array>][]} components by name
 */

const folder = join(cache, 'corpus-newest');

/** Each gives its toolchain, or throws with the reason why it cannot be had. @type {Readonly<Record<string, () => Toolchain>>} */
const toolchains = { rust, go, zig, javascript, python };

/** Makes missing components. */
async function buildNewest() {
  mkdirSync(folder, { recursive: true });
  /** @type {string[]} */
  const versions = [];
  for (const [name, find] of Object.entries(toolchains)) {
    try {
      const { version, components } = find();
      versions.push(version);
      for (const [component, make] of components) await makeMissing(component, make);
      say(`${version}: ${String(components.length)} components`);
    } catch (error) {
      say(`skipped ${name}: ${firstLine(error)}`);
    }
  }
  writeFileSync(join(folder, 'versions.json'), `${JSON.stringify(versions, null, 1)}\n`);
}

/** @param {string} name @param {() => Promise<Uint8Array>} make */
async function makeMissing(name, make) {
  const path = join(folder, `${name}.wasm`);
  if (existsSync(path)) return;
  try {
    writeFileSync(path, await make());
  } catch (error) {
    say(`${name} could not be made: ${firstLine(error)}`);
  }
}

/** @param {unknown} error */
function firstLine(error) {
  const text = error instanceof Error ? error.message : String(error);
  return text.trim().split('\n').slice(0, 4).join(' ').slice(0, 400);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await buildNewest();
