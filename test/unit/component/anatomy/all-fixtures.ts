import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fixture } from '../../../fixtures';

/** All components and modules that the tests use, by file name. */
export function allFixtures(): ReadonlyMap<string, Uint8Array> {
  const folder = dirname(fixture('trap'));
  const names = readdirSync(folder).filter((name) => name.endsWith('.wasm'));
  return new Map(names.map((name) => [name, readFileSync(join(folder, name))]));
}
