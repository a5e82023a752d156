import { defined } from '../base/defined';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import type { EngineOptions } from '../engine/engine-options';
import { usualPlaces, type WasmtimePlaces } from '../engine/wasmtime/discover';
import { tell } from './stderr';

/** What engines and probers of the command line have in common: the bundles beside this one, and the cache where command line programs have theirs. */
export function engineOptions(): Pick<EngineOptions, 'cacheDir' | 'files' | 'node' | 'log' | 'wasmtime'> {
  return {
    cacheDir: join(cacheHome(), 'fresh-instance'),
    files: { runner: join(__dirname, 'runner.js'), transpiler: join(__dirname, 'transpiler.js') },
    node: { execPath: process.execPath, env: neededByNode() },
    wasmtime: wasmtimePlaces,
    log: (line) => {
      if (process.env.FRESH_INSTANCE_LOG === '1') tell(`fresh-instance: ${line}\n`);
    },
  };
}

/** The usual places, unless a variable names the program. */
function wasmtimePlaces(): WasmtimePlaces {
  const named = process.env.FRESH_INSTANCE_WASMTIME;
  return named === undefined || named === '' ? usualPlaces() : { ...usualPlaces(), program: resolve(named) };
}

/** Nothing of the user's environment reaches a process of ours, but what Windows needs to start one at all. */
function neededByNode(): Readonly<Record<string, string>> {
  const { SystemRoot } = process.env;
  return defined({ SystemRoot });
}

function cacheHome(): string {
  const { FRESH_INSTANCE_CACHE, XDG_CACHE_HOME, LOCALAPPDATA } = process.env;
  if (FRESH_INSTANCE_CACHE !== undefined && FRESH_INSTANCE_CACHE !== '') return FRESH_INSTANCE_CACHE;
  if (process.platform === 'win32') return LOCALAPPDATA ?? join(homedir(), 'AppData', 'Local');
  if (process.platform === 'darwin') return join(homedir(), 'Library', 'Caches');
  return XDG_CACHE_HOME !== undefined && XDG_CACHE_HOME !== '' ? XDG_CACHE_HOME : join(homedir(), '.cache');
}
