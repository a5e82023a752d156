// @ts-check
// Builds the corpus for measuring the analysis, from the sources in this folder, into .cache/corpus:
// node scripts/corpus/build.mjs
// Skips what needs tools that are not installed and not on npm (Debian's rustc and clang).
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { cache, root } from '../setup/paths.mjs';
import { say } from '../setup/say.mjs';
import { compileC, compileJs, compileWat } from '../setup/toolchain.mjs';
import { readers } from './readers.mjs';
import { watCases } from './wat-cases.mjs';

export const corpusFolder = join(cache, 'corpus');
const here = dirname(fileURLToPath(import.meta.url));
const levels = ['-O0', '-O1', '-O2', '-O3', '-Os', '-Oz'];
/** What a library in the corpus exports. */
export const world = {
  name: 'library',
  wit: `package corpus:guests;
world library { export wasi:cli/run@0.2.0; }
package wasi:cli@0.2.0 { interface run { run: func() -> result; } }`,
};

/** Makes missing components. Their names contain source and options. */
export async function buildCorpus() {
  mkdirSync(corpusFolder, { recursive: true });
  let made = 0;
  /** @type {string[]} */
  const failed = [];
  for (const [name, make] of recipes()) {
    const path = join(corpusFolder, `${name}.wasm`);
    if (existsSync(path)) continue;
    try {
      writeFileSync(path, await make());
      made += 1;
    } catch (error) {
      failed.push(`${name}: ${error instanceof Error ? error.message.slice(0, 200) : String(error)}`);
    }
  }
  say(`the corpus: ${made} made new, ${failed.length} could not be made`);
  for (const line of failed) say(`  ${line}`);
}

/** @returns {Generator<[string, () => Promise<Uint8Array>]>} */
function* recipes() {
  for (const [name, { wat }] of Object.entries(watCases)) yield [`wat-${name}`, () => compileWat(wat)];
  yield* commands();
  yield* libraries();
  yield* optimised();
  for (const name of ['counter', 'throws-again']) {
    yield [
      `js-${name}`,
      async () => compileJs(await readFile(join(here, 'other', `${name}.js`), 'utf8'), world),
    ];
  }
  for (const name of ['counter', 'throws-again']) yield [`qjs-${name}`, () => compileQuickJs(name)];
  for (const name of ['hello', 'counter']) yield [`as-${name}`, () => compileAssemblyScript(name)];
  if (existsSync('/usr/bin/rustc')) yield* rust();
  if (existsSync('/usr/lib/wasm32-wasi/crt1.o') || existsSync('/usr/lib/wasm32-wasi')) yield* oldC();
}

const programs = [
  'hello',
  'arguments',
  'constructors',
  'silent',
  'computes',
  'fails',
  'aborts',
  'reads',
  'threads',
];

/** @returns {Generator<[string, () => Promise<Uint8Array>]>} */
function* commands() {
  for (const name of programs) {
    for (const level of levels) {
      yield [`c-${name}${level}`, () => c(name, [level])];
      yield [`c-${name}${level}-g`, () => c(name, [level, '-g'])];
    }
    yield [`c-${name}-lto`, () => c(name, ['-O2', '-flto'])];
    yield [`c-${name}-lto-Oz`, () => c(name, ['-Oz', '-flto', '-Wl,--lto-O3'])];
    yield [`c-${name}-stripped`, () => c(name, ['-O2', '-Wl,--strip-all'])];
    yield [`c-${name}-pic`, () => c(name, ['-O2', '-fPIC'])];
  }
  for (const format of ['2', '3', '4', '5']) {
    yield [`c-constructors-dwarf${format}`, () => c('constructors', ['-O1', '-g', `-gdwarf-${format}`])];
  }
  yield ['c-computes-simd', () => c('computes', ['-O3', '-msimd128'])];
  for (const level of ['-O0', '-O2']) {
    yield [`cpp-classes${level}`, () => c('classes', [level, '-fno-exceptions'], 'cpp')];
    yield [`c-native${level}`, () => c('native', [level], 'c', 'bare')];
  }
}

const cases = [
  'RERUNS',
  'GUARD_TRAP',
  'GUARD_ABORT',
  'GUARD_ASSERT',
  'GUARD_BIT',
  'GUARD_AFTER_OUTPUT',
  'LOCK',
  'LOCK_STRUCT',
  'THIRD',
  'TOGGLE',
  'LEAK',
  'NOTHING_AGAIN',
  'ERROR',
  'EXIT',
  'DOUBLE_FREE',
  'POINTER',
  'CALLEE',
];

