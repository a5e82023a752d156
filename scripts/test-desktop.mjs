// @ts-check
// npm run test:desktop: the host tests in desktop VS Code, on a machine that can download one, or has one that VSCODE_PATH names.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { ensureDependencies } from './setup/dependencies.mjs';
import { ensureNode24 } from './setup/node.mjs';
import { cache, root } from './setup/paths.mjs';
import { say } from './setup/say.mjs';

try {
  process.exitCode = (await testDesktop()) ? 0 : 1;
} catch (error) {
  say(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
}

async function testDesktop() {
  await ensureDependencies();
  const program = await findVsCode();
  if (process.platform === 'linux' && !process.env.DISPLAY && !process.env.WAYLAND_DISPLAY)
    throw new Error('Desktop VS Code needs a display; without one: xvfb-run -a npm run test:desktop');
  const node = await ensureNode24();
  const { build } = await import('./build.mjs');
  await build();
  const { buildSuite } = await import('./host/suite.mjs');
  const { openDesktop } = await import('./host/desktop.mjs');
  const { runPlans } = await import('./host/plans.mjs');
  const { driver, files, special } = await buildSuite();
  const common = { program, node, driver, extension: root };
  return await runPlans(
    [
      { name: 'desktop', files, open: openDesktop({ ...common, trusted: true }) },
      {
        name: 'desktop-restricted',
        files: special.restricted,
        open: openDesktop({ ...common, trusted: false }),
      },
    ],
    process.argv.slice(2),
  );
}

/** @returns {Promise<string>} path of VS Code's program */
async function findVsCode() {
  const installed = process.env.VSCODE_PATH;
  if (installed) {
    if (existsSync(installed)) return installed;
    throw new Error(`VSCODE_PATH names ${installed}, which is not there.`);
  }
  const { downloadAndUnzipVSCode } = await import('@vscode/test-electron');
  say('fetching desktop VS Code (or taking the one that was fetched before)');
  try {
    return await downloadAndUnzipVSCode({ cachePath: join(cache, 'desktop-vscode') });
  } catch (cause) {
    throw new Error(
      `Desktop VS Code could not be downloaded (${cause instanceof Error ? cause.message : String(cause)}). ` +
        "Set VSCODE_PATH to an installed VS Code's program, such as /usr/share/code/code, or use `npm run test:host`, " +
        'which needs npm alone.',
      { cause },
    );
  }
}
