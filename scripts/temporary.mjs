// @ts-check
// A temporary folder for one run of the tests. All its processes use it as their temporary folder.
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const prefix = 'fresh-instance-tests-';

/** Prefix of folders that tests made (test/support/temporary-folder.ts). */
const ofTests = 'test-';

/**
 * Makes a temporary folder for a run and removes it afterwards. First removes the folders of runs that were killed.
 * @template T
 * @param {(run: {readonly env: Record<string, string>, readonly leftBehind: () => readonly string[]}) => Promise<T>} run
 *   `env` sets the temporary folder of a process and its children; `leftBehind` lists files in it that no test made
 * @returns {Promise<T>}
 */
export async function withTemporaryFolder(run) {
  sweep();
  const folder = mkdtempSync(join(tmpdir(), `${prefix}${process.pid}-`));
  try {
    return await run({
      env: { TMPDIR: folder, TMP: folder, TEMP: folder },
      leftBehind: () => readdirSync(folder).filter((name) => !name.startsWith(ofTests)),
    });
  } finally {
    remove(folder);
  }
}

function sweep() {
  for (const name of readdirSync(tmpdir())) {
    const pid = name.startsWith(prefix) ? Number.parseInt(name.slice(prefix.length), 10) : Number.NaN;
    if (!Number.isNaN(pid) && !isRunning(pid)) remove(join(tmpdir(), name));
  }
}

/** @param {number} pid */
function isRunning(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

/** @param {string} folder */
function remove(folder) {
  try {
    rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
  } catch {
    // On Windows, files that a process has open are removed by the next run.
  }
}
