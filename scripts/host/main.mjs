// @ts-check
// The host tests: the compiled suite in real VS Codes, served and shown in a headless browser.
import { basename } from 'node:path';
import { packageExtension } from '../package.mjs';
import { ensureChromium } from '../setup/chromium.mjs';
import { root } from '../setup/paths.mjs';
import { ensureOldestVsCodeHost, ensureVsCodeHost } from '../setup/vscode-host.mjs';
import { openServed } from './served.mjs';
import { buildSuite } from './suite.mjs';
import { runPlans } from './plans.mjs';

/** Tests that need the whole package. Some need WASI 0.3, which the Node of the oldest VS Code lacks. */
const packageTests = ['activation.test.cjs', 'run.test.cjs'];

/** Tests of what does not depend on the version of VS Code, and takes long. */
const newestTests = ['engines.test.cjs', 'page.test.cjs'];

/**
 * Runs the host tests in every VS Code that they are meant for: with the working copy in the newest, with the packaged extension in the
 * oldest that it says it runs in and, some of them, in the newest; in Restricted Mode; without the reader of debug information; in Chinese. Expects
 * that dist/ is built.
 * @param {{mochaArguments?: readonly string[]}} [options] see `runPlans`
 * @returns {Promise<boolean>} whether all tests passed
 */
export async function runHostTests({ mochaArguments = [] } = {}) {
  const host = await ensureVsCodeHost();
  const chromium = await ensureChromium();
  const { driver, files, special } = await buildSuite();
  const common = { host, chromium, driver, extension: { folder: root }, trusted: true };
  const packaged = async () => ({ ...common, extension: { vsix: await packageExtension() } });
  return await runPlans(
    [
      {
        name: 'oldest',
        files: files.filter((file) => !newestTests.includes(basename(file))),
        open: async (place) => {
          const oldest = await ensureOldestVsCodeHost();
          return await openServed({ ...(await packaged()), host: oldest })(place);
        },
      },
      { name: 'working-copy', files, open: openServed(common) },
      {
        name: 'packaged',
        files: files.filter((file) => packageTests.includes(basename(file))),
        open: async (place) => await openServed(await packaged())(place),
      },
      {
        name: 'restricted',
        files: special.restricted,
        open: openServed({ ...common, trusted: false }),
      },
      {
        name: 'readerless',
        files: special.readerless,
        open: openServed({ ...common, hasReader: false }),
      },
      {
        name: 'zh-cn',
        files: special['zh-cn'],
        open: openServed({ ...common, language: 'zh-cn' }),
      },
    ],
    mochaArguments,
  );
}
