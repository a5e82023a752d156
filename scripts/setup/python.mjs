// @ts-check
// Python packages in a folder of their own below .cache.
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { cache } from './paths.mjs';

/**
 * The program of a virtual environment, which may not be there.
 * @param {string} name of its folder in .cache
 * @param {string} [program]
 */
export function pythonProgram(name, program = 'python') {
  const windows = process.platform === 'win32';
  return join(cache, name, windows ? 'Scripts' : 'bin', windows ? `${program}.exe` : program);
}

/**
 * Installs packages of PyPI, where they are not there yet. Throws where Python or a package cannot be had.
 * @param {string} name of the folder in .cache
 * @param {readonly string[]} packages such as `wasmtime==50.0.1`
 * @returns {string} the Python that has them
 */
export function installPython(name, packages) {
  const python = pythonProgram(name);
  /** @type {import('node:child_process').ExecFileSyncOptions} */
  const options = { stdio: ['ignore', 'ignore', 'pipe'] };
  if (!existsSync(python)) execFileSync('python3', ['-m', 'venv', join(cache, name)], options);
  execFileSync(
    python,
    ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', ...packages],
    options,
  );
  return python;
}
