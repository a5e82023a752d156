// @ts-check
// The extension with which js-debug reads the debug information (DWARF) of WebAssembly. The marketplace has it as
// ms-vscode.wasm-dwarf-debugging. It only exports an npm package, and so does this one.
import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { cache } from './paths.mjs';
import { run } from './run.mjs';
import { say } from './say.mjs';

const version = '0.0.2';

const manifest = {
  name: 'wasm-dwarf-debugging',
  publisher: 'ms-vscode',
  displayName: 'WebAssembly DWARF Debugging',
  version,
  engines: { vscode: '^1.100.0' },
  extensionKind: ['workspace'],
  main: './main.js',
  activationEvents: [],
};

/**
 * Makes sure that the extension is in the cache folder (57 MB, once).
 * @returns {Promise<string>} its folder
 */
export async function ensureDwarfExtension() {
  const folder = join(cache, `wasm-dwarf-debugging-${version}`);
  // Written last, so that an interrupted install starts again the next time.
  const main = join(folder, 'main.js');
  if (existsSync(main)) return folder;
  say(
    `fetching the reader of debug information from npm (@vscode/dwarf-debugging@${version}, 57 MB unpacked, once)`,
  );
  await mkdir(folder, { recursive: true });
  await run('npm', [
    ...['install', '--no-save', '--no-audit', '--no-fund', '--ignore-scripts'],
    ...['--prefix', folder, `@vscode/dwarf-debugging@${version}`],
  ]);
  await writeFile(join(folder, 'package.json'), JSON.stringify(manifest, undefined, 2));
  await writeFile(main, "exports.activate = () => require('@vscode/dwarf-debugging');\n");
  return folder;
}
