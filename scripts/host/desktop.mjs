// @ts-check
// For a host run: desktop VS Code. Its window is a page too, so the same suite can read it and click in it.
import { join } from 'node:path';
import { cleanEnvironment } from './environment.mjs';
import { killGroup } from './processes.mjs';
import { testSettings, writeSettings } from './settings.mjs';

/**
 * @param {object} options
 * @param {string} options.program path of VS Code's own program, not of its `code` script
 * @param {string} options.node the `node` that its debugger starts
 * @param {string} options.driver folder of the extension that runs the suite
 * @param {string} options.extension the working copy
 * @param {boolean} options.trusted
 * @returns {import('./run.mjs').Plan['open']}
 */
export function openDesktop({ program, node, driver, extension, trusted }) {
  return async ({ home, workspace, env }) => {
    const { _electron: electron } = await import('playwright-core');
    const userData = join(home, 'data');
    writeSettings(userData, testSettings);
    const application = await electron.launch({
      executablePath: program,
      args: [
        ...['--user-data-dir', userData, '--extensions-dir', join(home, 'extensions')],
        ...[
          '--no-sandbox',
          '--disable-gpu-sandbox',
          '--skip-welcome',
          '--skip-release-notes',
          '--disable-updates',
        ],
        ...(trusted ? ['--disable-workspace-trust'] : []),
        ...[`--extensionDevelopmentPath=${extension}`, `--extensionDevelopmentPath=${driver}`, workspace],
      ],
      env: { ...cleanEnvironment(node), ...env },
    });
    const main = application.process();
    return {
      page: await application.firstWindow(),
      pid: main.pid ?? 0,
      logFile: undefined,
      hasEnded: () => main.exitCode !== null || main.signalCode !== null,
      endsWithWindow: () => true,
      closeWindow: () => application.close(),
      kill: () => {
        if (main.pid !== undefined) killGroup(main.pid);
      },
    };
  };
}
