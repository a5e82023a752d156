import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { Capture } from '../../../../src/calls/compare-engines/captured';
import type { Entry, Snapshot } from '../../../../src/calls/compare-engines/directory-snapshot';
import { enginesReport, type EnginesReport } from '../../../../src/calls/compare-engines/engines-report';
import { differencesOfJco, jcoDifferences } from '../../../../src/calls/compare-engines/jco-differences';
import { diffOutputs } from '../../../../src/calls/compare-engines/output-diff';
import type { EngineTurn, TurnEnd } from '../../../../src/calls/compare-engines/turn';
import { enginesVerdict } from '../../../../src/words/compare-engines';
import { enginesTable } from '../../../../src/words/engines-table';

const nothing: Snapshot = new Map();

function captured(text: string | Uint8Array) {
  const capture = new Capture();
  capture.add(typeof text === 'string' ? Buffer.from(text) : text);
  return capture.end();
}

function turn(end: TurnEnd, more: Partial<EngineTurn> = {}): EngineTurn {
  const empty = captured('');
  return {
    end,
    stdout: empty,
    stderr: empty,
    result: null,
    durationMs: 5,
    before: nothing,
    after: nothing,
    ...more,
  };
}

interface Given {
  readonly jco: EngineTurn;
  readonly wasmtime: EngineTurn;
  readonly jcoAgain?: EngineTurn;
  readonly call?: string;
  readonly isOnCopies?: boolean;
}

function report({ jco, wasmtime, jcoAgain, call, isOnCopies = false }: Given): EnginesReport {
  return enginesReport(
    call ?? null,
    {
      jco: {
        engine: { name: 'jco', version: '1.35.0' },
        first: jco,
        ...(jcoAgain === undefined ? {} : { again: jcoAgain }),
      },
      wasmtime: { engine: { name: 'wasmtime', version: '49.0.3' }, first: wasmtime },
    },
    { isOnCopies },
  );
}

const relations = ({ aspects }: EnginesReport) =>
  Object.fromEntries(aspects.map(({ aspect, relation }) => [aspect, relation]));

