// mocha's spec reporter, followed by one plain line with the counts for CI.
const { appendFileSync } = require('node:fs');
const { reporters } = require('mocha');

module.exports = class extends reporters.Spec {
  /**
   * @param {import('mocha').Runner} runner
   * @param {import('mocha').MochaOptions} options
   */
  constructor(runner, options) {
    super(runner, options);
    const recapFile = process.env.FRESH_INSTANCE_RECAP;
    runner.on('fail', (test, error) => {
      if (recapFile !== undefined)
        appendFileSync(recapFile, `failed: ${test.fullTitle()}\n${error.stack ?? error.message}\n\n`);
    });
    runner.once('end', () => {
      const { passes, failures, pending } = this.stats;
      process.stdout.write(
        `${passes} passed, ${failures} failed${pending > 0 ? `, ${pending} skipped` : ''}\n`,
      );
    });
  }
};
