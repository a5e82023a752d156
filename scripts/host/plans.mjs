// @ts-check
import { parseArgs } from 'node:util';
import { ensureBigFixture, ensureFixtures } from '../fixtures.mjs';
import { ensureSamples } from '../samples.mjs';
import { addToRecap } from '../recap.mjs';
import { say } from '../setup/say.mjs';
import { exitOnSignals } from './processes.mjs';
import { failedRun, runOnce } from './run.mjs';

/**
 * Runs the plans one after the other, then prints one line of counts.
 * @param {readonly import('./run.mjs').Plan[]} plans
 * @param {readonly string[]} args `--grep`, `--fgrep`, `--bail`, `--timeout`, `--retries` (1 unless given) as mocha has them, and
 *   `--run NAME` for one of the plans
 * @returns {Promise<boolean>} whether all tests passed, and there were some in every plan
 */
export async function runPlans(plans, args) {
  const { run: chosen, ...mocha } = parseOptions(args);
  const wanted = plans.filter(({ name }) => chosen === undefined || chosen === name);
  if (wanted.length === 0)
    throw new Error(`There is no run "${chosen}", but ${plans.map(({ name }) => name).join(', ')}.`);
  const isPartial = mocha.grep !== undefined || mocha.fgrep !== undefined;
  exitOnSignals(130);
  const material = { samples: await ensureSamples(), fixtures: await ensureFixtures(), mocha };
  await ensureBigFixture();
  let [passed, failed, skipped] = [0, 0, 0];
  for (const plan of wanted) {
    say(`the real VS Code: ${plan.name}`);
    const counts = await runOnce(plan, material).catch((/** @type {unknown} */ error) => {
      const reason = error instanceof Error ? (error.stack ?? error.message) : String(error);
      process.stdout.write(`${reason}\n`);
      return failedRun(plan.name, reason);
    });
    const isEmpty = counts.passed + counts.failed === 0 && !isPartial;
    if (isEmpty) process.stdout.write(`No test ran in ${plan.name}.\n`);
    counts.recap.forEach(addToRecap);
    passed += counts.passed;
    failed += counts.failed + (isEmpty ? 1 : 0);
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
      retries: { type: 'string' },
      run: { type: 'string' },
    },
  });
  const { timeout, retries = '1', ...others } = values;
  return {
    ...others,
    retries: Number(retries),
    ...(timeout === undefined ? {} : { timeout: Number(timeout) }),
  };
}
