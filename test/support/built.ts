import { resolve } from 'node:path';

// A test that imports this is run after `npm run build` (scripts/test-files.mjs looks for the import).

/** Absolute path of a file in dist/. */
export function distFile(name: string): string {
  return resolve('dist', name);
}

/** Absolute path of esbuild's own account of what is in a bundle. */
export function metafileOf(bundle: string): string {
  return resolve('out', 'meta', `${bundle}.json`);
}
