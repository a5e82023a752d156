// @ts-check
// A component of about 70 MB with a guarded run: 100,000 functions and much data, as in large builds.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { componentEmbed, componentNew } from '@bytecodealliance/jco-transpile/wasm-tools';
import { cache } from '../scripts/setup/paths.mjs';
import { say } from '../scripts/setup/say.mjs';

const functions = 100_000;
const bodySize = 600;
const dataSize = 10 << 20;
const wit = `package bench:large;
world large { export wasi:cli/run@0.2.0; }
package wasi:cli@0.2.0 { interface run { run: func() -> result; } }`;

/** @returns {Promise<Uint8Array>} */
export async function largeComponent() {
  const path = join(cache, 'bench', 'large.wasm');
  if (!existsSync(path)) {
    say('making a component of 70 MB');
    mkdirSync(join(cache, 'bench'), { recursive: true });
    const core = await componentEmbed({ binary: coreModule(), witSource: wit, world: 'large' });
    writeFileSync(path, await componentNew(core, []));
  }
  return new Uint8Array(readFileSync(path));
}

function coreModule() {
  const run = [
    ...[0x41, 0x08, 0x28, 0x02, 0x00, 0x04, 0x40, 0x00, 0x0b], // if the mark at 8 is set, unreachable
    ...[0x41, 0x08, 0x41, 0x01, 0x36, 0x02, 0x00, 0x41, 0x00, 0x0b], // set it, and return ok
  ];
  // Adds constants to a number and drops the result.
  const filler = [0x41, 0x00];
  while (filler.length < bodySize - 8) filler.push(0x41, 0x2a, 0x6a);
  const name = 'wasi:cli/run@0.2.0#run';
  return joined([
    Uint8Array.of(0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00),
    section(1, [Uint8Array.of(1, 0x60, 0, 1, 0x7f)]),
    section(3, [leb(functions), new Uint8Array(functions)]),
    section(5, [Uint8Array.of(1, 0), leb(Math.ceil(dataSize / 65536) + 2)]),
    section(7, [Uint8Array.of(1, name.length), new TextEncoder().encode(name), Uint8Array.of(0, 0)]),
    section(10, [leb(functions), body(run), ...Array(functions - 1).fill(body([...filler, 0x0b]))]),
    section(11, [
      Uint8Array.of(1, 0, 0x41, 0x80, 0x08, 0x0b),
      leb(dataSize),
      new Uint8Array(dataSize).fill(7),
    ]),
  ]);
}

/** @param {readonly number[]} code */
function body(code) {
  return joined([leb(code.length + 1), Uint8Array.of(0, ...code)]);
}

/**
 * @param {number} id
 * @param {readonly Uint8Array[]} parts
 */
function section(id, parts) {
  const size = parts.reduce((sum, part) => sum + part.length, 0);
  return joined([Uint8Array.of(id), leb(size), ...parts]);
}

/** @param {number} value */
function leb(value) {
  const bytes = [];
  for (let rest = value; ; rest >>>= 7) {
    if (rest < 128) return Uint8Array.of(...bytes, rest);
    bytes.push((rest & 0x7f) | 0x80);
  }
}

/** @param {readonly Uint8Array[]} parts */
function joined(parts) {
  return new Uint8Array(Buffer.concat(parts));
}
