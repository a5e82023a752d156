// @ts-check
// The extensions of a VS Code server: working copies in place, or an installed package.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { run } from '../setup/run.mjs';
import { cleanEnvironment } from './environment.mjs';
import { extensionsFolder, folderArguments } from './server.mjs';

/**
 * Adds extensions to the server without copying them, by writing what VS Code writes on an install.
 * @param {string} folder the server's folder
 * @param {readonly string[]} extensions folders with a package.json
 */
export function linkExtensions(folder, extensions) {
  const list = join(extensionsFolder(folder), 'extensions.json');
  mkdirSync(extensionsFolder(folder), { recursive: true });
  const linked = extensions.map((path) => {
    const { publisher, name, version } = JSON.parse(readFileSync(join(path, 'package.json'), 'utf8'));
    return {
      identifier: { id: `${publisher}.${name}` },
      version,
      location: { $mid: 1, path: pathToFileURL(path).pathname, scheme: 'file' },
      metadata: { isMachineScoped: true, pinned: true },
    };
  });
  const others = readList(list).filter(
    ({ identifier }) => !linked.some((one) => one.identifier.id === identifier.id),
  );
  writeFileSync(list, JSON.stringify([...others, ...linked]));
}

/**
 * @param {string} file
 * @returns {readonly {readonly identifier: {readonly id: string}}[]}
 */
function readList(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return [];
  }
}

/**
 * Installs a packaged extension.
 * @param {import('../setup/vscode-host.mjs').VsCodeHost} host
 * @param {string} folder the server's folder
 * @param {string} vsix
 */
export async function installVsix(host, folder, vsix) {
  await run(
    host.node,
    [
      host.serverMain,
      '--accept-server-license-terms',
      ...folderArguments(folder),
      '--install-extension',
      vsix,
    ],
    { env: cleanEnvironment(host.node) },
  );
}
