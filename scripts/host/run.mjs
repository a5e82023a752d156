// @ts-check
// One run of the suite in one VS Code: made for it, watched, and ended with everything that it started.
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { out } from '../setup/paths.mjs';
import { installVsix, linkExtensions } from './extensions.mjs';
import { endOne, familyOf } from './processes.mjs';
import { follow } from './report.mjs';
import { freePort, startServer } from './server.mjs';
import { serveWindow } from './window-endpoint.mjs';
import { openWindow, takeScreenshot } from './window.mjs';

const startDeadlineMs = 90_000;
const silenceDeadlineMs = 180_000;
const closeDeadlineMs = 20_000;

/**
 * @typedef {import('../../test/host/support/window-protocol').HostCounts} HostCounts
 * @typedef {import('../../test/host/support/window-protocol').HostRun} HostRun
 */

/**
 * @typedef {object} Plan
 * @property {string} name
 * @property {{readonly folder: string} | {readonly vsix: string}} extension a working copy in place, or a package to install
 * @property {boolean} trusted
 * @property {readonly string[]} files
 */

/**
 * @typedef {object} Tools
 * @property {import('../setup/vscode-host.mjs').VsCodeHost} host
 * @property {string} chromium
 * @property {string} driver
 * @property {string} samples
 * @property {string} fixtures
 * @property {HostRun['mocha']} mocha
 */

/** What the tests' VS Code does not do by itself, so that nothing covers or moves what they look at. */
export const quietSettings = {
  'workbench.startupEditor': 'none',
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'workbench.tips.enabled': false,
  'workbench.enableExperiments': false,
  'chat.disableAIFeatures': true,
  'extensions.ignoreRecommendations': true,
  'extensions.autoCheckUpdates': false,
  'extensions.autoUpdate': false,
  'security.workspace.trust.startupPrompt': 'never',
  'git.openRepositoryInParentFolders': 'never',
  'terminal.integrated.gpuAcceleration': 'off',
  'window.dialogStyle': 'custom',
};

/**
 * @param {Plan} plan
 * @param {Tools} tools
 * @returns {Promise<HostCounts>} counts, in which whatever else went wrong is one more failed test
 */
