// @ts-check
// What repeated calls really do on wasmtime: node scripts/wasmtime-truth/truth.mjs OUT.json FOLDER...
// Keeps results in OUT by content hash and version of wasmtime.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readers } from '../corpus/readers.mjs';
import { say } from '../setup/say.mjs';
import { atOnce } from '../suites/process.mjs';
import { callOnWasmtime, findEmbedding, howToInstall } from './embedding.mjs';

/**
 * @typedef {object} WasmtimeTruth
 * @property {string} file
 * @property {string} sha256
 * @property {string} wasmtime version
 * @property {readonly import('../corpus/truth.mjs').CallTruth[]} same three calls on one instance
 * @property {readonly import('../corpus/truth.mjs').CallTruth[]} fresh the first call of another one
 */

/**
 * The truth of all components of some folders that export `run` of WASI 0.2: the embedding has no WASI 0.3. Null without the embedding.
 * @param {string} out
 * @param {readonly string[]} folders
 * @returns {Promise<readonly WasmtimeTruth[] | null>}
 */
export async function findWasmtimeTruth(out, folders) {
  const embedding = findEmbedding();
  if (embedding === null) {
    say(`skipped wasmtime: ${howToInstall}`);
    return null;
  }
  const { summarise } = await readers();
  /** @type {Map<string, WasmtimeTruth>} */
  const known = new Map(
    existsSync(out)
      ? JSON.parse(readFileSync(out, 'utf8'))
          .filter((/** @type {WasmtimeTruth} */ each) => each.wasmtime === embedding.version)
          .map((/** @type {WasmtimeTruth} */ each) => [each.sha256, each])
      : [],
  );
  const jobs = folders.flatMap((folder) =>
    readdirSync(folder)
      .filter((name) => name.endsWith('.wasm'))
      .map((file) => ({ file, path: join(folder, file) })),
  );
  const truths = await atOnce(jobs, 2, async ({ file, path }) => {
    const bytes = readFileSync(path);
    const summary = summarise(bytes);
    if (summary.kind !== 'component' || summary.entry?.includes('@0.2.') !== true) return null;
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    const truth = known.get(sha256) ?? {
      file,
      sha256,
      wasmtime: embedding.version,
      ...(await callOnWasmtime(embedding, path)),
    };
    known.set(sha256, truth);
    return truth;
  });
  mkdirSync(dirname(out), { recursive: true });
  writeFileSync(out, JSON.stringify([...known.values()], null, 1));
  return truths.filter((truth) => truth !== null);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [out = '', ...folders] = process.argv.slice(2);
  const truths = await findWasmtimeTruth(out, folders);
  if (truths !== null) say(`wasmtime's truth of ${truths.length} components`);
}
