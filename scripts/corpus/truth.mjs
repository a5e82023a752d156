// @ts-check
// What really happens: runs each component of some folders three times on one instance, and on three fresh ones.
// node scripts/corpus/truth.mjs OUT.json FOLDER...
// Keeps results in OUT by content hash, so that a second run only handles new components.
import { fork } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ensureNode24 } from '../setup/node.mjs';
import { say } from '../setup/say.mjs';
import { atOnce } from '../suites/process.mjs';
import { readers } from './readers.mjs';

/**
 * @typedef {object} CallTruth
 * @property {'ok' | 'error' | 'trap' | 'exit' | 'hang' | 'failed' | 'crash'} outcome
 * @property {string} [message]
 * @property {number} [hostCalls]
 */

/**
 * @typedef {object} Truth
 * @property {string} file
 * @property {string} sha256
 * @property {string} entry
 * @property {readonly CallTruth[]} same three calls on one instance
 * @property {readonly CallTruth[]} fresh the first call of three instances
 */

const limitMs = 8000;
const child = join(dirname(fileURLToPath(import.meta.url)), 'truth-child.mjs');

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [out = '', ...folders] = process.argv.slice(2);
  await findTruth(out, folders);
}

/**
 * @param {string} out
 * @param {readonly string[]} folders
 * @returns {Promise<readonly Truth[]>}
 */
export async function findTruth(out, folders) {
  const node = await ensureNode24();
  const { summarise } = await readers();
  /** @type {Map<string, Truth>} */
  const known = new Map(
    existsSync(out)
      ? JSON.parse(readFileSync(out, 'utf8')).map((/** @type {Truth} */ truth) => [truth.sha256, truth])
      : [],
  );
  /** @type {(() => Promise<Truth>)[]} */
  const jobs = [];
  for (const folder of folders) {
    for (const name of readdirSync(folder).filter((each) => each.endsWith('.wasm'))) {
      const path = join(folder, name);
      const bytes = readFileSync(path);
      const summary = summarise(bytes);
      if (summary.kind !== 'component' || summary.entry === null) continue;
      const { entry, imports } = summary;
      const sha256 = createHash('sha256').update(bytes).digest('hex');
      jobs.push(async () => {
        const truth = known.get(sha256) ?? (await truthOf(node, path, sha256, entry, imports));
        known.set(sha256, truth);
        return truth;
      });
    }
  }
  say(`ground truth of ${jobs.length} components`);
  const truths = await atOnce(jobs, Math.max(2, availableParallelism() - 1), (job) => job());
  mkdirSync(dirname(out), { recursive: true });
  writeFileSync(out, JSON.stringify([...known.values()], null, 1));
  return truths;
}

/**
 * @param {string} node
 * @param {string} path
 * @param {string} sha256
 * @param {string} entry
 * @param {readonly string[]} imports
 * @returns {Promise<Truth>}
 */
async function truthOf(node, path, sha256, entry, imports) {
  const folder = mkdtempSync(join(tmpdir(), 'truth-'));
  const file = basename(path);
  try {
    const { transpileBytes } = await import('@bytecodealliance/jco-transpile');
    const { files } = await transpileBytes(readFileSync(path), {
      name: 'component',
      instantiation: 'async',
      base64Cutoff: 0,
      noComponentErrorWrapping: false,
      emitTypescriptDeclarations: false,
      nodejsCompat: false,
      multiMemory: true, // as the product does
    });
    for (const [name, content] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, name)), { recursive: true });
      writeFileSync(join(folder, name), content);
    }
    // The glue finds node_modules from here.
    writeFileSync(join(folder, 'package.json'), '{"type":"module"}');
    const same = await runCalls(node, folder, entry, 3, imports);
    /** @type {CallTruth[]} */
    const fresh = [];
    for (let instance = 0; instance < 3; instance++) {
      fresh.push(...(await runCalls(node, folder, entry, 1, imports)));
    }
    return { file, sha256, entry, same, fresh };
  } catch (error) {
    const failure = { outcome: /** @type {const} */ ('failed'), message: String(error).slice(0, 300) };
    return { file, sha256, entry, same: [failure], fresh: [failure] };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/**
 * @param {string} node
 * @param {string} folder
 * @param {string} entry
 * @param {number} calls
 * @param {readonly string[]} imports
 * @returns {Promise<CallTruth[]>}
 */
function runCalls(node, folder, entry, calls, imports) {
  return new Promise((resolve) => {
    const guest = fork(child, [folder, entry, String(calls), JSON.stringify(imports)], {
      execPath: node,
      execArgv: ['--max-old-space-size=512'],
      stdio: ['ignore', 'ignore', process.env.TRUTH_DEBUG ? 'inherit' : 'ignore', 'ipc'],
    });
    /** @type {CallTruth[]} */
    const seen = [];
    /** @type {CallTruth | null} */
    let ending = null;
    const timer = setTimeout(() => {
      ending = { outcome: 'hang' };
      guest.kill('SIGKILL');
    }, limitMs);
    guest.on('message', (/** @type {any} */ message) => {
      if (message.type === 'call') {
        const { outcome, message: words, hostCalls } = message;
        seen.push({ outcome, hostCalls, ...(words === undefined ? {} : { message: words }) });
      }
      if (message.type === 'failed') ending = { outcome: 'failed', message: message.message };
    });
    guest.on('exit', (code, signal) => {
      clearTimeout(timer);
      if (seen.length < calls) seen.push(ending ?? { outcome: 'crash', message: String(code ?? signal) });
      resolve(seen);
    });
  });
}
