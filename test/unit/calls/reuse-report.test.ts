import assert from 'node:assert/strict';
import { reuseReport, type ReuseTurn } from '../../../src/calls/reuse-report';
import { reuseRows, reuseSummary } from '../../../src/words/reuse-report';

const mebibyte = 1024 * 1024;
const page = 65_536;

function turn(result: string, changes: Partial<ReuseTurn> = {}): ReuseTurn {
  return { outcome: { type: 'ok' }, result, output: '', durationMs: 1, memoryBytes: mebibyte, ...changes };
}

const trap: ReuseTurn = {
  ...turn(''),
  outcome: { type: 'trapped', trap: { kind: 'unreachable' }, frames: [] },
  result: null,
};

describe('the report on calling an export again', () => {
  it('finds no difference where there is none', () => {
    const report = reuseReport('add(1, 2)', [turn('3'), turn('3')], [turn('3'), turn('3')]);
    assert.deepEqual(report.findings, ['no-difference']);
    assert.equal(
      reuseSummary(report),
      'add(1, 2) can be called again: 2 calls showed no difference from fresh instances.',
    );
    assert.deepEqual(
      reuseRows(report).map(({ what, same, fresh }) => [what, same, fresh]),
      [
        ['outcome', 'returned ok each time', 'returned ok each time'],
        ['result', '3 each time', '3 each time'],
        ['output', 'none', 'none'],
        ['time', 'first 1.00 ms, later 1.00 ms', '1.00 ms (median)'],
        ['memory', '1 MiB', '1 MiB'],
      ],
    );
  });

  it('finds state in the results or in the output', () => {
    const results = reuseReport('next()', [turn('1'), turn('2')], [turn('1'), turn('1')]);
    assert.deepEqual(results.findings, ['keeps-state']);
    assert.deepEqual(reuseRows(results)[1], {
      what: 'result',
      same: '1, 2',
      fresh: '1 each time',
      differs: true,
    });
    const printed = reuseReport(
      'say()',
      [turn('()', { output: 'one\n' }), turn('()', { output: 'two\n' })],
      [turn('()', { output: 'one\n' }), turn('()', { output: 'one\n' })],
    );
    assert.deepEqual(printed.findings, ['keeps-state']);
  });

  it('finds that a repeated call would trap', () => {
    const report = reuseReport('once()', [turn('1'), trap], [turn('1'), turn('1'), turn('1')]);
    assert.deepEqual(report.findings, ['traps']);
    assert.equal(
      reuseSummary(report),
      'Calling once() again on one instance would trap: call 2 did. Use a fresh instance for each call.',
    );
    assert.equal(reuseRows(report)[2]?.differs, false);
  });

  it('does not blame repetition for a trap that fresh instances have, too', () => {
    const report = reuseReport('crash()', [trap], [trap, trap]);
    assert.deepEqual(report.findings, ['traps-at-once']);
    assert.equal(
      reuseSummary(report),
      'crash() trapped: unreachable in the first call, on every fresh instance. There is nothing to repeat.',
    );
  });

  it('does not say "each time" for a single call', () => {
    const rows = reuseRows(reuseReport('add(1, 2)', [turn('3')], [turn('3')]));
    assert.deepEqual(
      rows.map(({ what, same }) => [what, same]),
      [
        ['outcome', 'returned ok'],
        ['result', '3'],
        ['output', 'none'],
        ['time', 'first 1.00 ms'],
        ['memory', '1 MiB'],
      ],
    );
  });

  it('says that a call ends its instance', () => {
    const exit: ReuseTurn = { ...turn(''), outcome: { type: 'exited', code: 1 }, result: null };
    assert.equal(
      reuseSummary(reuseReport('run()', [exit], [exit, exit])),
      'run() exited with 1, which ends the instance. Use a fresh instance for each call.',
    );
    assert.equal(
      reuseSummary(reuseReport('run()', [turn('ok'), exit], [turn('ok'), turn('ok')])),
      'Calling run() again on one instance would end it: call 2 exited with 1. Use a fresh instance for each call.',
    );
    const timedOut: ReuseTurn = {
      ...turn(''),
      outcome: { type: 'stopped', reason: { type: 'timeout', limitMs: 1000 } },
      result: null,
    };
    assert.deepEqual(reuseReport('spin()', [timedOut], [timedOut, timedOut]).findings, ['does-not-return']);
  });

  it('finds memory that grows with each call, but not the growth of the first call', () => {
    const grown = (pages: number) => turn('()', { memoryBytes: mebibyte + pages * page });
    const leaking = reuseReport('leak()', [grown(1), grown(2), grown(3)], [grown(1), grown(1), grown(1)]);
    assert.deepEqual(leaking.findings, ['leaks']);
    assert.equal(reuseRows(leaking)[4]?.same, '1.2 MiB (+1 page per call)');
    const filled = reuseReport('fill()', [grown(9), grown(9)], [grown(9), grown(9)]);
    assert.deepEqual(filled.findings, ['no-difference']);
  });

  it('says that fresh instances differ from each other', () => {
    const report = reuseReport('random()', [turn('4'), turn('7')], [turn('1'), turn('9')]);
    assert.deepEqual(report.findings, ['varies']);
    // The one instance was fresh for its first call.
    assert.deepEqual(reuseReport('flaky()', [trap], [turn('1'), turn('1')]).findings, ['varies']);
  });

  it('finds a trap or an exit on repetition even if results are random', () => {
    const random = [turn('1'), turn('9'), turn('3')];
    assert.deepEqual(reuseReport('draw()', [turn('7'), trap], random).findings, ['traps']);
    const failed: ReuseTurn = { ...turn('"no luck"'), outcome: { type: 'error' } };
    assert.deepEqual(reuseReport('draw()', [failed, trap], random).findings, ['traps']);
    const exit: ReuseTurn = { ...turn(''), outcome: { type: 'exited', code: 3 }, result: null };
    assert.deepEqual(reuseReport('draw()', [turn('7'), exit], random).findings, ['ends']);
    const chatty = (output: string) => ({ ...trap, output });
    assert.deepEqual(reuseReport('crash()', [chatty('a')], [chatty('b'), chatty('c')]).findings, [
      'traps-at-once',
    ]);
  });

  it('shows the first few of many results', () => {
    const turns = Array.from({ length: 9 }, (_, index) => turn(String(index)));
    assert.equal(reuseRows(reuseReport('next()', turns, turns))[1]?.same, '0, 1, 2, 3, 4, 5, …');
    const long = turns.map(({ result }) => turn(`${'x'.repeat(50)}${result ?? ''}`));
    assert.equal(
      reuseRows(reuseReport('next()', long, long))[1]?.same,
      `${'x'.repeat(50)}0, ${'x'.repeat(50)}1, …`,
    );
  });
});
