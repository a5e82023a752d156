// @ts-check
// The VS Code that `npm start` serves and that the host tests run in: npm's code-server package carries the real server, workbench
// and Node extension host. Its own command line is not used (it refuses the flags the tests need), so its own packages are not either.
import { existsSync, readdirSync } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { ensureNode24, withNodeFirst } from './node.mjs';
import { cache } from './paths.mjs';
import { run } from './run.mjs';
import { say } from './say.mjs';

const version = '4.139.1';
const vsCodeVersion = '1.139.1';

/** Counted up whenever what is pruned changes, so that the server is made anew. */
const pruning = 2;

/** Parts that nothing here uses and that make up more than half of the size. */
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
 * Makes sure that a VS Code server is in the cache folder: npm's packages alone, no compiler, no download of any other kind.
 * It is made beside its place and moved there when it is whole, so an install that was cut short is made anew the next time.
 * @returns {Promise<VsCodeHost>}
 */
export async function ensureVsCodeHost() {
  const node = await ensureNode24();
  const folder = join(cache, `vscode-host-${version}-${pruning}`);
  const serverMain = join(folder, 'out', 'server-main.js');
  if (!existsSync(serverMain)) {
    say(
      `fetching VS Code ${vsCodeVersion} from npm (code-server@${version}, 600 MB unpacked, about half a minute, once)`,
    );
    const making = `${folder}-${process.pid}`;
    try {
      await install(making, node);
      await rename(join(making, 'vscode'), folder).catch((/** @type {unknown} */ error) => {
        // Another script was quicker.
        if (!existsSync(serverMain)) throw error;
      });
    } finally {
      await rm(making, { recursive: true, force: true });
    }
    say(`VS Code ${vsCodeVersion} is ready`);
  }
  return { node, serverMain, version: vsCodeVersion };
}

/**
 * @param {string} folder gets the pruned server as its folder `vscode`
 * @param {string} node
 */
async function install(folder, node) {
  const options = { env: withNodeFirst(node) };
  const flags = ['install', '--no-audit', '--no-fund', '--ignore-scripts'];
  await mkdir(folder, { recursive: true });
  await run('npm', [...flags, '--no-save', '--prefix', folder, `code-server@${version}`], options);
  const vsCode = join(folder, 'vscode');
  await rename(join(folder, 'node_modules', 'code-server', 'lib', 'vscode'), vsCode);
  await run('npm', [...flags, '--omit=dev'], { ...options, cwd: vsCode });
  await run('npm', [...flags, '--omit=dev'], { ...options, cwd: join(vsCode, 'extensions') });
  await Promise.all(
    [...unused, ...otherPlatformsOf(join(vsCode, 'node_modules', '@vscode', 'ripgrep-universal', 'bin'))].map(
      (path) => rm(join(vsCode, path), { recursive: true, force: true }),
    ),
  );
}

/**
 * @param {string} bin folder with one sub-folder for each platform
 * @returns {readonly string[]} those of the others, relative to VS Code's folder
 */
function otherPlatformsOf(bin) {
  if (!existsSync(bin)) return [];
  return readdirSync(bin)
    .filter((name) => name !== `${process.platform}-${process.arch}`)
    .map((name) => join('node_modules', '@vscode', 'ripgrep-universal', 'bin', name));
}
