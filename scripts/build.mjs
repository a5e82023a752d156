// @ts-check
// Bundles the extension, the command line, the transpiler and the runner into dist/, with what each needs beside it.
import { cpSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ensureDependencies } from './setup/dependencies.mjs';
import { dist, out, root } from './setup/paths.mjs';
import { say } from './setup/say.mjs';

/**
 * The bundles: what each starts from and which modules stay outside. `vscode` is external in the extension alone, so that any other
 * bundle that reaches it fails to build.
 * @type {readonly {readonly name: string, readonly entry: string, readonly external: readonly string[]}[]}
 */
const bundles = [
  { name: 'extension', entry: 'src/extension.ts', external: ['vscode'] },
  { name: 'cli', entry: 'src/cli/main.ts', external: [] },
  { name: 'transpiler', entry: 'src/engine/transpiler/main.ts', external: [] },
  { name: 'runner', entry: 'src/runner/main.ts', external: [] },
];

/** Libraries that look for their files through `import.meta.url` find them beside the bundle. */
const importMetaUrl = {
  define: { 'import.meta.url': '__bundleUrl' },
  banner: { js: "const __bundleUrl = require('node:url').pathToFileURL(__filename).href;" },
};

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
    bundles.map(async ({ name, entry, external }) => {
      /** @type {import('esbuild').BuildOptions} */
      const options = {
        absWorkingDir: root,
        entryPoints: [entry],
        outfile: join(dist, `${name}.js`),
        bundle: true,
        format: 'cjs',
        platform: 'node',
        target: 'node20',
        minify: !watch,
        sourcemap: watch ? 'linked' : false,
        keepNames: true,
        mainFields: ['module', 'main'],
        external: [...external],
        metafile: true,
        logLevel: 'warning',
        ...importMetaUrl,
        plugins: [leaveOutOptimisers],
      };
      if (watch) {
        const context = await esbuild.context(options);
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
 * jco's transpiler imports binaryen (93 MB) and oxc-minify for options that we never set; an import of either fails when it is called.
 * @type {import('esbuild').Plugin}
 */
const leaveOutOptimisers = {
  name: 'leave-out-optimisers',
  setup(build) {
    build.onResolve({ filter: /^(binaryen|oxc-minify)(\/|$)/ }, ({ path }) => ({
      path,
      namespace: 'left-out',
    }));
    build.onLoad({ filter: /.*/, namespace: 'left-out' }, ({ path }) => ({
      contents: `export function minifySync() { throw new Error(${JSON.stringify(`${path} is not part of this bundle`)}); }
export const minify = minifySync; export default minifySync;`,
    }));
  },
};

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
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  await build({ watch: process.argv.includes('--watch') });
}