/** @returns {Generator<[string, () => Promise<Uint8Array>]>} */
function* libraries() {
  for (const name of cases) {
    for (const options of [['-O0', '-g'], ['-O1'], ['-O2'], ['-Oz'], ['-O2', '-flto']]) {
      yield [libraryName(name, options), () => c('library', [...options, `-DCASE=${name}`], 'c', 'reactor')];
    }
  }
}

/**
 * @param {string} name
 * @param {readonly string[]} options
 */
function libraryName(name, options) {
  return `lib-${name.toLowerCase().replaceAll('_', '-')}${options.join('')}`;
}

/** @returns {Generator<[string, () => Promise<Uint8Array>]>} */
function* optimised() {
  for (const name of ['hello', 'constructors', 'silent', 'fails']) {
    for (const [level, passes] of /** @type {const} */ ([
      ['-O0', '-O1'],
      ['-O0', '-Oz'],
      ['-O2', '-O3'],
      ['-O2', '-O4'],
    ])) {
      const make = async () =>
        componentOf(wasmOpt(await mainModule(await c(name, [level])), passes), 'command');
      yield [`opt-${name}${level}${passes}`, make];
    }
  }
  for (const name of [
    'GUARD_TRAP',
    'GUARD_ABORT',
    'GUARD_BIT',
    'LOCK',
    'LOCK_STRUCT',
    'THIRD',
    'RERUNS',
    'CALLEE',
  ]) {
    yield [
      `opt-${libraryName(name, ['-O0', '-g'])}-O3`,
      async () => {
        const library = await c('library', ['-O0', '-g', `-DCASE=${name}`], 'c', 'reactor');
        return componentOf(wasmOpt(await mainModule(library), '-O3'), 'reactor');
      },
    ];
  }
}

/** @returns {Generator<[string, () => Promise<Uint8Array>]>} */
function* rust() {
  for (const name of ['hello', 'collections', 'panics']) {
    for (const [label, options] of /** @type {const} */ ([
      ['debug', ['-g']],
      ['O', ['-O']],
      ['abort', ['-O', '-C', 'panic=abort']],
      ['Oz', ['-C', 'opt-level=z', '-C', 'lto']],
      ['stripped', ['-O', '-C', 'strip=symbols']],
    ])) {
      yield [`rust-${name}-${label}`, () => compiled('/usr/bin/rustc', rustOptions(name, options))];
    }
  }
}

/**
 * @param {string} name
 * @param {readonly string[]} options
 */
function rustOptions(name, options) {
  const target = ['--target', 'wasm32-wasi', '-C', 'linker=wasm-ld'];
  return [...target, ...options, join(here, 'other', `${name}.rs`)];
}

/** C with Debian's wasi-libc of 2022, whose start code has no guard. @returns {Generator<[string, () => Promise<Uint8Array>]>} */
function* oldC() {
  for (const name of programs.filter((each) => each !== 'threads')) {
    for (const level of ['-O0', '-O2']) {
      const options = ['--target=wasm32-wasi', level, '-g', join(here, 'c', `${name}.c`)];
      yield [`oldc-${name}${level}`, () => compiled('/usr/bin/clang', options)];
    }
  }
}

/**
 * A component of a core command that an installed compiler writes to a file.
 * @param {string} program
 * @param {readonly string[]} options
 */
async function compiled(program, options) {
  return inFolder(async (folder) => {
    const out = join(folder, 'out.wasm');
    execFileSync(program, [...options, '-o', out], { stdio: ['ignore', 'ignore', 'pipe'] });
    return componentOf(readFileSync(out), 'command');
  });
}

/**
 * @param {string} name
 * @param {readonly string[]} args
 * @param {'c' | 'cpp'} [ending]
 * @param {'command' | 'reactor' | 'bare'} [model]
 */
async function c(name, args, ending = 'c', model = 'command') {
  const path = `${name}.${ending}`;
  const source = await readFile(join(here, 'c', path), 'utf8');
  return compileC({ path, source, args, model, world: model === 'command' ? undefined : world });
}

/**
 * The first core module of a component: the program. Adapter and shims follow.
 * @param {Uint8Array} component
 */
