// @ts-check
// The Python embedding of wasmtime, which can call an export again on one instance: the command line makes a new instance for each call.
// node scripts/wasmtime-truth/embedding.mjs      installs it into .cache, with Python's venv and pip
import { execFile, execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { installPython, pythonProgram } from '../setup/python.mjs';
import { root } from '../setup/paths.mjs';
import { say } from '../setup/say.mjs';

/** Version of https://pypi.org/project/wasmtime/. */
const version = '50.0.1';
/** In .cache. */
const folder = 'wasmtime-python';
const callRun = join(root, 'scripts/wasmtime-truth/call-run.py');

/** How to get the embedding, for those who skip what needs it. */
export const howToInstall =
  'node scripts/wasmtime-truth/embedding.mjs installs the Python embedding of wasmtime';

/**
 * @typedef {object} Embedding
 * @property {string} python the program
 * @property {string} version of wasmtime
 */

/**
 * Finds the embedding: in .cache, or in the Python on the path.
 * @returns {Embedding | null}
 */
export function findEmbedding() {
  for (const python of [pythonProgram(folder), 'python3', 'python']) {
    try {
      const print =
        "import importlib.metadata, wasmtime.component; print(importlib.metadata.version('wasmtime'))";
      const found = execFileSync(python, ['-c', print], {
        encoding: 'utf8',
        stdio: ['ignore', 'pipe', 'ignore'],
      });
      return { python, version: found.trim() };
    } catch {
      // Not there, or without the package.
    }
  }
  return null;
}

/**
 * Calls `run` on one instance, and on fresh ones.
 * @param {Embedding} embedding
 * @param {string} path of a component
 * @param {{calls?: number, fresh?: number, limitMs?: number}} [options] `limitMs` is of each call
 * @returns {Promise<{same: import('../corpus/truth.mjs').CallTruth[], fresh: import('../corpus/truth.mjs').CallTruth[]}>}
 */
export async function callOnWasmtime(embedding, path, { calls = 3, fresh = 1, limitMs = 8000 } = {}) {
  const args = [callRun, path, String(calls), String(fresh), String(limitMs / 1000)];
  try {
    // Compiling a component with a language runtime in it takes a minute on a busy machine.
    const { stdout } = await promisify(execFile)(embedding.python, args, { timeout: 300_000 });
    return JSON.parse(stdout);
  } catch (error) {
    const message = String(error).slice(0, 300);
    return { same: [{ outcome: 'crash', message }], fresh: [] };
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  try {
    installPython(folder, [`wasmtime==${version}`]);
  } catch (error) {
    say(`the Python embedding of wasmtime cannot be installed: ${String(error).split('\n')[0] ?? ''}`);
  }
  const found = findEmbedding();
  if (found !== null) say(`wasmtime ${found.version}: ${found.python}`);
  process.exitCode = found === null ? 1 : 0;
}
