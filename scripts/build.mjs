// @ts-check
// Bundles the extension, the command line, the transpiler and the runner into dist/, with the files that they read at run time.
import { cpSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ensureDependencies } from './setup/dependencies.mjs';
import { dist, out, root } from './setup/paths.mjs';
import { say } from './setup/say.mjs';

/**
 * The bundles: entry point and external modules. `vscode` is external only in the extension, so that every other bundle that imports it
 * fails to build.
 * @type {readonly {readonly name: string, readonly entry: string, readonly external: readonly string[], readonly isForBrowser?: true}[]}
 */
const bundles = [
  { name: 'extension', entry: 'src/extension.ts', external: ['vscode'] },
  { name: 'cli', entry: 'src/cli/main.ts', external: [] },
  { name: 'cli-run', entry: 'src/cli/run.ts', external: [] },
  { name: 'cli-more', entry: 'src/cli/more.ts', external: [] },
  { name: 'cli-serve', entry: 'src/cli/serve/serve.ts', external: [] },
  { name: 'transpiler', entry: 'src/engine/transpiler/main.ts', external: [] },
  { name: 'runner', entry: 'src/runner/main.ts', external: [] },
  { name: 'watchdog', entry: 'src/engine/wasmtime/watchdog-main.ts', external: [] },
  { name: 'runner-serve', entry: 'src/runner/serve/main.ts', external: [] },
  { name: 'component-reader', entry: 'src/editor/components/reader-worker.ts', external: [] },
  { name: 'anatomy-worker', entry: 'src/editor/anatomy/anatomy-worker.ts', external: [] },
  { name: 'source-worker', entry: 'src/source/worker-main.ts', external: [] },
  { name: 'runner-wasi', entry: 'src/runner/shim/main.ts', external: [] },
  { name: 'page', entry: 'src/page/webview/main.ts', external: [], isForBrowser: true },
];

/** The page of a .wasm file runs in a webview, which is Chromium in every VS Code that we support. */
const browser = /** @type {const} */ ({ format: 'iife', platform: 'browser', target: 'chrome122' });

/** Libraries that find their files through `import.meta.url` find them next to the bundle. */
const importMetaUrl = {
  define: { 'import.meta.url': '__bundleUrl' },
  banner: { js: "const __bundleUrl = require('node:url').pathToFileURL(__filename).href;" },
};

const node = /** @type {const} */ ({ format: 'cjs', platform: 'node', target: 'node20', ...importMetaUrl });

/**
 * Builds everything into dist/ and writes each bundle's metafile to out/meta/.
 * @param {{watch?: boolean}} [options]
 */
export async function build({ watch = false } = {}) {
  await ensureDependencies();
  const esbuild = await import('esbuild');
  rmSync(dist, { recursive: true, force: true });
  mkdirSync(join(out, 'meta'), { recursive: true });
  copyAssets();
  await Promise.all(
    bundles.map(async ({ name, entry, external, isForBrowser }) => {
      /** @type {import('esbuild').BuildOptions} */
      const options = {
        absWorkingDir: root,
        entryPoints: [entry],
        outfile: join(dist, `${name}.js`),
        bundle: true,
        ...(isForBrowser ? browser : node),
        minify: !watch,
        sourcemap: watch ? 'linked' : false,
        keepNames: true,
        mainFields: ['module', 'main'],
        external: [...external],
        metafile: true,
        logLevel: 'warning',
        plugins: [leaveOut, shimThreads],
      };
      if (watch) {
        const context = await esbuild.context(options);
        await context.rebuild(); // So that "watching" means that the bundles are there.
        await context.watch();
        return;
      }
      const result = await esbuild.build(options);
      writeFileSync(join(out, 'meta', `${name}.json`), JSON.stringify(result.metafile));
    }),
  );
  say(watch ? 'watching' : 'built dist/');
}

/**
 * Replaces modules that the bundles never use by empty ones: binaryen (93 MB) and oxc-minify for options of jco's transpiler, and a
 * native addon of the WASI shims for file advice.
 * @type {import('esbuild').Plugin}
 */
const leaveOut = {
  name: 'leave-out',
  setup(build) {
    const filter = /^(binaryen|oxc-minify|@bytecodealliance\/jco-node-fs)(\/|$)/;
    build.onResolve({ filter }, ({ path }) => ({ path, namespace: 'left-out' }));
    build.onLoad({ filter: /.*/, namespace: 'left-out' }, () => ({ contents: 'module.exports = {};' }));
  },
};

