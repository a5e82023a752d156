// @ts-check
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { componentOf, inFolder } from '../build.mjs';

const corpus = dirname(dirname(fileURLToPath(import.meta.url)));

/** The path of a source of the corpus. @param {string} name such as `other/hello.rs` */
export function source(name) {
  return join(corpus, name);
}

/**
 * What a program prints. Throws with what it writes to stderr.
 * @param {string} program
 * @param {readonly string[]} args
 * @param {import('node:child_process').ExecFileSyncOptions} [options]
 */
export function output(program, args, options = {}) {
  const stdio = /** @type {const} */ (['ignore', 'pipe', 'pipe']);
  return execFileSync(program, args, { ...options, stdio: [...stdio], encoding: 'utf8' }).trim();
}

/**
 * A component of the core module that a compiler writes to the path that it is given.
 * @param {(out: string, folder: string) => void} compile
 * @param {'command' | 'reactor'} adapter
 */
export function componentFrom(compile, adapter) {
  return inFolder(async (folder) => {
    const out = join(folder, 'out.wasm');
    compile(out, folder);
    return componentOf(readFileSync(out), adapter);
  });
}
