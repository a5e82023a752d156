// @ts-check
// npm test: every tier. CONTRIBUTING.md tells how to run one tier, one file or one test.
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { addToRecap, beginRecap, printRecap } from './recap.mjs';
import { ensureDependencies } from './setup/dependencies.mjs';
import { ensureNode24 } from './setup/node.mjs';
import { root } from './setup/paths.mjs';
import { say } from './setup/say.mjs';
import { withTemporaryFolder } from './temporary.mjs';
import { parseTestArguments } from './test-arguments.mjs';
import { bundleTests, runMocha } from './test-files.mjs';

/** How often --watch looks for changes. */
const watchPauseMs = 300;

const parsed = parseTestArguments(process.argv.slice(2), root);
if ('error' in parsed) {
  say(parsed.error);
  process.exit(2);
}
const { tiers, files, isWatching, mochaArguments } = parsed;

await ensureDependencies();
if (isWatching) await watchTests();
else process.exitCode = (await runTiers()) ? 0 : 1;

/** @returns {Promise<boolean>} whether all tests passed */
async function runTiers() {
  beginRecap();
  let failed = false;
  for (const tier of tiers) {
    say(`${tier} tests`);
    const passed = tier === 'host' ? await runHostTier() : await runTier(tier);
    if (!passed) failed = true;
  }
  printRecap();
  return !failed;
}

/**
 * @param {'unit' | 'engine'} tier
 * @param {AbortSignal} [signal] ends the tests
 * @returns {Promise<boolean>} whether all tests passed
 */
async function runTier(tier, signal) {
  const { bundles, needsBuild, needsFixtures } = await bundleTests(tier, files);
  if (bundles.length === 0) throw new Error(`No ${tier} tests were found.`);
  // Chosen unit tests run on the Node at hand, so that they start at once. All others run on the Node of current VS Code.
  const node = tier === 'unit' && files.length > 0 ? process.execPath : await ensureNode24();
  if (tier === 'engine' || needsBuild) await (await import('./build.mjs')).build();
  if (needsFixtures) await (await import('./fixtures.mjs')).ensureFixtures();
  return await withTemporaryFolder(async ({ env, leftBehind }) => {
    const passed = await runMocha(bundles, { tier, node, env, mochaArguments, signal });
    const left = leftBehind();
    if (left.length > 0) addToRecap(`left in the temporary folder by the ${tier} tests: ${left.join(', ')}`);
    return passed;
  });
}

/** @returns {Promise<boolean>} whether all tests passed */
async function runHostTier() {
  await (await import('./build.mjs')).build();
  const { runHostTests } = await import('./host/main.mjs');
  return await runHostTests({ mochaArguments });
}

/** Runs the tests now and after each change below src and test, until Ctrl+C. A change ends the run before it. */
async function watchTests() {
  let current = new AbortController();
  /** @type {Promise<unknown>} */
  let running = Promise.resolve();
  let seen = '';
  for (;;) {
    const state = stateOfSources();
    if (state !== seen) {
      seen = state;
      current.abort();
      current = new AbortController();
      const { signal } = current;
      running = running.then(() => runWatched(signal));
    }
    await setTimeout(watchPauseMs);
  }
}

/** @param {AbortSignal} signal ends the tests */
async function runWatched(signal) {
  beginRecap();
  for (const tier of tiers) {
    if (signal.aborted || tier === 'host') return;
    await runTier(tier, signal).catch((/** @type {unknown} */ error) => {
      if (!signal.aborted) say(error instanceof Error ? error.message : String(error));
    });
  }
  if (!signal.aborted) say('waiting for changes');
}

/**
 * Names, sizes and dates of all sources in one string. Asked again and again, since Node's own watcher loses files that an editor replaces.
 * @returns {string}
 */
function stateOfSources() {
  return ['src', 'test']
    .flatMap((folder) =>
      readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).map((name) => {
        const { size = 0, mtimeMs = 0 } = statSync(join(root, folder, name), { throwIfNoEntry: false }) ?? {};
        return `${name} ${size} ${mtimeMs}`;
      }),
    )
    .join('\n');
}
