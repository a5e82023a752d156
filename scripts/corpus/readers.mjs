// @ts-check
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { out, root } from '../setup/paths.mjs';

/** @type {Promise<typeof import('./readers-entry')> | undefined} */
let loading;

/** The reader and the analysis of the extension, bundled for scripts. */
export function readers() {
  return (loading ??= load());
}

async function load() {
  const { build } = await import('esbuild');
  const outfile = join(out, 'readers', `readers-${process.pid}.mjs`);
  mkdirSync(join(out, 'readers'), { recursive: true });
  await build({
    absWorkingDir: root,
    entryPoints: ['scripts/corpus/readers-entry.ts'],
    bundle: true,
    platform: 'node',
    format: 'esm',
    outfile,
    logLevel: 'warning',
  });
  return await import(pathToFileURL(outfile).href);
}
