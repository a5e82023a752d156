// @ts-check
// The verdicts with a probe, as the command line gives them.
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { build } from '../build.mjs';
import { dist } from '../setup/paths.mjs';

/** As many files for each process, so that one bad file does not cost all answers. */
const atOnce = 10;

/**
 * @param {readonly string[]} paths of components
 * @returns {Promise<ReadonlyMap<string, string>>} how a repeated call is judged, by content hash
 */
export async function probedVerdicts(paths) {
  if (!existsSync(join(dist, 'cli.js'))) await build();
  /** @type {Map<string, string>} */
  const verdicts = new Map();
  for (let from = 0; from < paths.length; from += atOnce) {
    for (const { sha256, repeat } of await check(paths.slice(from, from + atOnce)))
      verdicts.set(sha256, repeat);
  }
  return verdicts;
}

/**
 * @param {readonly string[]} paths
 * @returns {Promise<readonly {sha256: string, repeat: string}[]>}
 */
function check(paths) {
  const args = [join(dist, 'cli.js'), 'check', '--probe', '--json', ...paths];
  return new Promise((resolve, reject) => {
    // The exit status only says whether one of them would trap.
    execFile(process.execPath, args, { maxBuffer: 1 << 28 }, (error, stdout) => {
      try {
        resolve(JSON.parse(stdout));
      } catch {
        reject(error ?? new Error(`check printed ${stdout.slice(0, 200)}`));
      }
    });
  });
}
