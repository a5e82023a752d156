// @ts-check
// The compiled host tests: a driver extension and one bundle per test file, for the served and the desktop VS Code.
import { copyFileSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { out, root } from '../setup/paths.mjs';

const source = join(root, 'test', 'host');

/** Tests that need a VS Code of their own, by file name: `*.restricted.test.ts` for an untrusted workspace, and so on. */
const specialKinds = /** @type {const} */ (['restricted', 'readerless', 'zh-cn']);

/**
 * @typedef {object} Suite
 * @property {string} driver folder of the extension that runs the tests
 * @property {readonly string[]} files the bundled test modules for an ordinary VS Code
 * @property {Readonly<Record<typeof specialKinds[number], readonly string[]>>} special those for a VS Code of its own
 */

/**
 * @param {'.test.ts' | '.shots.ts'} [ending] which files: the tests, or what takes the README's pictures
 * @returns {Promise<Suite>}
 */
export async function buildSuite(ending = '.test.ts') {
  const esbuild = await import('esbuild');
  mkdirSync(out, { recursive: true });
  // Inside the project, so that the suite finds its packages; one folder per process, so that runs do not disturb each other.
  const driver = mkdtempSync(join(out, 'host-suite-'));
  process.once('exit', () => {
    rmSync(driver, { recursive: true, force: true });
  });
  copyFileSync(join(source, 'support', 'driver', 'package.json'), join(driver, 'package.json'));
  const tests = readdirSync(source, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith(ending))
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
  const of = (/** @type {string} */ kind) => files.filter((file) => file.endsWith(`.${kind}.test.cjs`));
  return {
    driver,
    files: files.filter((file) => !specialKinds.some((kind) => file.endsWith(`.${kind}.test.cjs`))),
    special: { restricted: of('restricted'), readerless: of('readerless'), 'zh-cn': of('zh-cn') },
  };
}
