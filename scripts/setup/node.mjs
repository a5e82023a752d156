// @ts-check
import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { delimiter, dirname, join } from 'node:path';
import { cache } from './paths.mjs';
import { run } from './run.mjs';
import { say } from './say.mjs';

/** The Node of the newest VS Code. */
const current = '24.21.0';

/**
 * Finds Node 24 or later, as in current VS Code: this one, or npm's copy of the binary in the cache folder.
 * @returns {Promise<string>} path of the binary
 */
export async function ensureNode24() {
  if (Number(process.versions.node.split('.')[0]) >= 24) return process.execPath;
  return await ensureNode(current);
}

/**
 * Makes sure that a version of Node is in the cache folder.
 * Uses npm's platform packages directly, since the `node` package needs an install script, which npm 12 blocks. They are not in the
 * lockfile, since some platforms have none, and `npm ci` would fail there.
 * @param {string} version
 * @returns {Promise<string>} path of the binary
 */
export async function ensureNode(version) {
  const folder = join(cache, `node-${version}`);
  const platform = process.platform === 'win32' ? 'win' : process.platform;
  const name = `node-${platform}-${process.arch}`;
  const home = join(folder, 'node_modules', name);
  const binary = process.platform === 'win32' ? join(home, 'bin', 'node.exe') : join(home, 'bin', 'node');
  if (existsSync(binary)) return binary;
  say(`fetching Node ${version} (this is ${process.version})`);
  await mkdir(folder, { recursive: true });
  const flags = ['--no-save', '--no-audit', '--no-fund', '--ignore-scripts'];
  try {
    await run('npm', ['install', ...flags, '--prefix', folder, `${name}@${version}`]);
  } catch (error) {
    throw new Error(`Node ${version} is needed, and npm has no ${name}@${version}.`, { cause: error });
  }
  return binary;
}

/**
 * An environment in which `node` is the given binary, for programs that start the first `node` on the PATH.
 * @param {string} binary
 * @returns {NodeJS.ProcessEnv}
 */
export function withNodeFirst(binary) {
  const { NODE_OPTIONS: _dropped, ...env } = process.env;
  return { ...env, PATH: `${dirname(binary)}${delimiter}${env.PATH ?? ''}` };
}