describe('a comparison of engines', () => {
  it('is the same where ends, statuses and outputs are', () => {
    const one = turn({ type: 'ok' }, { stdout: captured('hi\n') });
    const same = report({ jco: one, wasmtime: { ...one, durationMs: 900 } });
    assert.equal(same.isSame, true);
    assert.deepEqual(relations(same), {
      outcome: 'same',
      'exit-status': 'same',
      stdout: 'same',
      stderr: 'same',
    });
    assert.equal(enginesVerdict(same), 'jco 1.35.0 and wasmtime 49.0.3 do the same.');
  });

  it('takes the status of a run for its end, since wasmtime does not tell a return from an exit', () => {
    const same = report({ jco: turn({ type: 'error' }), wasmtime: turn({ type: 'exited', code: 1 }) });
    assert.equal(same.isSame, true);
    const other = report({ jco: turn({ type: 'ok' }), wasmtime: turn({ type: 'exited', code: 1 }) });
    assert.deepEqual([relations(other).outcome, relations(other)['exit-status']], ['different', 'different']);
  });

  it('compares traps by their kind', () => {
    const trap = (kind: 'unreachable' | 'cannot-enter') =>
      turn({ type: 'trapped', trap: { kind }, frames: [] });
    assert.equal(report({ jco: trap('unreachable'), wasmtime: trap('unreachable') }).isSame, true);
    const other = report({ jco: trap('unreachable'), wasmtime: trap('cannot-enter') });
    assert.equal(relations(other).outcome, 'different');
    assert.deepEqual(other.known, ['calls-back']);
  });

  it('compares results as text, and says where one is not known', () => {
    const returned = (result: string | null) => turn({ type: 'ok' }, { result });
    const of = (jco: string, wasmtime: string | null) =>
      report({ call: 'f()', jco: returned(jco), wasmtime: returned(wasmtime) });
    assert.equal(relations(of('1', '1')).result, 'same');
    assert.equal(relations(of('1', '2')).result, 'different');
    const unread = of('1', null);
    assert.equal(relations(unread).result, 'unknown');
    assert.equal(unread.isSame, false);
    assert.match(enginesVerdict(unread), /do the same where they can be compared; result cannot be/);
  });

  it('does not blame an engine for what differs from run to run', () => {
    const printed = (text: string) => turn({ type: 'ok' }, { stdout: captured(text) });
    const varying = report({ jco: printed('1'), jcoAgain: printed('2'), wasmtime: printed('3') });
    assert.deepEqual(
      varying.aspects.find(({ aspect }) => aspect === 'stdout'),
      { aspect: 'stdout', relation: 'unknown', varies: ['jco'] },
    );
  });

  it('does not compare what a stopped guest had printed by then', () => {
    const stopped = (text: string) =>
      turn({ type: 'stopped', reason: { type: 'timeout', limitMs: 5 } }, { stdout: captured(text) });
    const both = report({ jco: stopped(''), wasmtime: stopped('hi') });
    assert.deepEqual([relations(both).outcome, relations(both).stdout], ['same', 'unknown']);
  });

  it('compares only the ends where one did not start', () => {
    const failed = turn({
      type: 'not-started',
      failure: { code: 'unsupported', found: [{ feature: 'gc' }] },
    });
    const one = report({ jco: failed, wasmtime: turn({ type: 'ok' }, { stdout: captured('hi') }) });
    assert.deepEqual(relations(one), { outcome: 'different' });
    assert.deepEqual([one.diffs.stdout, one.known], [null, ['gc']]);
    assert.match(
      enginesTable('a.wasm', one),
      /On jco 1\.35\.0 it cannot start: .*garbage-collected values\.\n\njco does not pass/,
    );
  });

  it('lists files that at least one has changed', () => {
    const file = (sha256: string): Entry => ({ kind: 'file', bytes: 3, sha256 });
    const before = new Map([
      ['/d/kept', file('k')],
      ['/d/old', file('o')],
    ]);
    const after = (entries: readonly (readonly [string, Entry])[]) =>
      new Map([['/d/kept', file('k')], ...entries]);
    const compared = report({
      isOnCopies: true,
      jco: turn({ type: 'ok' }, { before, after: after([['/d/new', file('n')]]) }),
      wasmtime: turn(
        { type: 'ok' },
        {
          before,
          after: after([
            ['/d/old', file('x')],
            ['/d/new', file('n')],
          ]),
        },
      ),
    });
    assert.deepEqual(
      compared.files.map(({ path, isSame }) => [path, isSame]),
      [
        ['/d/new', true],
        ['/d/old', false],
      ],
    );
    assert.match(enginesTable('a.wasm', compared), /\/d\/old: jco deleted, wasmtime changed, 3 B/);
    const tooMuch = report({
      isOnCopies: true,
      jco: turn({ type: 'ok' }),
      wasmtime: turn({ type: 'ok' }, { after: null }),
    });
    assert.equal(relations(tooMuch).files, 'unknown');
  });

  it('shows nothing of a guest that could command the terminal', () => {
    const printed = (text: string) => turn({ type: 'ok' }, { stdout: captured(text) });
    const table = enginesTable('a.wasm', report({ jco: printed('a\u001b[2J\n'), wasmtime: printed('b\n') }));
    assert.match(table, /-a\\u\{1b\}\[2J\n\+b/);
    assert.ok(!table.includes('\u001b'));
  });
});

describe('a difference of outputs', () => {
  it('is by line, with lines around it', () => {
    const diff = diffOutputs(captured('1\n2\n3\n'), captured('1\ntwo\n3\n'));
    assert.deepEqual(diff, {
      type: 'lines',
      isCut: false,
      hunks: [
        {
          jcoLine: 1,
          wasmtimeLine: 1,
          lines: [
            { in: 'both', text: '1' },
            { in: 'jco', text: '2' },
            { in: 'wasmtime', text: 'two' },
            { in: 'both', text: '3' },
          ],
        },
      ],
    });
  });

  it('is none for the same bytes, and has no lines for other bytes with the same text', () => {
    assert.equal(diffOutputs(captured('a'), captured('a')), null);
    const [one, other] = [captured(Uint8Array.of(0xff)), captured(Uint8Array.of(0xfe))];
    assert.deepEqual(diffOutputs(one, other), { type: 'same-text' });
  });

  it('gives up on outputs with nothing in common', () => {
    const lines = (prefix: string) =>
      captured(Array.from({ length: 5000 }, (_, index) => `${prefix}${String(index)}\n`).join(''));
    assert.deepEqual(diffOutputs(lines('a'), lines('b')), { type: 'too-different' });
  });

  it('keeps the beginning of a long output, and the digest of all of it', () => {
    const long = (end: string) => captured(`${'x'.repeat(300_000)}${end}`);
    assert.deepEqual([long('a').isCut, long('a').text.length], [true, 1 << 18]);
    assert.equal(diffOutputs(long('a'), long('a')), null);
    assert.deepEqual(diffOutputs(long('a'), long('b')), { type: 'same-text' });
  });
});

describe('the known differences of jco', () => {
  it('are those of docs/engines.md, with the same links', () => {
    const page = readFileSync('docs/engines.md', 'utf8');
    const rows = page.slice(page.indexOf('## Differences that remain'), page.indexOf('### Calls back'));
    const missing = Object.values(jcoDifferences).filter(
      (link) => link !== undefined && !rows.includes(link),
    );
    assert.deepEqual(missing, []);
    for (const name of [
      'names with capitals',
      'names with quotes',
      'WASI 0.3',
      'threads',
      'GC',
      'exported types',
    ])
      assert.ok(rows.includes(name), name);
  });

  it('are told by why jco did not start', () => {
    const ok: TurnEnd = { type: 'ok' };
    assert.deepEqual(
      differencesOfJco({ type: 'not-started', failure: { code: 'capital-letters', func: 'A' } }, ok),
      ['capital-letters'],
    );
    assert.deepEqual(differencesOfJco(ok, ok), []);
    const fault: TurnEnd = { type: 'trapped', trap: { kind: 'engine-failed', words: 'x' }, frames: [] };
    assert.deepEqual(differencesOfJco(fault, ok), ['engine-fault']);
  });
});
