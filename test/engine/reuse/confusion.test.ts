import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { watCases } from '../../../scripts/corpus/wat-cases.mjs';
import { Prober } from '../../../src/engine/probe';
import { readBuild } from '../../../src/engine/read-build';
import { analyseFile } from '../../../src/reuse/analyse';
import { judge } from '../../../src/reuse/judge';
import { wouldTrap } from '../../../src/reuse/verdict';
import { fixture } from '../../fixtures';
import { compile } from '../../unit/component/compile';
import { dist, TestEngine } from '../harness';
import { temporaryFolder } from '../../support/temporary-folder';
import { callRun, limitMs, realOf, startLimitMs, type Real, type TrueCall } from './truth';

/** What is said of a component, and what it really does. */
interface Row {
  readonly name: string;
  readonly real: Real;
  /** First calls on three instances. */
  readonly fresh: readonly TrueCall['outcome'][];
  readonly static: string;
  readonly warnsStatically: boolean;
  readonly withProbe: string;
  readonly warnsWithProbe: boolean;
}

/**
 * The figures of issue 3, on the components that are quick to make: every case that is written by hand, and the fixtures. The larger corpus is
 * for `node scripts/corpus/confusion.mjs`.
 */
describe('verdicts against what really happens', () => {
  let rows: readonly Row[] = [];
  let engine: TestEngine;
  let prober: Prober;
  let folder: string;

  before(async function () {
    this.timeout(900_000); // A new machine compiles the cases first.
    folder = temporaryFolder();
    engine = new TestEngine();
    prober = new Prober({
      cacheDir: engine.cacheDir,
      files: { runner: join(dist, 'runner.js'), transpiler: join(dist, 'transpiler.js') },
      node: { execPath: process.execPath, env: {} },
      log: () => undefined,
      limitMs,
      startLimitMs,
    });
    rows = await atOnce(4, await componentPaths(folder), judgeAndTry);
  });
  after(async () => {
    await prober.shutdown();
    await engine.dispose();
    process.stdout.write(`${tableOf(rows)}\n`);
  });

  async function judgeAndTry(path: string): Promise<Row | null> {
    const finding = analyseFile(new Uint8Array(readFileSync(path)));
    if (!finding.ok || finding.value.type === 'no-run') return null;
    const read = await readBuild(path);
    if (!read.ok || read.value.summary.entry === null) return null;
    const { build, summary } = read.value;
    // Async functions need an engine that can suspend WebAssembly, which Node 20 has not.
    if (summary.entryIsAsync && !('Suspending' in WebAssembly)) return null;
    const known = await engine.engine.readBuild(path);
    assert.ok(known.ok);
    const same = await callRun(engine, known.value, 3);
    const fresh: TrueCall['outcome'][] = [];
    for (let instance = 0; instance < 3; instance++) {
      fresh.push((await callRun(engine, known.value, 1))[0]!.outcome);
    }
    const report = await prober.probe(build, summary.entry!);
    const fromStatic = judge({ static: finding.value });
    const withProbe = judge({ static: finding.value, ...(report === null ? {} : { probe: report }) });
    return {
      name: path.replace(/^.*[\\/]|\.wasm$/g, ''),
      real: realOf(same),
      fresh,
      static: fromStatic.repeat,
      warnsStatically: wouldTrap(fromStatic),
      withProbe: withProbe.repeat,
      warnsWithProbe: wouldTrap(withProbe),
    };
  }

  const names = (wanted: (row: Row) => boolean) =>
    rows.filter(wanted).map((row) => `${row.name}: ${row.real}`);
  /** A repeated call that returned, so that a warning would have been wrong. */
  const reran = ({ real }: Row) => real === 'reruns';

  it('cover every way in which a repeated call can go', () => {
    assert.ok(rows.length >= 80, `only ${String(rows.length)} components were tried`);
    const seen = new Set(rows.map(({ real }) => real));
    assert.equal(seen.size, 6, [...seen].join(', '));
  });

  it('make no false alarm from the binary alone', () => {
    assert.deepEqual(
      names((row) => row.warnsStatically && (reran(row) || row.real === 'traps on the third call')),
      [],
    );
  });

  it('find at least 95 % of the second-call traps that come before any host call from the binary alone', () => {
    const early = rows.filter(({ real }) => real === 'traps early');
    const missed = early.filter(({ warnsStatically }) => !warnsStatically).map(({ name }) => name);
    assert.ok(missed.length <= 0.05 * early.length, `missed ${missed.join(', ')} of ${String(early.length)}`);
  });

  it('find every second-call trap with a probe', () => {
    assert.deepEqual(
      names((row) => (row.real === 'traps early' || row.real === 'traps late') && !row.warnsWithProbe),
      [],
    );
  });

  it('make no false alarm with a probe', () => {
    assert.deepEqual(
      names((row) => row.warnsWithProbe && reran(row)),
      [],
    );
  });

  it('never say "reruns" of what traps', () => {
    assert.deepEqual(
      names((row) => row.withProbe === 'reruns' && row.real !== 'reruns'),
      [],
    );
  });

  it('hold for one instance only: a fresh one does what the first one did', () => {
    assert.deepEqual(
      names(({ fresh }) => new Set(fresh).size > 1),
      [],
    );
  });
});

/** The cases written by hand, compiled into a folder, and the fixtures. */
async function componentPaths(folder: string): Promise<readonly string[]> {
  const paths: string[] = [];
  for (const [name, { wat }] of Object.entries(watCases)) {
    const path = join(folder, `wat-${name}.wasm`);
    writeFileSync(path, await compile(wat));
    paths.push(path);
  }
  return [...paths, ...fixtures.map(fixture)];
}

/** Built by a compiler, and quick to call. */
const fixtures = [
  ...['hello', 'counter', 'boom', 'exit3', 'two-runs', 'getenv', 'p2-native', 'guard-atomic', 'unguarded'],
  ...['env-once', 'exits-second', 'guard', 'guard-bit', 'guard-callee', 'guard-late', 'leak', 'lock', 'once'],
  ...['run-error', 'run-trap', 'third', 'toggle', 'recurse', 'two-versions'],
  ...['async-ok', 'async-print', 'async-error', 'async-guard', 'async-trap', 'async-sync'],
  ...['o0', 'o1', 'o2', 'o3', 'os', 'oz', 'lto', 'stripped'].map((build) => `status-${build}`),
];

async function atOnce(
  width: number,
  paths: readonly string[],
  work: (path: string) => Promise<Row | null>,
): Promise<readonly Row[]> {
  const waiting = [...paths];
  const done: Row[] = [];
  const worker = async () => {
    for (let path = waiting.shift(); path !== undefined; path = waiting.shift()) {
      const row = await work(path);
      if (row !== null) done.push(row);
    }
  };
  await Promise.all(Array.from({ length: width }, worker));
  return done;
}

/** The confusion matrix: what is said, in lines, against what happens, in columns. */
function tableOf(rows: readonly Row[]): string {
  const reals = [...new Set(rows.map(({ real }) => real))].sort();
  const line = (cells: readonly string[]) => cells.map((cell) => cell.padEnd(25)).join('');
  const lines = [line(['', ...reals])];
  for (const column of ['static', 'withProbe'] as const) {
    for (const said of [...new Set(rows.map((row) => row[column]))].sort()) {
      const counts = reals.map((real) =>
        String(rows.filter((row) => row[column] === said && row.real === real).length),
      );
      lines.push(line([`${column === 'static' ? 'static' : 'with probe'}: ${said}`, ...counts]));
    }
  }
  return lines.join('\n');
}
