// @ts-check
// Installs the wasmtime that tests and the bench run on, and prints its path. Exits with 0 in any case: without one they skip.
import { ensureWasmtime } from './setup/wasmtime.mjs';

const path = await ensureWasmtime();
if (path !== null) process.stdout.write(`${path}\n`);
