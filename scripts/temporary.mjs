// @ts-check
// A temporary folder for one run of the tests, in which everything lies that its processes put into theirs.
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const prefix = 'fresh-instance-tests-';

/** What the tests made by themselves (test/support/temporary-folder.ts). */
const ofTests = 'test-';

/**
 * Gives a run its temporary folder, and removes it afterwards. What runs that were killed have left is removed first.
 * @template T
 * @param {(run: {readonly env: Record<string, string>, readonly leftBehind: () => readonly string[]}) => Promise<T>} run
 *   `env` makes the folder the one of a process and of all that it starts; `leftBehind` names what lies in it and no test made
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
    // What a process still has open, on Windows, goes with the next run.
  }
}
