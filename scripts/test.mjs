// @ts-check
// npm test: every tier; npm run test:unit etc.: one of them. What follows `--` goes to mocha: `npm run test:unit -- --grep words`.
import { readdirSync, rmSync } from 'node:fs';
import { spawn } from 'node:child_process';
import { join, relative } from 'node:path';
import { ensureDependencies } from './setup/dependencies.mjs';
import { ensureNode24, withNodeFirst } from './setup/node.mjs';
import { out, root } from './setup/paths.mjs';
import { addToRecap, beginRecap, printRecap, recapFile } from './recap.mjs';
import { say } from './setup/say.mjs';
import { withTemporaryFolder } from './temporary.mjs';

const tiers = /** @type {const} */ (['unit', 'engine', 'host']);
const separator = process.argv.indexOf('--');
const named = process.argv.slice(2, separator < 0 ? undefined : separator);
const mochaArguments = separator < 0 ? [] : process.argv.slice(separator + 1);

const unknown = named.filter((name) => !tiers.some((tier) => tier === name));
if (unknown.length > 0) {
  say(`no such tier: ${unknown.join(', ')} (there are ${tiers.join(', ')})`);
  process.exit(2);
}

await ensureDependencies();
const node = await ensureNode24();
const { build } = await import('./build.mjs');
await build();
beginRecap();
let failed = false;
for (const tier of tiers) {
  if (named.length > 0 && !named.includes(tier)) continue;
  say(`${tier} tests`);
  const passed = tier === 'host' ? await runHostTier() : await runTier(tier);
  if (!passed) failed = true;
}
printRecap();
process.exitCode = failed ? 1 : 0;

/**
 * @param {'unit' | 'engine'} tier
 * @returns {Promise<boolean>} whether all tests passed
 */
async function runTier(tier) {
  const { ensureFixtures } = await import('./fixtures.mjs');
  await ensureFixtures();
  const files = await bundleTests(tier);
  if (files.length === 0) throw new Error(`No ${tier} tests were found.`);
  return await withTemporaryFolder(async ({ env, leftBehind }) => {
    const passed = await runMocha(tier, files, env);
    const left = leftBehind();
    if (left.length > 0) addToRecap(`left in the temporary folder by the ${tier} tests: ${left.join(', ')}`);
    return passed;
  });
}

/**
 * @param {'unit' | 'engine'} tier
 * @param {readonly string[]} files
 * @param {Readonly<Record<string, string>>} env variables besides this process's own
 * @returns {Promise<boolean>} whether all tests passed
 */
async function runMocha(tier, files, env) {
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
        env: { ...withNodeFirst(node), ...env, FRESH_INSTANCE_ROOT: root, FRESH_INSTANCE_RECAP: recapFile },
      },
    );
    child.on('error', reject);
    child.on('exit', (code) => resolve(code === 0));
  });
}

/** @returns {Promise<boolean>} whether all tests passed */
async function runHostTier() {
  const { runHostTests } = await import('./host/main.mjs');
  return await runHostTests({ mochaArguments });
}

/**
 * Bundles each test file with the sources it imports; packages stay outside.
 * @param {string} tier
 */
async function bundleTests(tier) {
  const esbuild = await import('esbuild');
  const folder = join(out, 'test', tier);
  rmSync(folder, { recursive: true, force: true });
  const entryPoints = findFiles(join(root, 'test', tier), '.test.ts');
  await esbuild.build({
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
    define: { 'import.meta.url': '__bundleUrl' },
    banner: { js: "const __bundleUrl = require('node:url').pathToFileURL(__filename).href;" },
  });
  return findFiles(folder, '.test.cjs').map((file) => relative(root, file));
}

/**
 * @param {string} folder
 * @param {string} ending
 */
function findFiles(folder, ending) {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith(ending))
    .sort()
    .map((name) => join(folder, name));
}
