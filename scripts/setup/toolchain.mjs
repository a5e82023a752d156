// @ts-check
// Makes components from source with npm packages alone. Nothing heavy is loaded when all results are cached:
// clang alone is a hundred megabytes.
import { createHash, randomUUID } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, extname, join } from 'node:path';
import { cache, root } from './paths.mjs';
import { say } from './say.mjs';

/**
 * @typedef {object} CSource
 * @property {string} path relative to the folder that holds the sources; debug information names it so
 * @property {string} source
 * @property {readonly string[]} [args] further arguments for clang
 * @property {'command' | 'reactor' | 'bare' | undefined} [model] `command` if left out; `bare` is a core module without start files and without a component around it
 * @property {World | undefined} [world] what the component exports and imports beyond what its model brings
 * @property {Readonly<Record<string, string>>} [headers] files that the source includes, by path
 */

/**
 * @typedef {object} World
 * @property {string} wit self-contained WIT text: packages that it uses are nested in it
 * @property {string} name
 */

const startFiles = {
  command: [],
  reactor: ['-mexec-model=reactor'],
  bare: ['-nostartfiles', '-Wl,--no-entry'],
};

const kits = /** @type {const} */ ({
  clang: '@yowasp/clang',
  jco: '@bytecodealliance/jco',
  tools: '@bytecodealliance/jco-transpile',
  js: '@bytecodealliance/componentize-js',
});

/**
 * Compiles C (or C++, by the path's ending) for WASI 0.1 and makes a component of it.
 * @param {CSource} input
 * @returns {Promise<Uint8Array>}
 */
export function compileC(input) {
  return cached(['c', input], ['clang', 'jco', 'tools'], async () => {
    const core = await clang(input);
    if (input.model === 'bare' && input.world === undefined) return core;
    return makeComponent(
      core,
      input.model === 'command' || input.model === undefined ? 'command' : 'reactor',
      input.world,
    );
  });
}

/**
 * Turns WebAssembly text into a binary. With a world, the text is a core module, and the result a component of that world.
 * @param {string} text of a core module or a component
 * @param {World} [world]
 * @returns {Promise<Uint8Array>}
 */
export function compileWat(text, world) {
  return cached(['wat', text, world], ['tools'], async () => {
    const { componentEmbed, componentNew, parse } = await wasmTools();
    const binary = await parse(text);
    if (world === undefined) return binary;
    return componentNew(await componentEmbed({ binary, witSource: world.wit, world: world.name }), []);
  });
}

/**
 * Makes a component of JavaScript, with the whole engine in it: about 12 MB, some seconds.
 * @param {string} source
 * @param {World} world
 * @returns {Promise<Uint8Array>}
 */
