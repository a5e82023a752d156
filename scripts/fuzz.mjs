// @ts-check
// Feeds damaged binaries to the reader and the analysis. Fails if one throws or takes too long.
// node scripts/fuzz.mjs [COUNT] [FIRST-SEED] [FOLDER...]      (20,000 from 1; the corpus and the samples)
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { corpusFolder } from './corpus/build.mjs';
import { mutate } from './corpus/mutate.mjs';
import { readers } from './corpus/readers.mjs';
import { watCases } from './corpus/wat-cases.mjs';
import { root } from './setup/paths.mjs';
import { say } from './setup/say.mjs';
import { compileWat } from './setup/toolchain.mjs';

const limitMs = 200;
/** With larger files the fuzzer would spend its time on copying. */
const largestSeed = 4 << 20;
const [count = '20000', firstSeed = '1', ...folders] = process.argv.slice(2);
const { analyseFile, readDamage, readExportedFunctions, summarise } = await readers();
const seeds = await originals(folders.length > 0 ? folders : [corpusFolder, join(root, 'samples')]);
say(`fuzzing with ${count} damaged copies of ${seeds.length} binaries`);

/** @type {Record<string, number>} */
const kinds = {};
let slowest = { ms: 0, what: '' };
/** @type {string[]} */
const failures = [];
for (let seed = Number(firstSeed); seed < Number(firstSeed) + Number(count); seed++) {
  const { name, bytes } = /** @type {typeof seeds[number]} */ (seeds[seed % seeds.length]);
  const damaged = mutate(bytes, seed);
  let kind = 'threw';
  let ms = 0;
  try {
    ({ kind, ms } = read(damaged));
    // V8 may have compiled or collected meanwhile, so measure again.
    if (ms > limitMs) ms = Math.min(ms, read(damaged).ms);
  } catch (error) {
    failures.push(`seed ${seed} of ${name}: ${error instanceof Error ? error.stack : String(error)}`);
  }
  kinds[kind] = (kinds[kind] ?? 0) + 1;
  if (ms > slowest.ms) slowest = { ms, what: `seed ${seed} of ${name}` };
  if (ms > limitMs) failures.push(`seed ${seed} of ${name} took ${ms.toFixed(0)} ms`);
}
for (const [kind, number] of Object.entries(kinds).sort((a, b) => b[1] - a[1]))
  say(`${String(number).padStart(7)}  ${kind}`);
say(`slowest: ${slowest.ms.toFixed(1)} ms (${slowest.what})`);
for (const failure of failures.slice(0, 10)) say(failure);
say(failures.length === 0 ? 'no failure' : `${failures.length} failures`);
process.exitCode = failures.length === 0 ? 0 : 1;

/** @param {Uint8Array} damaged */
function read(damaged) {
  const started = processorMs();
  const summary = summarise(damaged);
  const finding = analyseFile(damaged);
  const functions = readExportedFunctions(damaged);
  if (summary.kind === 'invalid') readDamage(damaged, summary.problem);
  const ms = processorMs() - started;
  const said = finding.ok ? finding.value.type : 'unreadable';
  return { ms, kind: `${summary.kind}, ${said}, ${functions.ok ? 'exports' : 'no exports'}` };
}

/** Processor time in ms: a busy machine does not make it longer. */
function processorMs() {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

/** @param {readonly string[]} where */
async function originals(where) {
  const found = [];
  for (const [name, { wat }] of Object.entries(watCases)) found.push({ name, bytes: await compileWat(wat) });
  for (const folder of where.filter((each) => existsSync(each))) {
    for (const name of readdirSync(folder).filter(
      (each) => each.endsWith('.wasm') && !each.startsWith('wat-'),
    )) {
      const path = join(folder, name);
      if (statSync(path).size <= largestSeed) found.push({ name, bytes: new Uint8Array(readFileSync(path)) });
    }
  }
  return found;
}
