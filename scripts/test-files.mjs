// @ts-check
// Bundles test files and runs them in mocha.
import { spawn } from 'node:child_process';
import { readdirSync, rmSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import { recapFile } from './recap.mjs';
import { withNodeFirst } from './setup/node.mjs';
import { out, root } from './setup/paths.mjs';

/** A test that imports the first runs components; one that imports the second reads what `npm run build` writes. */
const fixtures = 'test/fixtures/index.ts';
const built = 'test/support/built.ts';

/**
 * Bundles each test file with the sources it imports; packages stay outside.
 * @param {'unit' | 'engine'} tier
 * @param {readonly string[]} chosen files and folders; none means the whole tier
 * @returns {Promise<{bundles: readonly string[], needsBuild: boolean, needsFixtures: boolean}>} paths from the root, and what the tests import
 */
export async function bundleTests(tier, chosen) {
  const esbuild = await import('esbuild');
  const folder = join(out, 'test', tier);
  rmSync(folder, { recursive: true, force: true });
  const places = chosen.length > 0 ? chosen : [`test/${tier}`];
  const entryPoints = places.flatMap((place) => findFiles(join(root, place), '.test.ts'));
  const { metafile } = await esbuild.build({
    absWorkingDir: root,
    entryPoints,
    outbase: join(root, 'test', tier),
    outdir: folder,
    outExtension: { '.js': '.cjs' },
    bundle: true,
    packages: 'external',
    format: 'cjs',
    platform: 'node',
    target: 'node20',
    sourcemap: 'linked',
    keepNames: true,
    logLevel: 'warning',
    metafile: true,
    define: { 'import.meta.url': '__bundleUrl' },
    banner: { js: "const __bundleUrl = require('node:url').pathToFileURL(__filename).href;" },
  });
  return {
    bundles: Object.keys(metafile.outputs).filter((file) => file.endsWith('.test.cjs')),
    needsBuild: built in metafile.inputs,
    needsFixtures: fixtures in metafile.inputs,
  };
}

/**
 * @param {readonly string[]} files
 * @param {object} options
 * @param {'unit' | 'engine'} options.tier
 * @param {string} options.node the Node to run on
 * @param {Readonly<Record<string, string>>} options.env variables besides this process's own
 * @param {readonly string[]} options.mochaArguments
 * @param {AbortSignal | undefined} options.signal ends the tests
 * @returns {Promise<boolean>} whether all tests passed
 */
export async function runMocha(files, { tier, node, env, mochaArguments, signal }) {
  return await new Promise((resolve, reject) => {
    const child = spawn(
      process.env.FRESH_INSTANCE_TEST_NODE ?? node,
      [
        '--enable-source-maps',
        join(root, 'node_modules', 'mocha', 'bin', 'mocha.js'),
        '--reporter',
        join(root, 'scripts', 'test-reporter.cjs'),
        '--timeout',
        tier === 'unit' ? '10000' : '60000',
        ...mochaArguments,
        ...files,
      ],
      {
        cwd: root,
        stdio: 'inherit',
        signal,
        env: { ...withNodeFirst(node), ...env, FRESH_INSTANCE_ROOT: root, FRESH_INSTANCE_RECAP: recapFile },
      },
    );
    child.on('error', reject);
    child.on('exit', (code) => resolve(code === 0));
  });
}

/**
 * @param {string} place a file or folder
 * @param {string} ending
 */
function findFiles(place, ending) {
  const files = statSync(place).isFile()
    ? [place]
    : readdirSync(place, { recursive: true, encoding: 'utf8' }).map((name) => join(place, name));
  return files
    .filter((file) => file.endsWith(ending))
    .sort()
    .map((file) => relative(root, file));
}
