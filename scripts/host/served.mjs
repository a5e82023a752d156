// @ts-check
// For a host run: VS Code served by npm's server, its window in a headless browser.
import { pathToFileURL } from 'node:url';
import { ensureDwarfExtension } from '../setup/dwarf-extension.mjs';
import { cleanEnvironment } from './environment.mjs';
import { installVsix, linkExtensions } from './extensions.mjs';
import { freePort, startServer } from './server.mjs';
import { testSettings } from './settings.mjs';
import { openWindow } from './window.mjs';

/**
 * @param {object} options
 * @param {import('../setup/vscode-host.mjs').VsCodeHost} options.host
 * @param {string} options.chromium
 * @param {string} options.driver folder of the extension that runs the suite
 * @param {{readonly folder: string} | {readonly vsix: string}} options.extension a working copy in place, or a package to install
 * @param {boolean} options.trusted
 * @param {string} [options.language] the display language; English unless given
 * @param {boolean} [options.hasReader] whether js-debug can read the debug information of WebAssembly
 * @returns {import('./run.mjs').Plan['open']}
 */
export function openServed({ host, chromium, driver, extension, trusted, language, hasReader = true }) {
  return async ({ home, workspace, env }) => {
    if ('vsix' in extension) await installVsix(host, home, extension.vsix);
    const reader = hasReader ? [await ensureDwarfExtension()] : [];
    linkExtensions(home, [driver, ...reader, ...('folder' in extension ? [extension.folder] : [])]);
    const port = await freePort();
    if (port === undefined) throw new Error('There is no free port.');
    const server = await startServer({
      host,
      folder: home,
      port,
      graceSeconds: 1,
      trusted,
      settings: testSettings,
      ...(language === undefined ? {} : { language }),
      env,
    });
    const window = await openWindow({
      chromium,
      env: { ...cleanEnvironment(host.node), ...env },
      url: `http://127.0.0.1:${port}/?folder=${encodeURI(pathToFileURL(workspace).pathname)}`,
    });
    return {
      page: window.page,
      pid: server.pid,
      logFile: server.logFile,
      hasEnded: server.hasEnded,
      endsWithWindow: (command) => command.includes('--type=extensionHost'),
      closeWindow: window.close,
      kill: server.kill,
    };
  };
}
