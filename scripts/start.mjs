// @ts-check
// npm start: a VS Code with the extension and the sample components, served on this machine, or (-- --desktop) the installed VS Code.
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { linkExtensions } from './host/extensions.mjs';
import { exitOnSignals } from './host/processes.mjs';
import { freePort, startServer } from './host/server.mjs';
import { calmSettings } from './host/settings.mjs';
import { ensureDependencies } from './setup/dependencies.mjs';
import { cache, root } from './setup/paths.mjs';
import { say } from './setup/say.mjs';
import { ensureDwarfExtension } from './setup/dwarf-extension.mjs';
import { ensureVsCodeHost } from './setup/vscode-host.mjs';

const defaultPort = 8123;

try {
  await start();
} catch (error) {
  say(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
}

async function start() {
  const { values } = parseArgs({
    options: { desktop: { type: 'boolean' }, restricted: { type: 'boolean' } },
  });
  const trusted = values.restricted !== true;
  const port = values.desktop ? undefined : await choosePort();
  await ensureDependencies();
  const { build } = await import('./build.mjs');
  await build();
  const { ensureSamples } = await import('./samples.mjs');
  const samples = await ensureSamples();
  if (port === undefined) await openDesktop(samples, trusted);
  else await serve(port, samples, trusted);
}

/**
 * Serves until Ctrl+C. The folder belongs to the project, so it is trusted unless `--restricted` is given.
 * @param {number} port
 * @param {string} samples
 * @param {boolean} trusted
 */
async function serve(port, samples, trusted) {
  exitOnSignals(0);
  const host = await ensureVsCodeHost();
  const folder = join(cache, 'start');
  linkExtensions(folder, [root, await ensureDwarfExtension()]);
  const server = await startServer({
    host,
    folder,
    port,
    defaultFolder: samples,
    graceSeconds: 60,
    trusted,
    settings: calmSettings,
  });
  console.log(`Fresh Instance in VS Code ${host.version}: http://127.0.0.1:${port}/`);
  say('Ctrl+C ends it');
  await server.ended;
  throw new Error(`VS Code has ended by itself; its log is ${server.logFile}`);
}

/** @returns {Promise<number>} */
async function choosePort() {
  const wanted =
    process.env.PORT === undefined || process.env.PORT === '' ? defaultPort : Number(process.env.PORT);
  if (!Number.isInteger(wanted) || wanted < 0 || wanted > 65535)
    throw new Error(`PORT=${process.env.PORT} is no port number.`);
  const port = await freePort(wanted);
  if (port === undefined)
    throw new Error(`Port ${wanted} is taken. Choose another one: PORT=${wanted + 1} npm start`);
  return port;
}

/**
 * @param {string} samples
 * @param {boolean} trusted
 */
async function openDesktop(samples, trusted) {
  const program = process.env.VSCODE_PATH ?? 'code';
  const folder = join(cache, 'desktop');
  const args = [
    ...[
      '--new-window',
      '--user-data-dir',
      join(folder, 'data'),
      '--extensions-dir',
      join(folder, 'extensions'),
    ],
    ...(trusted ? ['--disable-workspace-trust'] : []),
    ...[`--extensionDevelopmentPath=${root}`, samples],
  ];
  const code = await new Promise((resolve, reject) => {
    // On Windows `code` is a .cmd file, which only a shell can start.
    const child = spawn(program, args, { stdio: 'inherit', shell: process.platform === 'win32' });
    child.on('exit', resolve);
    child.on('error', (cause) => {
      reject(
        new Error(
          `There is no program "${program}". Install VS Code's command line ("Shell Command: Install 'code' command in PATH"), ` +
            'name an installed VS Code with VSCODE_PATH, or leave out --desktop.',
          { cause },
        ),
      );
    });
  });
  if (code !== 0) throw new Error(`${program} ended with ${String(code)}.`);
}
