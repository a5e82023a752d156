// @ts-check
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './paths.mjs';
import { run } from './run.mjs';
import { say } from './say.mjs';

/**
 * Installs the project's npm packages if some are missing or have another version than in the lockfile.
 * Scripts call it before they import a package, so that the two commands work on a bare clone.
 */
export async function ensureDependencies() {
  const wanted = packagesOf(join(root, 'package-lock.json'));
  const installed = packagesOf(join(root, 'node_modules', '.package-lock.json'));
  if (isInstalled(wanted, installed)) return;
  say('installing npm packages (about 700 MB unpacked, once)');
  await run('npm', ['ci', '--no-audit', '--no-fund', '--ignore-scripts'], { cwd: root });
}

/**
 * @typedef {Readonly<Record<string, {readonly version?: string, readonly optional?: boolean}>>} Packages
 *   by folder, such as `node_modules/esbuild`
 */

/**
 * Compares contents, not dates: git gives the lockfile a new date at each checkout.
 * Optional packages are those of other platforms, so they may be missing.
 * @param {Packages} wanted
 * @param {Packages} installed
 */
function isInstalled(wanted, installed) {
  return Object.entries(wanted).every(
    ([folder, { version, optional = false }]) =>
      folder === '' ||
      installed[folder]?.version === version ||
      (installed[folder] === undefined && optional),
  );
}

/**
 * @param {string} lockfile
 * @returns {Packages} empty if there is no such file
 */
function packagesOf(lockfile) {
  try {
    return JSON.parse(readFileSync(lockfile, 'utf8')).packages ?? {};
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return {};
    throw error;
  }
}
