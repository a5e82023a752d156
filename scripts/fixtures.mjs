// @ts-check
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ensureSamples, ensureTally, sampleNames } from './samples.mjs';
import { ensureDependencies } from './setup/dependencies.mjs';
import { cache, root } from './setup/paths.mjs';
import { serve } from './setup/recipes.mjs';
import { place, wasiPackages } from './setup/toolchain.mjs';

/** @typedef {import('./setup/recipes.mjs').Recipe} Recipe */

const folder = join(root, 'test/fixtures/src');
const target = join(cache, 'fixtures');

/** @type {readonly Recipe[]} */
const commands = [
  'bytes',
  'close-stdout',
  'echo',
  'files',
  'flood',
  'getenv',
  'grow',
  'truncated-output',
  'interleave',
  'sleep',
  'status',
  'trap',
  'writes',
].map((name) => ({ name, from: `${name}.c` }));

/** Libraries that export `run`. Each reacts differently to a repeated call. */
const reuse = [
  'env-once',
  'exits-second',
  'guard',
  'guard-bit',
  'guard-callee',
  'guard-late',
  'leak',
  'lock',
  'once',
  'random',
  'run-error',
  'run-trap',
  'spins-second',
  'third',
  'toggle',
].map((name) => libraryOf(`reuse/${name}.c`, name));

/** Builds of one guarded command: the guard is inlined, moved, or without a name. */
const builds = Object.entries({
  o0: ['-O0'],
  o1: ['-O1'],
  o2: ['-O2'],
  o3: ['-O3'],
  os: ['-Os'],
  oz: ['-Oz'],
  lto: ['-O2', '-flto'],
  stripped: ['-O2', '-Wl,--strip-all'],
}).map(([name, args]) => ({ name: `status-${name}`, from: 'status.c', args }));

/** Components of WASI 0.3. */
const asynchronous = ['ok', 'print', 'echo', 'error', 'guard', 'spin', 'trap'].map((name) =>
  asyncOf(`async/${name}.c`, `async-${name}`),
);

/** Libraries whose exports are called with arguments. @type {readonly Recipe[]} */
const called = [
  { name: 'every-type', args: ['-O1'], model: /** @type {const} */ ('bare') },
  { name: 'awkward', args: ['-O1'], model: /** @type {const} */ ('bare') },
  { name: 'tools', args: ['-g', '-O0'], model: /** @type {const} */ ('reactor') },
  { name: 'slow-tools', args: ['-O1'], model: /** @type {const} */ ('bare') },
  { name: 'channels', args: ['-O1'], model: /** @type {const} */ ('bare') },
  { name: 'weather', args: ['-O1'], model: /** @type {const} */ ('bare') },
].map((recipe) => ({
  ...recipe,
  from: `calls/${recipe.name}.c`,
  headers: ['calls/abi.h'],
  world: `${recipe.name}-world`,
}));

/** @type {readonly Recipe[]} */
const written = [
  'bare-run',
  'uppercase-export',
  'code-name',
  'composed',
  'empty-component',
  'lifting',
  'needs-memory',
  'no-run',
  'start-spin',
  'start-trap',
  'unknown-handle',
  'exceptions',
  'exported-type',
  'two-memories',
  'unversioned-wasi',
  'wit-package',
].map((name) => ({
  name,
  from: `${name}.wat`,
}));

/** Core modules in text form, each with the WIT of its world. @type {readonly Recipe[]} */
const described = [
  'fixed-once',
  'http-handler',
  'needs-argument',
  'random-once',
  'reserved-name',
  'uses-wasi-types',
].map((name) => ({ name, from: `${name}.wat`, wit: `${name}.wit`, world: 'w' }));

/** Core modules in text form: each is of another toolchain, or of none. @type {readonly Recipe[]} */
const modules = [
  'emscripten',
  'gojs',
  'napi',
  'other-functions',
  'plain',
  'simd-only',
  'threads',
  'unstable',
  'unstable-seek',
  'wasm-bindgen',
].map((name) => ({ name: `module-${name}`, from: `modules/${name}.wat` }));

/** Components whose core module is a fixture too, as `module-…`: what clang makes for WASI preview 1, before it is adapted. */
const adapted = ['echo', 'files', 'getenv', 'hello', 'reactor', 'status', 'trap'];
/** HTTP handlers, with a path for each behaviour. @type {readonly Recipe[]} */
const handlers = ['handler2', 'handler3'].map((name) => ({
  name,
  from: `serve/${name}.c`,
  headers: ['serve/paths.h', 'serve/answers.h'],
  args: ['-g', '-O1', '-fno-builtin'],
  model: 'bare',
  world: name,
  wit: 'serve/handler.wit',
  wasi: true,
}));

const socketHeaders = ['network/p2.h', 'network/p2-sockets.h'];

