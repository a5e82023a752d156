// @ts-check
// The host tests: the compiled suite in real VS Codes, served and shown in a headless browser.
import { packageExtension } from '../package.mjs';
import { ensureChromium } from '../setup/chromium.mjs';
import { root } from '../setup/paths.mjs';
import { ensureOldestVsCodeHost, ensureVsCodeHost } from '../setup/vscode-host.mjs';
import { openServed } from './served.mjs';
import { buildSuite } from './suite.mjs';
import { runPlans } from './plans.mjs';

/**
 * Runs the host tests in every VS Code that they are meant for: with the working copy, with the packaged extension, in Restricted Mode,
 * without the reader of debug information, and in the oldest VS Code that the extension runs in. Expects that dist/ is built.
 * @param {{mochaArguments?: readonly string[]}} [options] see `runPlans`
 * @returns {Promise<boolean>} whether all tests passed
 */
export async function runHostTests({ mochaArguments = [] } = {}) {
  const host = await ensureVsCodeHost();
  const chromium = await ensureChromium();
  const { driver, files, restrictedFiles, readerlessFiles } = await buildSuite();
  const common = { host, chromium, driver };
  const workingCopy = { folder: root };
  return await runPlans(
    [
      { name: 'working-copy', files, open: openServed({ ...common, extension: workingCopy, trusted: true }) },
      {
        name: 'packaged',
        files,
        open: async (place) =>
          await openServed({ ...common, extension: { vsix: await packageExtension() }, trusted: true })(
            place,
          ),
      },
      {
        name: 'restricted',
        files: restrictedFiles,
        open: openServed({ ...common, extension: workingCopy, trusted: false }),
      },
      {
        name: 'readerless',
        files: readerlessFiles,
        open: openServed({ ...common, extension: workingCopy, trusted: true, hasReader: false }),
      },
      {
        name: 'oldest',
        files,
        open: async (place) => {
          const oldest = await ensureOldestVsCodeHost();
          return await openServed({ ...common, host: oldest, extension: workingCopy, trusted: true })(place);
        },
      },
    ],
    mochaArguments,
  );
}
