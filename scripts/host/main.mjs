// @ts-check
// The host tests: the compiled suite in real VS Codes, served and shown in a headless browser.
import { parseArgs } from 'node:util';
import { ensureFixtures } from '../fixtures.mjs';
import { packageExtension } from '../package.mjs';
import { ensureSamples } from '../samples.mjs';
import { ensureChromium } from '../setup/chromium.mjs';
import { root } from '../setup/paths.mjs';
import { say } from '../setup/say.mjs';
import { ensureVsCodeHost } from '../setup/vscode-host.mjs';
import { exitOnSignals } from './processes.mjs';
import { runOnce } from './run.mjs';
import { buildSuite } from './suite.mjs';

/** Tests for Restricted Mode, in which the workspace is not trusted, have a run of their own. */
const restrictedEnding = '.restricted.test.cjs';

/**
 * Runs the host tests in every VS Code that they are meant for: with the working copy, with the packaged extension, and in Restricted
 * Mode. Expects that dist/ is built.
 * @param {{mochaArguments?: readonly string[]}} [options] `--grep`, `--fgrep`, `--bail`, `--timeout`, as mocha has them, and
 *   `--run NAME` for one of the runs
 * @returns {Promise<boolean>} whether all tests passed
 */
export async function runHostTests({ mochaArguments = [] } = {}) {
  exitOnSignals(130);
  const { run: chosen, ...mocha } = parseOptions(mochaArguments);
  const host = await ensureVsCodeHost();
  const chromium = await ensureChromium();
  const suite = await buildSuite();
  const tools = {
    host,
    chromium,
    driver: suite.driver,
    samples: await ensureSamples(),
    fixtures: await ensureFixtures(),
    mocha,
  };
  const files = suite.files.filter((file) => !file.endsWith(restrictedEnding));
  const restricted = suite.files.filter((file) => file.endsWith(restrictedEnding));
  const isWanted = (/** @type {string} */ name) => chosen === undefined || chosen === name;

  /** @type {readonly import('./run.mjs').Plan[]} */
  const plans = [
    { name: 'working-copy', extension: { folder: root }, trusted: true, files },
    ...(isWanted('packaged')
      ? [{ name: 'packaged', extension: { vsix: await packageExtension() }, trusted: true, files }]
      : []),
    { name: 'restricted', extension: { folder: root }, trusted: false, files: restricted },
  ];
  let [passed, failed, skipped] = [0, 0, 0];
  for (const plan of plans.filter(({ name }) => isWanted(name))) {
    say(`VS Code ${host.version}: ${plan.name}`);
    const counts = await runOnce(plan, tools);
    const nothingRan =
      counts.passed + counts.failed === 0 && mocha.grep === undefined && mocha.fgrep === undefined;
    if (nothingRan) process.stdout.write(`No test ran in ${plan.name}.\n`);
    passed += counts.passed;
    failed += counts.failed + (nothingRan ? 1 : 0);
    skipped += counts.skipped;
  }
  process.stdout.write(`${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}\n`);
  return failed === 0 && passed > 0;
}

/** @param {readonly string[]} args */
function parseOptions(args) {
  const { values } = parseArgs({
    args: [...args],
    options: {
      grep: { type: 'string', short: 'g' },
      fgrep: { type: 'string', short: 'f' },
      bail: { type: 'boolean', short: 'b' },
      timeout: { type: 'string', short: 't' },
      run: { type: 'string' },
    },
  });
  const { timeout, ...others } = values;
  return { ...others, ...(timeout === undefined ? {} : { timeout: Number(timeout) }) };
}
