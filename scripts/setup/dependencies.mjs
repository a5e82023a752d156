// @ts-check
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './paths.mjs';
import { run } from './run.mjs';
import { say } from './say.mjs';

/** npm writes both lockfiles in one go, the visible one last. */
const sameInstallMs = 10_000;

/**
 * Installs the project's npm packages if they are not there or older than the lockfile.
 * Called before any script imports a package, so that the two commands work on a bare clone.
 */
export async function ensureDependencies() {
  const installed = modifiedAt(join(root, 'node_modules', '.package-lock.json'));
  const wanted = modifiedAt(join(root, 'package-lock.json'));
  if (installed + sameInstallMs >= wanted) return;
  say('installing npm packages (about 700 MB unpacked, once)');
  // Not `npm ci`: it wants every platform's optional packages in the lockfile, and some have never been published. This, too, installs
  // the versions of the lockfile and does not write it.
  await run('npm', ['install', '--no-save', '--no-audit', '--no-fund', '--ignore-scripts'], { cwd: root });
}

/**
 * @param {string} file
 * @returns {number} ms since the epoch; 0 for a file that is not there
 */
function modifiedAt(file) {
  return statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0;
}