/** @type {readonly Recipe[]} */
const recipes = [
  ...commands,
  // Optimised, since only then functions do not use the C stack.
  { name: 'recurse', from: 'recurse.c', args: ['-g', '-O2'] },
  { name: 'connect', from: 'connect.c', headers: socketHeaders, world: 'connect' },
  { name: 'sockets', from: 'network/sockets.c', headers: socketHeaders, world: 'sockets' },
  { name: 'http', from: 'network/http.c', headers: ['network/p2.h'], world: 'http' },
  ...['async-files', 'async-sockets', 'async-http'].map(asyncWithArguments),
  { name: 'shapes', from: 'shapes.cpp' },
  // As if built on another machine.
  {
    name: 'shapes-elsewhere',
    from: 'shapes.cpp',
    args: ['-g', '-O0', '-fdebug-prefix-map=test/fixtures/src=/build/project'],
  },
  { name: 'trap-stripped', from: 'trap.c', args: ['-O2', '-Wl,--strip-all'] },
  ...reuse,
  { ...libraryOf('reuse/guard-atomic.c', 'guard-atomic'), args: ['-g', '-O1', '-matomics', '-mbulk-memory'] },
  { name: 'unguarded', from: 'reuse/unguarded.c', args: ['-g', '-O0', '-nostartfiles'] },
  { name: 'p2-native', from: 'reuse/p2-native.c', model: 'bare', world: 'p2-native' },
  ...builds,
  ...asynchronous,
  { ...asyncOf('async/wait.c', 'async-wait'), args: ['-g', '-O0', '-DWAIT_MS=200'] },
  { ...asyncOf('async/wait.c', 'async-sleep'), args: ['-g', '-O0', '-DWAIT_MS=86400000'] },
  { ...asyncOf('async/sync.c', 'async-sync'), world: 'async-run' },
  { ...asyncOf('async/denied.c', 'async-denied'), world: 'async-denied' },
  { ...libraryOf('reuse/two-versions.c', 'two-versions'), world: 'two-versions' },
  { ...asyncOf('async/both.c', 'both-runs'), world: 'both-runs' },
  ...['sync-on-async', 'same-seed'].map((name) => ({ name, from: `async/${name}.wat` })),
  ...called,
  ...written,
  ...described,
  ...modules,
  { name: 'reactor', from: 'modules/reactor.c', model: 'reactor' },
  ...handlers,
];

/**
 * Builds the components that the tests run, unless they are up to date, and copies the samples next to them.
 * @returns {Promise<string>} path of the folder that holds them
 */
export async function ensureFixtures() {
  const samples = await ensureSamples();
  for (const name of sampleNames) {
    await place(join(target, `${name}.wasm`), await readFile(join(samples, `${name}.wasm`)));
  }
  await ensureTally(target);
  const kitchen = await openKitchen();
  for (const recipe of recipes) await serve(recipe, kitchen);
  for (const name of adapted) {
    const component = await readFile(join(target, `${name}.wasm`));
    await place(join(target, `module-${name}.wasm`), firstCoreModule(component));
  }
  const hello = await readFile(join(target, 'hello.wasm'));
  for (const [name, bytes] of Object.entries(broken(hello))) await place(join(target, `${name}.wasm`), bytes);
  return target;
}

/**
 * Builds the JavaScript component. It is separate because it is big (12 MB) and takes seconds.
 * @returns {Promise<string>} path of the folder that holds `big.wasm`
 */
export async function ensureBigFixture() {
  await serve({ name: 'big', from: 'big.js', world: 'run' }, await openKitchen());
  return target;
}

/** @returns {Promise<import('./setup/recipes.mjs').Kitchen>} */
async function openKitchen() {
  const world = await readFile(join(folder, 'world.wit'), 'utf8');
  const wasi = await Promise.all(['0.2.12', '0.3.0'].map(wasiPackages));
  return {
    folder,
    prefix: 'test/fixtures/src/',
    wit: [world, ...wasi].join('\n'),
    wasi: wasi.join('\n'),
    target,
  };
}

/**
 * @param {string} from
 * @param {string} name
 * @returns {Recipe}
 */
function libraryOf(from, name) {
  return { name, from, headers: ['reuse/run.h'], model: 'reactor', world: 'run' };
}

/**
 * @param {string} from
 * @param {string} name
 * @returns {Recipe}
 */
function asyncOf(from, name) {
  return { name, from, headers: ['async/p3.h'], model: 'bare', world: 'async-run' };
}

/**
 * @param {string} name
 * @returns {Recipe}
 */
function asyncWithArguments(name) {
  return {
    name,
    from: `async/${name.replace('async-', '')}.c`,
    headers: ['async/p3.h', 'calls/abi.h'],
    args: ['-g', '-O0', '-Itest/fixtures/src'],
    model: 'bare',
    world: name,
  };
}

/**
 * The first core module of a component: wit-component embeds what it adapts, unchanged, before its adapters.
 * @param {Buffer} component
 * @returns {Buffer}
 */
function firstCoreModule(component) {
  for (let at = 8; at < component.length;) {
    const id = component[at];
    let size = 0;
    let shift = 0;
    do size |= ((component[++at] ?? 0) & 0x7f) << (7 * shift++);
    while (((component[at] ?? 0) & 0x80) !== 0);
    const content = component.subarray(at + 1, at + 1 + size);
    if (id === 1) return content;
    at += 1 + size;
  }
  throw new Error('the component has no core module');
}

/**
 * Files that are not components. No source could produce them.
 * @param {Buffer} component
 * @returns {Record<string, Uint8Array>}
 */
function broken(component) {
  return {
    empty: new Uint8Array(),
    truncated: component.subarray(0, 4000),
    noise: createHash('shake256', { outputLength: 4096 }).update('noise').digest(),
    // The header of a component, then noise.
    'noise-inside': Buffer.concat([
      component.subarray(0, 8),
      createHash('shake256', { outputLength: 4096 }).update('inside').digest(),
    ]),
    text: Buffer.from('This is a text, not WebAssembly.\n'),
  };
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  await ensureDependencies();
  console.log(await ensureFixtures());
  if (process.argv.includes('--big')) console.log(await ensureBigFixture());
}
