// @ts-check
// A VS Code server with its own folders, so that it does not touch the user's.
import { spawn } from 'node:child_process';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { cleanEnvironment } from './environment.mjs';
import { endOne, familyOf, killGroup } from './processes.mjs';
import { writeLanguagePack } from './language-pack.mjs';
import { writeSettings } from './settings.mjs';

const startDeadlineMs = 60_000;

/**
 * @typedef {object} ServerOptions
 * @property {import('../setup/vscode-host.mjs').VsCodeHost} host
 * @property {string} folder where the server keeps everything: data, extensions, log
 * @property {number} port
 * @property {string} [defaultFolder] what a window opens whose address names no folder
 * @property {number} graceSeconds how long extension host and terminals wait for a window that is gone to come back
 * @property {boolean} trusted whether folders open as trusted; otherwise VS Code's Restricted Mode is on
 * @property {Readonly<Record<string, unknown>>} settings the user's settings, written if there are none yet
 * @property {string} [language] the display language, such as `zh-cn`; English unless given
 * @property {NodeJS.ProcessEnv} [env] added to the environment of server and extension host
 */

/**
 * @typedef {object} Server
 * @property {number} pid also the id of its process group
 * @property {string} logFile
 * @property {Promise<unknown>} ended
 * @property {() => boolean} hasEnded
 * @property {() => void} kill ends the server, extension hosts, terminals and file watchers; happens by itself when this process exits
 */

/**
 * Starts the server and waits until it answers.
 * @param {ServerOptions} options
 * @returns {Promise<Server>}
 */
export async function startServer({
  host,
  folder,
  port,
  defaultFolder,
  graceSeconds,
  trusted,
  settings,
  language,
  env = {},
}) {
  writeSettings(userDataFolder(folder), settings);
  if (language !== undefined) writeLanguagePack(userDataFolder(folder), language);
  const logFile = join(folder, 'server.log');
  const log = openSync(logFile, 'w');
  const child = spawn(
    host.node,
    [
      host.serverMain,
      ...['--host', '127.0.0.1', '--port', String(port), '--without-connection-token'],
      ...['--accept-server-license-terms', '--telemetry-level', 'off'],
      ...['--reconnection-grace-time', String(graceSeconds)],
      ...(defaultFolder === undefined ? [] : ['--default-folder', defaultFolder]),
      ...(language === undefined ? [] : ['--locale', language]),
      ...(trusted ? ['--disable-workspace-trust'] : []),
      ...folderArguments(folder),
    ],
    { env: { ...cleanEnvironment(host.node), ...env }, stdio: ['ignore', log, log], detached: true },
  );
  closeSync(log);
  /** @type {Promise<unknown>} */
  const ended = new Promise((resolve) => {
    child.on('exit', resolve);
    child.on('error', resolve);
  });
  const family = familyOf(child.pid === undefined ? [] : [child.pid]);
  const kill = () => {
    family();
    if (child.pid !== undefined) killGroup(child.pid);
    // Processes that left the group, such as the shell of a terminal.
    for (const { pid } of family()) endOne(pid);
  };
  process.once('exit', kill);
  try {
    await Promise.race([
      answers(port),
      ended.then(() => {
        throw new Error('VS Code ended while it was starting.');
      }),
    ]);
  } catch (error) {
    kill();
    throw new Error(`${String(error)}\n${readFileSync(logFile, 'utf8').slice(-2000)}`, { cause: error });
  }
  return {
    pid: child.pid ?? 0,
    logFile,
    ended,
    hasEnded: () => child.exitCode !== null || child.signalCode !== null,
    kill,
  };
}

/**
 * The flags that keep everything in one folder.
 * @param {string} folder
 */
export function folderArguments(folder) {
  return [
    ...['--server-data-dir', folder],
    ...['--user-data-dir', userDataFolder(folder)],
    ...['--extensions-dir', extensionsFolder(folder)],
  ];
}

/** @param {string} folder */
function userDataFolder(folder) {
  return join(folder, 'data');
}

/** @param {string} folder */
export function extensionsFolder(folder) {
  return join(folder, 'extensions');
}

/** @param {number} port */
async function answers(port) {
  const deadline = Date.now() + startDeadlineMs;
  for (;;) {
    try {
      if ((await fetch(`http://127.0.0.1:${port}/version`)).ok) return;
    } catch {
      // Not yet.
    }
    if (Date.now() > deadline)
      throw new Error(`VS Code did not answer on port ${port} within ${startDeadlineMs / 1000} s.`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

/**
 * @param {number} port 0 asks for any free one
 * @returns {Promise<number | undefined>} the port, or undefined if it is taken
 */
export function freePort(port = 0) {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.on('error', (error) => {
      if ('code' in error && (error.code === 'EADDRINUSE' || error.code === 'EACCES')) resolve(undefined);
      else reject(error);
    });
    probe.listen(port, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => {
        resolve(address !== null && typeof address === 'object' ? address.port : undefined);
      });
    });
  });
}