export async function runOnce(plan, tools) {
  // Short, since the paths of the sockets in it may have no more than about 100 characters.
  const home = realpathSync(mkdtempSync(join(tmpdir(), 'fi-')));
  const files = prepare(plan, tools, home);
  /** @type {(() => void | Promise<void>)[]} */
  const cleanUps = [];
  try {
    if ('vsix' in plan.extension) await installVsix(tools.host, home, plan.extension.vsix);
    linkExtensions(home, [tools.driver, ...('folder' in plan.extension ? [plan.extension.folder] : [])]);
    /** @type {Awaited<ReturnType<typeof openWindow>> | undefined} */
    let window;
    const endpoint = await serveWindow(() => window?.page);
    cleanUps.push(endpoint.close);
    writeFileSync(files.run, JSON.stringify({ ...files.hostRun, windowUrl: endpoint.url }));

    const port = (await freePort()) ?? 0;
    const env = { ...isolated(home, files.run), FRESH_INSTANCE_FIXTURES: tools.fixtures };
    const server = await startServer({
      host: tools.host,
      folder: home,
      port,
      graceSeconds: 1,
      trusted: plan.trusted,
      settings: quietSettings,
      env,
    });
    const family = familyOf([server.pid]);
    const looking = setInterval(family, 500);
    cleanUps.push(() => {
      clearInterval(looking);
      server.kill();
    });
    window = await openWindow({
      chromium: tools.chromium,
      env: { ...process.env, ...env },
      url: `http://127.0.0.1:${port}/?folder=${encodeURI(pathToFileURL(files.workspace).pathname)}`,
    });
    cleanUps.push(window.close);
    const { page } = window;
    const counts = await suiteEnd(files.hostRun, server).catch(async (/** @type {unknown} */ error) => {
      await takeScreenshot(page, `failed-${plan.name}`).catch(() => undefined);
      process.stdout.write(`${String(error)}\nServer log: ${keepLog(plan.name, server.logFile)}\n`);
      return readCounts(files.hostRun) ?? { passed: 0, failed: 1, skipped: 0 };
    });
    if (counts.failed > 0) process.stdout.write(`Server log: ${keepLog(plan.name, server.logFile)}\n`);
    const complaints = await endOrderly(family, window, server);
    for (const complaint of complaints) process.stdout.write(`${complaint}\n`);
    return { ...counts, failed: counts.failed + complaints.length };
  } finally {
    for (const cleanUp of cleanUps.reverse()) await cleanUp();
    rmSync(home, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  }
}

/**
 * @param {Plan} plan
 * @param {Tools} tools
 * @param {string} home
 */
function prepare(plan, tools, home) {
  const workspace = join(home, 'samples');
  cpSync(tools.samples, workspace, { recursive: true });
  for (const folder of ['home', 'tmp']) mkdirSync(join(home, folder));
  /** @type {Omit<HostRun, 'windowUrl'>} */
  const hostRun = {
    name: plan.name,
    files: plan.files,
    reportFile: join(home, 'report.txt'),
    startedFile: join(home, 'started'),
    countsFile: join(home, 'counts.json'),
    colour: process.stdout.isTTY,
    mocha: tools.mocha,
  };
  writeFileSync(hostRun.reportFile, '');
  return { workspace, hostRun, run: join(home, 'run.json') };
}

/**
 * @param {string} home
 * @param {string} runFile
 * @returns {NodeJS.ProcessEnv}
 */
function isolated(home, runFile) {
  return {
    HOME: join(home, 'home'),
    USERPROFILE: join(home, 'home'),
    TMPDIR: join(home, 'tmp'),
    TMP: join(home, 'tmp'),
    TEMP: join(home, 'tmp'),
    FRESH_INSTANCE_HOST_RUN: runFile,
  };
}

/**
 * Passes the report on while the suite runs, and gives its counts at its end.
 * @param {Omit<HostRun, 'windowUrl'>} run
 * @param {import('./server.mjs').Server} server
 * @returns {Promise<HostCounts>}
 */
async function suiteEnd(run, server) {
  const report = follow(run.reportFile);
  const started = Date.now();
  try {
    for (;;) {
      await sleep(100);
      report.pass();
      const counts = readCounts(run);
      if (counts) return counts;
      if (server.hasEnded()) throw new Error('VS Code ended before the suite did.');
      if (!existsSync(run.startedFile) && Date.now() - started > startDeadlineMs)
        throw new Error(
          `The suite did not start within ${startDeadlineMs / 1000} s; see out/screenshots/failed-${run.name}.png.`,
        );
      if (Date.now() - Math.max(started, report.lastAt()) > silenceDeadlineMs)
        throw new Error(
          `The suite said nothing for ${silenceDeadlineMs / 1000} s; see out/screenshots/failed-${run.name}.png.`,
        );
    }
  } finally {
    report.pass();
  }
}

/**
 * @param {Omit<HostRun, 'windowUrl'>} run
 * @returns {HostCounts | undefined}
 */
function readCounts(run) {
  try {
    return JSON.parse(readFileSync(run.countsFile, 'utf8'));
  } catch {
    return undefined; // Not there, or not wholly written.
  }
}

/**
 * @param {string} name
 * @param {string} logFile
 */
function keepLog(name, logFile) {
  const kept = join(out, 'host', `${name}.log`);
  mkdirSync(dirname(kept), { recursive: true });
  cpSync(logFile, kept);
  return kept;
}

/**
 * Closes the window, after which the extension host must end with everything that it started; then the server, after which nothing at
 * all may be left.
 * @param {ReturnType<typeof familyOf>} family
 * @param {Awaited<ReturnType<typeof openWindow>>} window
 * @param {import('./server.mjs').Server} server
 * @returns {Promise<readonly string[]>} what lived on
 */
async function endOrderly(family, window, server) {
  const extensionHosts = family().filter(({ command }) => command.includes('--type=extensionHost'));
  const ofHosts = familyOf(extensionHosts.map(({ pid }) => pid));
  ofHosts();
  await window.close();
  const outlivedWindow = await leftovers(ofHosts);
  server.kill();
  const outlivedServer = await leftovers(family);
  for (const { pid } of outlivedServer) endOne(pid);
  return [
    ...(extensionHosts.length === 0 ? ['No extension host was found.'] : []),
    ...outlivedWindow.map(({ pid, command }) => `Process ${pid} outlived the window: ${command}`),
    ...outlivedServer.map(({ pid, command }) => `Process ${pid} outlived VS Code: ${command}`),
  ];
}

/** @param {ReturnType<typeof familyOf>} family */
async function leftovers(family) {
  const deadline = Date.now() + closeDeadlineMs;
  for (;;) {
    const alive = family();
    if (alive.length === 0 || Date.now() > deadline) return alive;
    await sleep(100);
  }
}

/** @param {number} ms */
function sleep(ms) {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