/**
 * The WASI shims start threads from files next to their modules. In dist/ these are in `workers/`, with an ending that every Node
 * reads as an ES module.
 * @type {import('esbuild').Plugin}
 */
const shimThreads = {
  name: 'shim-threads',
  setup(build) {
    build.onLoad({ filter: /[\\/]preview[23]-shim[\\/].*\.js$/ }, ({ path }) => {
      const contents = readFileSync(path, 'utf8').replace(
        /new URL\("[./]*(?:workers\/)?([\w-]+)\.bundle\.js"/g,
        'new URL("./workers/$1.mjs"',
      );
      return { contents: patchShim(path, contents), loader: 'js' };
    });
  },
};

/**
 * @param {string} path
 * @param {string} source
 */
function patchShim(path, source) {
  if (/[\\/]worker-io\.js$/.test(path)) return tameIoThread(source);
  return /[\\/]preview2-shim[\\/].*[\\/]filesystem\.js$/.test(path) ? openRoot(source) : source;
}

/**
 * The 0.2 shim removes the trailing slash from the path of each directory that it opens. For the host's root, nothing would be left.
 * @param {string} source
 */
function openRoot(source) {
  const sliced = 'path: fullPath.endsWith("/") ? fullPath.slice(0, -1) : fullPath,';
  if (!source.includes(sliced))
    throw new Error('preview2-shim has changed: look at openAt in its filesystem.js');
  return source.replace(
    sliced,
    'path: fullPath.length > 1 && fullPath.endsWith("/") ? fullPath.slice(0, -1) : fullPath,',
  );
}

/**
 * The 0.2 shim starts its I/O thread when it is loaded, and ends the process at an unknown I/O error. This patch starts the thread with
 * the first call that needs it, records that it runs, and throws the error.
 * @param {string} source
 */
function tameIoThread(source) {
  const tamed = source
    .replace(
      'export let ioCall = createSyncFn(',
      `let callThread;
export let ioCall = (...args) => (callThread ??= (globalThis[Symbol.for('fresh-instance.io-thread')] = true, createSyncFn(`,
    )
    .replace(/(\n {4}handler\(payload\);\n\}\));/, '$1))(...args);')
    .replace(/console\.trace\(e\);\s*exit\(1\);/, 'throw e;');
  if (!tamed.includes('(callThread ??=') || !tamed.includes('))(...args);') || tamed.includes('exit(1)')) {
    throw new Error('preview2-shim has changed: look at its worker-io.js');
  }
  return tamed;
}

/** Files that the bundled libraries read at run time. */
function copyAssets() {
  const transpile = join(root, 'node_modules', '@bytecodealliance', 'jco-transpile');
  mkdirSync(dist, { recursive: true });
  for (const file of [
    'js-component-bindgen-component.core.wasm',
    'js-component-bindgen-component.core2.wasm',
    'wasm-tools.core.wasm',
    'wasm-tools.core2.wasm',
  ]) {
    cpSync(join(transpile, 'vendor', file), join(dist, file));
  }
  for (const form of ['command', 'reactor']) {
    const adapter = `wasi_snapshot_preview1.${form}.wasm`;
    cpSync(join(root, 'node_modules', '@bytecodealliance', 'jco', 'lib', adapter), join(dist, adapter));
  }
  const grammars = join(root, 'node_modules', '@vscode', 'tree-sitter-wasm', 'wasm');
  for (const name of ['', '-go', '-javascript', '-python', '-rust', '-tsx', '-typescript']) {
    cpSync(join(grammars, `tree-sitter${name}.wasm`), join(dist, 'grammars', `tree-sitter${name}.wasm`));
  }
  for (const folder of ['preview2-shim/dist/io', 'preview3-shim/dist/nodejs/workers']) {
    const from = join(root, 'node_modules', '@bytecodealliance', folder);
    for (const file of readdirSync(from).filter((name) => name.endsWith('.bundle.js'))) {
      cpSync(join(from, file), join(dist, 'workers', file.replace('.bundle.js', '.mjs')));
    }
  }
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  await build({ watch: process.argv.includes('--watch') });
}
