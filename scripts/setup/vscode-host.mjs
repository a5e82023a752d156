// @ts-check
// The VS Codes that `npm start` serves and that the host tests run in: npm's code-server package carries the real server, workbench
// and Node extension host. Its own command line is not used (it refuses the flags the tests need), so its own packages are not either.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { copyFile, mkdir, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { ensureNode, ensureNode24, withNodeFirst } from './node.mjs';
import { cache, root } from './paths.mjs';
import { run } from './run.mjs';
import { say } from './say.mjs';

const newest = '1.139.1';

/** The Node of VS Code 1.100 (Electron 34). */
const oldestNode = '20.19.0';

/** Increase it when the pruned parts change, so that the server is made again. */
const pruning = 2;

/** Unused parts: more than half of the size. */
const unused = [
  'extensions/copilot',
  'extensions/mermaid-markdown-features',
  'extensions/microsoft-authentication',
  'extensions/github',
  'extensions/github-authentication',
  'extensions/tunnel-forwarding',
  'node_modules/@github',
  'node_modules/@devcontainers',
  'node_modules/@microsoft/mxc-sdk',
  'node_modules/@vscode/sandbox-runtime',
];

/**
 * @typedef {object} VsCodeHost
 * @property {string} node path of the Node 24 that the server runs on
 * @property {string} serverMain path of VS Code's server program
 * @property {string} version VS Code's version
 */

/**
 * Makes sure that the newest VS Code server known to this project is in the cache folder.
 * @returns {Promise<VsCodeHost>}
 */
export async function ensureVsCodeHost() {
  return await ensureHost(newest, await ensureNode24());
}

/**
 * Makes sure that a server of the oldest supported VS Code is in the cache folder, with its Node.
 * @returns {Promise<VsCodeHost>}
 */
export async function ensureOldestVsCodeHost() {
  const { engines } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const [version] = /(?<=^\^)1\.\d+\.\d+$/.exec(engines.vscode) ?? [];
  if (version === undefined)
    throw new Error(`package.json: engines.vscode is no "^1.x.y": ${engines.vscode}`);
  const { serverMain } = await ensureVsCodeHost();
  return await ensureHost(version, await ensureNode(oldestNode), ripgrepOf(dirname(dirname(serverMain))));
}

/**
 * Uses npm packages only: no compiler, no other download. The server is made next to its final place and moved when it is complete, so
 * an interrupted install starts again the next time.
 * @param {string} version of VS Code
 * @param {string} node path of the Node that the server runs on
 * @param {string} [ripgrep] path of a program for a server whose own would be downloaded by an install script
 * @returns {Promise<VsCodeHost>}
 */
async function ensureHost(version, node, ripgrep) {
  const carrier = version.replace(/^1/, '4');
  const folder = join(cache, `vscode-host-${carrier}-${pruning}`);
  const serverMain = join(folder, 'out', 'server-main.js');
  if (!existsSync(serverMain)) {
    say(
      `fetching VS Code ${version} from npm (code-server@${carrier}, 600 MB unpacked, about half a minute, once)`,
    );
    const making = `${folder}-${process.pid}`;
    try {
      await install(making, carrier, node, ripgrep);
      await rename(join(making, 'vscode'), folder).catch((/** @type {unknown} */ error) => {
        // Another script was faster.
        if (!existsSync(serverMain)) throw error;
      });
    } finally {
      await rm(making, { recursive: true, force: true });
    }
    say(`VS Code ${version} is ready`);
  }
  return { node, serverMain, version };
}

/**
 * @param {string} folder gets the pruned server as its folder `vscode`
 * @param {string} carrier version of code-server
 * @param {string} node
 * @param {string | undefined} ripgrep
 */
async function install(folder, carrier, node, ripgrep) {
  const options = { env: withNodeFirst(node) };
  const flags = ['install', '--no-audit', '--no-fund', '--ignore-scripts'];
  await mkdir(folder, { recursive: true });
  await run('npm', [...flags, '--no-save', '--prefix', folder, `code-server@${carrier}`], options);
  const vsCode = join(folder, 'vscode');
  await rename(join(folder, 'node_modules', 'code-server', 'lib', 'vscode'), vsCode);
  await run('npm', [...flags, '--omit=dev'], { ...options, cwd: vsCode });
  await run('npm', [...flags, '--omit=dev'], { ...options, cwd: join(vsCode, 'extensions') });
  const superfluous = [...unused.map((path) => join(vsCode, path)), ...otherPlatformsOf(vsCode)];
  await Promise.all(superfluous.map((path) => rm(path, { recursive: true, force: true })));
  if (ripgrep === undefined) return;
  const bin = join(vsCode, 'node_modules', '@vscode', 'ripgrep', 'bin');
  await mkdir(bin, { recursive: true });
  await copyFile(ripgrep, join(bin, basename(ripgrep)));
}

/** @param {string} vsCode folder of a server that brings the search program of every platform */
function ripgrepOf(vsCode) {
  const program = process.platform === 'win32' ? 'rg.exe' : 'rg';
  return join(ripgreps(vsCode), `${process.platform}-${process.arch}`, program);
}

/** @param {string} vsCode */
function ripgreps(vsCode) {
  return join(vsCode, 'node_modules', '@vscode', 'ripgrep-universal', 'bin');
}

/**
 * @param {string} vsCode
 * @returns {readonly string[]} paths of the search programs of other platforms
 */
function otherPlatformsOf(vsCode) {
  const bin = ripgreps(vsCode);
  if (!existsSync(bin)) return [];
  return readdirSync(bin)
    .filter((name) => name !== `${process.platform}-${process.arch}`)
    .map((name) => join(bin, name));
}
