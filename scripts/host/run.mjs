// @ts-check
// One run of the suite in its own VS Code, from start to the end of all its processes.
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
import { out } from '../setup/paths.mjs';
import { cachedWasmtime } from '../setup/wasmtime.mjs';
import { endOne, familyOf } from './processes.mjs';
import { follow } from './report.mjs';
import { serveWindow } from './window-endpoint.mjs';
import { takeScreenshot } from './window.mjs';

const startDeadlineMs = 90_000;
const silenceDeadlineMs = 180_000;
const closeDeadlineMs = 20_000;

/**
 * @typedef {import('../../test/host/support/window-protocol').HostCounts} HostCounts
 * @typedef {import('../../test/host/support/window-protocol').HostRun} HostRun
 */

/**
 * The folders of one VS Code, and what it opens.
 * @typedef {object} Place
 * @property {string} home
 * @property {string} workspace
 * @property {Readonly<Record<string, string>>} env added to the environment of everything that is started
 */

/**
 * A VS Code with one open window.
 * @typedef {object} OpenVsCode
 * @property {import('playwright-core').Page} page
 * @property {number} pid of the process that all its others descend from
 * @property {string | undefined} logFile
 * @property {() => boolean} hasEnded
 * @property {(command: string) => boolean} endsWithWindow whether a process with this command line must end once the window is closed
 * @property {() => Promise<void>} closeWindow
 * @property {() => void} kill
 */

/**
 * @typedef {object} Plan
 * @property {string} name
 * @property {readonly string[]} files bundled tests
 * @property {(place: Place) => Promise<OpenVsCode>} open
 */

/**
 * @typedef {object} Material
 * @property {string} samples
 * @property {string} fixtures
 * @property {HostRun['mocha']} mocha
 */

/**
 * @param {Plan} plan
 * @param {Material} material
 * @returns {Promise<HostCounts>} counts; any other failure counts as one more failed test
 */
export async function runOnce(plan, material) {
  // Short, since paths of sockets are limited to about 100 characters.
  const home = realpathSync(mkdtempSync(join(tmpdir(), 'fi-')));
  const hostRun = prepare(plan, material, home);
  /** @type {OpenVsCode | undefined} */
  let vsCode;
  const endpoint = await serveWindow(() => vsCode?.page);
  try {
    const runFile = join(home, 'run.json');
    writeFileSync(runFile, JSON.stringify({ ...hostRun, windowUrl: endpoint.url }));
    vsCode = await plan.open({
      home,
      workspace: join(home, 'samples'),
      env: {
        ...isolated(home),
        FRESH_INSTANCE_HOST_RUN: runFile,
        FRESH_INSTANCE_FIXTURES: material.fixtures,
        ...(existsSync(cachedWasmtime) ? { FRESH_INSTANCE_TEST_WASMTIME: cachedWasmtime } : {}),
      },
    });
    return await watchOver(hostRun, vsCode);
  } finally {
    vsCode?.kill();
    endpoint.close();
    rmSync(home, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  }
}

/**
 * @param {Omit<HostRun, 'windowUrl'>} hostRun
 * @param {OpenVsCode} vsCode
 * @returns {Promise<HostCounts>}
 */
async function watchOver(hostRun, vsCode) {
  const family = familyOf([vsCode.pid]);
  const looking = setInterval(family, 500);
  try {
    const counts = await suiteEnd(hostRun, vsCode).catch(async (/** @type {unknown} */ error) => {
      process.stdout.write(`${String(error)}\n`);
      await takeScreenshot(vsCode.page, `failed-${hostRun.name}`).catch(() => undefined);
      return readCounts(hostRun) ?? failedRun(hostRun.name, String(error));
    });
    if (counts.failed > 0) keepLog(hostRun.name, vsCode.logFile);
    const complaints = await endOrderly(family, vsCode);
    for (const complaint of complaints) process.stdout.write(`${complaint}\n`);
    return {
      ...counts,
      failed: counts.failed + complaints.length,
      recap: [...counts.recap, ...complaints.map((complaint) => `failed in ${hostRun.name}: ${complaint}`)],
    };
  } finally {
    clearInterval(looking);
  }
}

/**
 * The counts of a run that did not finish.
 * @param {string} name
 * @param {string} reason
 * @returns {HostCounts}
 */
export function failedRun(name, reason) {
  return { passed: 0, failed: 1, skipped: 0, recap: [`failed in ${name}: ${reason}`] };
}

/**
 * @param {Plan} plan
 * @param {Material} material
 * @param {string} home
 * @returns {Omit<HostRun, 'windowUrl'>}
 */
function prepare(plan, material, home) {
  cpSync(material.samples, join(home, 'samples'), { recursive: true });
  for (const folder of ['home', 'tmp']) mkdirSync(join(home, folder));
  const hostRun = {
    name: plan.name,
    files: plan.files,
    reportFile: join(home, 'report.txt'),
    startedFile: join(home, 'started'),
    countsFile: join(home, 'counts.json'),
    colour: process.stdout.isTTY,
    mocha: material.mocha,
  };
  writeFileSync(hostRun.reportFile, '');
  return hostRun;
}

/**
 * @param {string} home
 * @returns {Readonly<Record<string, string>>}
 */
function isolated(home) {
  return {
    HOME: join(home, 'home'),
    USERPROFILE: join(home, 'home'),
    TMPDIR: join(home, 'tmp'),
    TMP: join(home, 'tmp'),
    TEMP: join(home, 'tmp'),
  };
}

/**
 * Copies the report to the terminal while the suite runs. Resolves to its counts.
 * @param {Omit<HostRun, 'windowUrl'>} run
 * @param {OpenVsCode} vsCode
 * @returns {Promise<HostCounts>}
 */
async function suiteEnd(run, vsCode) {
  const report = follow(run.reportFile);
  const started = Date.now();
  try {
    for (;;) {
      await sleep(100);
      report.pass();
      const counts = readCounts(run);
      if (counts) return counts;
      if (vsCode.hasEnded()) throw new Error('VS Code ended before the suite did.');
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
 * @param {string | undefined} logFile
 */
function keepLog(name, logFile) {
  if (logFile === undefined) return;
  const kept = join(out, 'host', `${name}.log`);
  mkdirSync(dirname(kept), { recursive: true });
  cpSync(logFile, kept);
  process.stdout.write(`VS Code's log: ${kept}\n`);
}

/**
 * Closes the window: the extension host and all its children must end. Then ends the rest: no process may be left.
 * @param {ReturnType<typeof familyOf>} family
 * @param {OpenVsCode} vsCode
 * @returns {Promise<readonly string[]>} the processes that did not end
 */
async function endOrderly(family, vsCode) {
  const bound = family().filter(({ command }) => vsCode.endsWithWindow(command));
  const boundFamily = familyOf(bound.map(({ pid }) => pid));
  boundFamily();
  await vsCode.closeWindow();
  const outlivedWindow = await leftovers(boundFamily);
  vsCode.kill();
  const outlivedVsCode = await leftovers(family);
  for (const { pid } of outlivedVsCode) endOne(pid);
  return [
    ...(bound.length === 0 && process.platform !== 'win32' ? ['No extension host was found.'] : []),
    ...outlivedWindow.map(({ pid, command }) => `Process ${pid} outlived the window: ${command}`),
    ...outlivedVsCode.map(({ pid, command }) => `Process ${pid} outlived VS Code: ${command}`),
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
