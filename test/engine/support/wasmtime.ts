import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { usualPlaces, placesOfWasmtime, type WasmtimePlaces } from '../../../src/engine/wasmtime/discover';
import { root } from '../../../scripts/setup/paths.mjs';
import { cachedWasmtime } from '../../../scripts/setup/wasmtime.mjs';

/** A wasmtime for tests: the one that a variable names, the one that `node scripts/wasmtime.mjs` installs, or the user's. */
function wasmtimeForTests(): string | undefined {
  const named = process.env.FRESH_INSTANCE_WASMTIME;
  if (named !== undefined && named !== '') return resolve(root, named);
  return [cachedWasmtime, ...placesOfWasmtime(usualPlaces())].find((path) => existsSync(path));
}

/** The places of an engine whose instances run on that wasmtime. */
export function placesFor(program: string): WasmtimePlaces {
  return { ...usualPlaces(), program };
}

const told = Symbol.for('fresh-instance: no wasmtime');

/** Describes what happens on a real wasmtime. Where there is none, one test of the whole tier is skipped, which says how to get one. */
export function onWasmtime(title: string, body: (program: string) => void): void {
  const program = wasmtimeForTests();
  if (program !== undefined) {
    describe(`on wasmtime: ${title}`, () => {
      body(program);
    });
    return;
  }
  const all = globalThis as { [told]?: true };
  if (all[told] === true) return;
  all[told] = true;
  it.skip('what runs on wasmtime, which is not installed: node scripts/wasmtime.mjs installs one');
}