export function compileJs(source, world) {
  return cached(['js', source, world], ['js', 'jco'], async () => {
    const kit = await import('@bytecodealliance/componentize-js');
    // Below the project: componentize-js takes a folder whose name merely begins like the working directory's to lie in it.
    await mkdir(cache, { recursive: true });
    const folder = await mkdtemp(join(cache, 'js-'));
    const sourcePath = join(folder, 'source.js');
    try {
      await writeFile(sourcePath, source);
      // its types do not know `witWorld`; `witPath`, which they know, finds no file with preview2-shim 0.26.1
      const options = { sourcePath, witWorld: world.wit, worldName: world.name };
      return (await kit.componentize(options)).component;
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });
}

/**
 * The packages of WASI in one version, as jco brings them, in the form that may follow in the same text as a package that uses them.
 * @param {string} version `0.2.12` or `0.3.0`
 * @returns {Promise<string>} WIT text
 */
export async function wasiPackages(version) {
  const folder = packageFile(kits.jco, join('lib/wit/builtin', version));
  const texts = (await readdir(folder)).map(async (name) => {
    const text = await readFile(join(folder, name, 'package.wit'), 'utf8');
    return `${text.replace(/^package ([^;]+);/m, 'package $1 {')}}\n`;
  });
  return (await Promise.all(texts)).join('');
}

/**
 * Writes a file if its bytes are not there already, so that its time changes only with its content,
 * and in one step, so that nobody reads half of it.
 * @param {string} path
 * @param {Uint8Array} bytes
 */
export async function place(path, bytes) {
  if (existsSync(path) && Buffer.compare(await readFile(path), bytes) === 0) return;
  await mkdir(dirname(path), { recursive: true });
  const half = `${path}.${randomUUID()}.tmp`;
  await writeFile(half, bytes);
  await rename(half, path);
}

/**
 * @param {unknown} input everything that decides the result
 * @param {readonly (keyof typeof kits)[]} uses the packages whose versions decide it too
 * @param {() => Promise<Uint8Array>} make
 */
async function cached(input, uses, make) {
  const key = createHash('sha256');
  key.update(readFileSync(new URL(import.meta.url))); // the steps in this file decide it as well
  for (const kit of uses) key.update(`${kits[kit]}@${versionOf(kits[kit])}\n`);
  key.update(JSON.stringify(input));
  const path = join(cache, 'wasm', `${key.digest('hex')}.wasm`);
  if (existsSync(path)) return new Uint8Array(await readFile(path));
  const bytes = await make();
  await place(path, bytes);
  return bytes;
}

/** @type {Map<string, string>} */
const versions = new Map();

/** @param {string} name */
function versionOf(name) {
  const known = versions.get(name);
  if (known !== undefined) return known;
  const { version } = JSON.parse(readFileSync(packageFile(name, 'package.json'), 'utf8'));
  versions.set(name, version);
  return String(version);
}

/**
 * @param {string} name
 * @param {string} path
 */
function packageFile(name, path) {
  return join(root, 'node_modules', name, path);
}

const wasmTools = () => import('@bytecodealliance/jco-transpile/wasm-tools');

/**
 * @param {Uint8Array} core
 * @param {'command' | 'reactor'} adapter
 * @param {World | undefined} world
 */
async function makeComponent(core, adapter, world) {
  const { componentEmbed, componentNew } = await wasmTools();
  const bytes = await readFile(packageFile(kits.jco, `lib/wasi_snapshot_preview1.${adapter}.wasm`));
  const described =
    world === undefined
      ? core
      : await componentEmbed({ binary: core, witSource: world.wit, world: world.name });
  return componentNew(described, [['wasi_snapshot_preview1', new Uint8Array(bytes)]]);
}

/** @type {Promise<typeof import('@yowasp/clang')> | undefined} */
let llvm;

async function loadLlvm() {
  say('loading clang');
  const module = await import('@yowasp/clang');
  await module.runLLVM(undefined, undefined, { fetchProgress: () => undefined });
  return module;
}

/** @param {CSource} input */
async function clang({ path, source, args = [], model = 'command', headers = {} }) {
  const { commands, Exit } = await (llvm ??= loadLlvm());
  /** @type {string[]} */
  const messages = [];
  const output = basename(path, extname(path)); // the linker names the module so, and backtraces show it
  try {
    const files = await commands[/\.(cc|cpp)$/.test(path) ? 'clang++' : 'clang'](
      [
        '--target=wasm32-wasip1',
        '-fdebug-compilation-dir=.',
        ...startFiles[model],
        ...args,
        path,
        '-o',
        output,
      ],
      tree({ ...headers, [path]: source }),
      {
        stderr: (bytes) => {
          if (bytes) messages.push(Buffer.from(bytes).toString());
        },
      },
    );
    const result = files?.[output];
    if (result instanceof Uint8Array) return result;
  } catch (error) {
    if (!(error instanceof Exit)) throw error;
  }
  throw new Error(`clang did not compile ${path}:\n${messages.join('')}`);
}

/**
 * The nested folders that clang's file system wants.
 * @param {Readonly<Record<string, string>>} files
 */
function tree(files) {
  /** @type {import('@yowasp/clang').Tree} */
  const top = {};
  for (const [path, text] of Object.entries(files)) {
    const names = path.split('/');
    const last = /** @type {string} */ (names.pop());
    let folder = top;
    for (const name of names) folder = /** @type {typeof top} */ (folder[name] ??= {});
    folder[last] = text;
  }
  return top;
}
