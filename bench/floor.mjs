// @ts-check
// The floor: instantiate and run in this process, without isolation.
import { performance } from 'node:perf_hooks';
import { openSync, readFileSync, writeSync } from 'node:fs';
import { transpileBytes } from '@bytecodealliance/jco-transpile';
import { io } from '@bytecodealliance/preview2-shim';
import { WASIShim } from '@bytecodealliance/preview2-shim/instantiation';
import { repeat, wait } from './measure.mjs';

/** Pause between two runs: about the time until the next standby is ready, so that both are measured at the same pace. */
const paceMs = 120;

/**
 * The time to make an instance of a compiled component and to call its run, without output.
 * @param {string} path
 * @param {number} count
 */
export async function floorOf(path, count) {
  const run = await floorRun(path);
  return await repeat(
    count,
    async () => {
      await wait(paceMs);
      return run();
    },
    3,
  );
}

/**
 * Compiles a component in this process. Resolves to a function that makes an instance, calls its run and returns the time of both in ms.
 * @param {string} path
 * @param {readonly string[]} [args]
 */
export async function floorRun(path, args = []) {
  const { files, exports } = await transpileBytes(readFileSync(path), {
    name: 'floor',
    instantiation: 'sync',
    base64Cutoff: 0,
  });
  const glue = Buffer.from(files['floor.js'] ?? '').toString('base64');
  const { instantiate } = await import(`data:text/javascript;base64,${glue}`);
  const modules = new Map(
    Object.entries(files)
      .filter(([name]) => name.endsWith('.wasm'))
      .map(([name, bytes]) => [name, new WebAssembly.Module(new Uint8Array(bytes))]),
  );
  const imports = new WASIShim({
    sandbox: { args: ['floor', ...args], env: {}, preopens: {}, enableNetwork: false },
  }).getImportObject();
  const stdout = sinkStream();
  Object.assign(imports, {
    'wasi:cli/stdout': { getStdout: () => stdout },
    'wasi:cli/stderr': { getStderr: () => stdout },
  });
  const run = exports.map(([name]) => name).find((name) => name.startsWith('wasi:cli/run@')) ?? 'run';
  return () => {
    const before = performance.now();
    const instance = instantiate((/** @type {string} */ name) => modules.get(name), imports);
    instance[run].run();
    return performance.now() - before;
  };
}

function sinkStream() {
  const nowhere = openSync(process.platform === 'win32' ? 'NUL' : '/dev/null', 'w');
  const stream = Object.create(io.streams.OutputStream.prototype);
  return Object.assign(stream, {
    checkWrite: () => 1_048_576n,
    write: (/** @type {Uint8Array} */ bytes) => void writeSync(nowhere, bytes),
    blockingWriteAndFlush: (/** @type {Uint8Array} */ bytes) => void writeSync(nowhere, bytes),
    flush: () => undefined,
    blockingFlush: () => undefined,
  });
}
