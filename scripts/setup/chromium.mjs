// @ts-check
import { accessSync, constants, existsSync, statSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { root } from './paths.mjs';
import { run } from './run.mjs';
import { say } from './say.mjs';

/** Names under which package managers install it. */
const names = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome', 'microsoft-edge'];

/**
 * Finds a Chromium, Chrome or Edge, or installs one: Debian's package if permitted, otherwise Playwright's download.
 * @returns {Promise<string>} path of the binary
 */
export async function ensureChromium() {
  const chosen = process.env.CHROME_PATH;
  if (chosen) {
    if (isProgram(chosen)) return chosen;
    throw new Error(`CHROME_PATH names ${chosen}, which is not a program.`);
  }
  const found = findChromium();
  if (found) return found;
  const failures = [];
  for (const installOne of [installWithApt, installWithPlaywright]) {
    try {
      const installed = await installOne();
      if (installed) return installed;
    } catch (error) {
      failures.push(error instanceof Error ? error.message : String(error));
    }
  }
  throw new Error(
    [
      'The tests in the real VS Code need Chromium, Chrome or Edge, and none was found or could be installed.',
      'Install one, or set CHROME_PATH to its program, and try again.',
      ...failures,
    ].join('\n'),
  );
}

/** @returns {string | undefined} */
function findChromium() {
  return candidates().find(isProgram);
}

/** @returns {readonly string[]} */
function candidates() {
  const { env } = process;
  switch (process.platform) {
    case 'darwin':
      return [
        ...onPath(),
        '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
        '/Applications/Chromium.app/Contents/MacOS/Chromium',
        '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
      ];
    case 'win32':
      return [env.ProgramFiles, env['ProgramFiles(x86)'], env.LocalAppData]
        .filter((folder) => folder !== undefined)
        .flatMap((folder) => [
          join(folder, 'Google', 'Chrome', 'Application', 'chrome.exe'),
          join(folder, 'Microsoft', 'Edge', 'Application', 'msedge.exe'),
        ]);
    default:
      return onPath();
  }
}

/** @returns {readonly string[]} */
function onPath() {
  const folders = (process.env.PATH ?? '').split(delimiter).filter((folder) => folder !== '');
  return names.flatMap((name) => folders.map((folder) => join(folder, name)));
}

/** @param {string} path */
function isProgram(path) {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}

/** @returns {Promise<string | undefined>} */
async function installWithApt() {
  if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) return undefined;
  say('installing Chromium with apt-get (for the tests in the real VS Code, once)');
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  await run('apt-get', ['update', '-q'], { env });
  // The font is for pictures of the window in Chinese (1.6 MB).
  const packages = ['chromium', 'fonts-wqy-microhei'];
  await run('apt-get', ['install', '-y', '-q', '--no-install-recommends', ...packages], { env });
  return findChromium();
}

/** @returns {Promise<string | undefined>} */
async function installWithPlaywright() {
  say('fetching Chromium with Playwright (for the tests in the real VS Code, once)');
  await run(process.execPath, [
    join(root, 'node_modules', 'playwright-core', 'cli.js'),
    'install',
    'chromium',
  ]);
  const { chromium } = await import('playwright-core');
  const path = chromium.executablePath();
  return isProgram(path) ? path : undefined;
}
