// @ts-check
// The compiled host tests: a driver extension and one bundle for each test file, the same for the served and for the desktop VS Code.
import { copyFileSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { out, root } from '../setup/paths.mjs';

const source = join(root, 'test', 'host');
const restrictedEnding = '.restricted.test.cjs';

/**
 * @typedef {object} Suite
 * @property {string} driver folder of the extension that runs the tests
 * @property {readonly string[]} files the bundled test modules
 * @property {readonly string[]} restrictedFiles those for a workspace that is not trusted, *.restricted.test.ts
 */

/** @returns {Promise<Suite>} */
export async function buildSuite() {
  const esbuild = await import('esbuild');
  const driver = join(out, 'test', 'host');
  rmSync(driver, { recursive: true, force: true });
  mkdirSync(driver, { recursive: true });
  copyFileSync(join(source, 'support', 'driver', 'package.json'), join(driver, 'package.json'));
  const tests = readdirSync(source, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.test.ts'))
    .sort();
  await esbuild.build({
    absWorkingDir: root,
    entryPoints: [
      { in: join(source, 'support', 'driver', 'extension.ts'), out: 'extension' },
      ...tests.map((name) => ({ in: join(source, name), out: name.replace(/\.ts$/, '') })),
    ],
    outdir: driver,
    outExtension: { '.js': '.cjs' },
    bundle: true,
    packages: 'external',
    external: ['vscode'],
    format: 'cjs',
    platform: 'node',
    target: 'node20',
    sourcemap: 'linked',
    keepNames: true,
    logLevel: 'warning',
  });
  const files = tests.map((name) => join(driver, name.replace(/\.ts$/, '.cjs')));
  return {
    driver,
    files: files.filter((file) => !file.endsWith(restrictedEnding)),
    restrictedFiles: files.filter((file) => file.endsWith(restrictedEnding)),
  };
}