async function mainModule(component) {
  const { readComponent } = await readers();
  const read = readComponent(component);
  if (!read.ok) throw read.error;
  for (const step of read.value.order) {
    if (step.kind !== 'core' || step.instance.kind !== 'instantiate') continue;
    const { module } = step.instance;
    if (module.kind === 'module' && module.module.number === 0) {
      return component.slice(module.module.start, module.module.end);
    }
  }
  throw new Error('there is no core module');
}

/**
 * @param {Uint8Array} module
 * @param {string} passes
 */
function wasmOpt(module, passes) {
  return inFolderSync((folder) => {
    const [from, to] = [join(folder, 'in.wasm'), join(folder, 'out.wasm')];
    writeFileSync(from, module);
    const program = join(root, 'node_modules', 'binaryen', 'bin', 'wasm-opt');
    execFileSync(process.execPath, [program, from, passes, '-all', '-o', to], {
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    return new Uint8Array(readFileSync(to));
  });
}

/**
 * Makes a component of a core module of WASI 0.1.
 * @param {Uint8Array} core
 * @param {'command' | 'reactor'} adapter
 */
export async function componentOf(core, adapter) {
  const { componentEmbed, componentNew } = await import('@bytecodealliance/jco-transpile/wasm-tools');
  const path = join(root, 'node_modules/@bytecodealliance/jco/lib', `wasi_snapshot_preview1.${adapter}.wasm`);
  const described =
    adapter === 'command'
      ? core
      : await componentEmbed({ binary: core, witSource: world.wit, world: world.name });
  return componentNew(described, [['wasi_snapshot_preview1', new Uint8Array(readFileSync(path))]]);
}

/** Where compilers are that only the corpus needs. */
export const toolsFolder = join(cache, 'corpus-tools');
const tools = ['assemblyscript@0.28.20', '@assemblyscript/wasi-shim@0.1.0', 'componentize-qjs@0.4.5'];

/** Compilers from npm that only the corpus needs. They are installed in its folder. */
function installTools() {
  if (!tools.every((tool) => existsSync(join(toolsFolder, 'node_modules', tool.replace(/(.)@.*$/, '$1'))))) {
    mkdirSync(toolsFolder, { recursive: true });
    writeFileSync(join(toolsFolder, 'package.json'), '{"private":true}');
    execFileSync('npm', ['install', '--no-audit', '--no-fund', '--ignore-scripts', ...tools], {
      cwd: toolsFolder,
      stdio: ['ignore', 'ignore', 'pipe'],
    });
  }
}

/**
 * JavaScript with QuickJS, initialised at build time.
 * @param {string} name
 */
async function compileQuickJs(name) {
  installTools();
  const library = join(toolsFolder, 'node_modules/componentize-qjs/index.js');
  const { componentize } = await import(pathToFileURL(library).href);
  return inFolder(async (folder) => {
    const witPath = join(folder, 'world.wit');
    writeFileSync(witPath, world.wit);
    const jsSource = await readFile(join(here, 'other', `${name}.js`), 'utf8');
    const { component } = await componentize({ witPath, jsSource, world: world.name, sync: true });
    return new Uint8Array(component);
  });
}

/** @param {string} name */
async function compileAssemblyScript(name) {
  installTools();
  const source = join(toolsFolder, `${name}.ts`);
  writeFileSync(source, readFileSync(join(here, 'other', `${name}.as`)));
  const out = join(toolsFolder, `${name}.wasm`);
  const shim = './node_modules/@assemblyscript/wasi-shim/asconfig.json'; // asc takes no absolute path
  const compiler = join(toolsFolder, 'node_modules/assemblyscript/bin/asc.js');
  const options = [compiler, basename(source), '--config', shim, '-o', out, '-O', '--exportStart', '_start'];
  execFileSync(process.execPath, options, { cwd: toolsFolder, stdio: ['ignore', 'ignore', 'pipe'] });
  return componentOf(readFileSync(out), 'command');
}

/**
 * Works in a temporary folder.
 * @template T
 * @param {(folder: string) => Promise<T>} work
 */
export async function inFolder(work) {
  const folder = mkdtempSync(join(tmpdir(), 'corpus-'));
  try {
    return await work(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/**
 * @template T
 * @param {(folder: string) => T} work
 */
function inFolderSync(work) {
  const folder = mkdtempSync(join(tmpdir(), 'corpus-'));
  try {
    return work(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await buildCorpus();
