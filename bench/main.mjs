// @ts-check
// npm run bench: the cost of a fresh instance, compared with `npx jco run` and with the same work in one process without isolation.
// Figures are ratios within one run, so that machines can be compared. `npm run bench -- hello` runs the parts whose names match.
// Prints one table and writes out/bench.json.
import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { availableParallelism, cpus, loadavg, release, tmpdir, totalmem, type } from 'node:os';
import { join } from 'node:path';
import { ensureDependencies } from '../scripts/setup/dependencies.mjs';
import { ensureNode24 } from '../scripts/setup/node.mjs';
import { dist, out, root } from '../scripts/setup/paths.mjs';
import { say } from '../scripts/setup/say.mjs';

/** Figures of a busy machine are not reliable. */
const loadAtStart = loadavg()[0] ?? 0;

// npx searches for jco from the working directory upwards.
process.chdir(root);
await ensureDependencies();
const node = await ensureNode24();
if (process.execPath === node || Number(process.versions.node.split('.')[0]) >= 24) await main();
else {
  const child = spawn(node, ['--expose-gc', ...process.argv.slice(1)], { stdio: 'inherit' });
  child.on('exit', (code) => {
    process.exitCode = code ?? 1;
  });
}

async function main() {
  const { build } = await import('../scripts/build.mjs');
  const { ensureFixtures, ensureBigFixture } = await import('../scripts/fixtures.mjs');
  const esbuild = await import('esbuild');
  await build();
  await ensureFixtures();
  await ensureBigFixture();
  mkdirSync(join(out, 'bench'), { recursive: true });
  await esbuild.build({
    absWorkingDir: root,
    entryPoints: ['bench/engine-entry.ts'],
    outfile: join(out, 'bench', 'engine.cjs'),
    bundle: true,
    format: 'cjs',
    platform: 'node',
    target: 'node20',
    logLevel: 'warning',
  });
  const { parts } = await import('./parts.mjs');
  const scratch = mkdtempSync(join(tmpdir(), 'fresh-instance-bench-'));
  const wanted = process.argv.slice(2).filter((word) => !word.startsWith('-'));
  try {
    const context = {
      node,
      cli: join(dist, 'cli.js'),
      dist,
      scratch,
      engine: createRequire(import.meta.url)(join(out, 'bench', 'engine.cjs')),
      fixture: (/** @type {string} */ name) => join(root, '.cache', 'fixtures', `${name}.wasm`),
      jcoScript: join(root, 'node_modules', '@bytecodealliance', 'jco', 'dist', 'jco.js'),
    };
    /** @type {import('./parts.mjs').Row[]} */
    const rows = [];
    /** @type {import('./parts.mjs').Figures} */
    const figures = {};
    for (const part of parts) {
      if (wanted.length > 0 && !part.always && !wanted.some((word) => part.name.includes(word))) continue;
      say(part.name);
      rows.push(...(await part.run(context, figures)));
    }
    report(rows);
    if (rows.some(({ reached }) => reached === false)) process.exitCode = 1;
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

/** Prints the table and writes it to out/bench.json. @param {readonly import('./parts.mjs').Row[]} rows */
function report(rows) {
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const machine = {
    cpu: cpus()[0]?.model.trim() ?? 'unknown',
    cores: availableParallelism(),
    memoryGiB: Math.round(totalmem() / 2 ** 30),
    system: `${type()} ${release()}`,
    node: process.versions.node,
    loadAtStart: Number(loadAtStart.toFixed(1)),
  };
  const { cpu, cores, memoryGiB, system, loadAtStart: load } = machine;
  console.log(
    `\nFresh Instance ${version}, Node ${machine.node}, ${cores} × ${cpu}, ${memoryGiB} GiB, ${system}, load ${load} at the start; repeat it with: npm run bench\n`,
  );
  console.log('| what | measured | target | |\n|---|---|---|---|');
  for (const { what, measured, target, reached } of rows) {
    console.log(
      `| ${what} | ${measured} | ${target ?? ''} | ${reached === undefined ? '' : reached ? '✓' : '✗'} |`,
    );
  }
  writeFileSync(
    join(out, 'bench.json'),
    `${JSON.stringify({ version, command: 'npm run bench', at: new Date().toISOString(), machine, rows }, null, 2)}\n`,
  );
}
