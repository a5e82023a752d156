import assert from 'node:assert/strict';
import { reuseReport, type ReuseTurn } from '../../../src/calls/reuse-report';

const mebibyte = 1024 * 1024;
const page = 65_536;

function turn(result: string, changes: Partial<ReuseTurn> = {}): ReuseTurn {
  return { outcome: { type: 'ok' }, result, output: '', durationMs: 1, memoryBytes: mebibyte, ...changes };
}

const trap: ReuseTurn = {
  ...turn(''),
  outcome: { type: 'trapped', message: 'unreachable', frames: [] },
  result: null,
};

describe('the report on calling an export again', () => {
  it('finds no difference where there is none', () => {
    const report = reuseReport('add(1, 2)', [turn('3'), turn('3')], [turn('3'), turn('3')]);
    assert.deepEqual(report.findings, ['no-difference']);
    assert.equal(
      report.summary,
      'add(1, 2) may be called again: no difference to fresh instances was seen in 2 calls.',
    );
    assert.deepEqual(
      report.rows.map(({ what, same, fresh }) => [what, same, fresh]),
      [
        ['outcome', 'returned ok each time', 'returned ok each time'],
        ['result', '3 each time', '3 each time'],
        ['output', 'none', 'none'],
        ['time', 'first 1.00 ms, later 1.00 ms', '1.00 ms, the median'],
        ['memory', '1 MiB', '1 MiB'],
      ],
    );
  });

  it('finds state in the results or in what is printed', () => {
    const results = reuseReport('next()', [turn('1'), turn('2')], [turn('1'), turn('1')]);
    assert.deepEqual(results.findings, ['keeps-state']);
    assert.deepEqual(results.rows[1], { what: 'result', same: '1, 2', fresh: '1 each time', differs: true });
    const printed = reuseReport(
      'say()',
      [turn('()', { output: 'one\n' }), turn('()', { output: 'two\n' })],
      [turn('()', { output: 'one\n' }), turn('()', { output: 'one\n' })],
    );
    assert.deepEqual(printed.findings, ['keeps-state']);
  });

  it('finds that a repeated call would trap, in the words that are used for run', () => {
    const report = reuseReport('once()', [turn('1'), trap], [turn('1'), turn('1'), turn('1')]);
    assert.deepEqual(report.findings, ['traps']);
    assert.equal(
      report.summary,
      'Calling once() again on one instance would trap: call 2 did. Use a fresh instance for each call.',
    );
    assert.equal(report.rows[2]?.differs, false);
  });

  it('does not blame repetition for a trap that fresh instances have too, nor say that it may be repeated', () => {
    const report = reuseReport('crash()', [trap], [trap, trap]);
    assert.deepEqual(report.findings, ['traps-at-once']);
    assert.equal(
      report.summary,
      'crash() trapped: unreachable when first called, on every fresh instance, so that there is nothing to repeat.',
    );
  });

  it('does not say "each time" of a single call', () => {
    const { rows } = reuseReport('add(1, 2)', [turn('3')], [turn('3')]);
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

  it('says so where a call ends its instance', () => {
    const exit: ReuseTurn = { ...turn(''), outcome: { type: 'exited', code: 1 }, result: null };
    assert.equal(
      reuseReport('run()', [exit], [exit, exit]).summary,
      'run() exited with 1: the guest ends its instance, which takes no further call. Use a fresh instance for each.',
    );
    assert.equal(
      reuseReport('run()', [turn('ok'), exit], [turn('ok'), turn('ok')]).summary,
      'Calling run() again on one instance would end it: call 2 exited with 1. Use a fresh instance for each call.',
    );
    const timedOut: ReuseTurn = {
      ...turn(''),
      outcome: { type: 'stopped', reason: { type: 'timeout', limitMs: 1000 } },
      result: null,
    };
    assert.deepEqual(reuseReport('spin()', [timedOut], [timedOut, timedOut]).findings, ['does-not-return']);
  });

  it('finds memory that grows with each call, but not what the first call alone takes', () => {
    const grown = (pages: number) => turn('()', { memoryBytes: mebibyte + pages * page });
    const leaking = reuseReport('leak()', [grown(1), grown(2), grown(3)], [grown(1), grown(1), grown(1)]);
    assert.deepEqual(leaking.findings, ['leaks']);
    assert.equal(leaking.rows[4]?.same, '1.2 MiB (+1 page a call)');
    const filled = reuseReport('fill()', [grown(9), grown(9)], [grown(9), grown(9)]);
    assert.deepEqual(filled.findings, ['no-difference']);
  });

  it('says so where fresh instances differ among themselves', () => {
    const report = reuseReport('random()', [turn('4'), turn('7')], [turn('1'), turn('9')]);
    assert.deepEqual(report.findings, ['varies']);
    // The one instance was fresh for its first call.
    assert.deepEqual(reuseReport('flaky()', [trap], [turn('1'), turn('1')]).findings, ['varies']);
  });

  it('finds a trap or an exit on repetition even where results are random', () => {
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
    assert.equal(reuseReport('next()', turns, turns).rows[1]?.same, '0, 1, 2, 3, 4, 5, …');
    const long = turns.map(({ result }) => turn(`${'x'.repeat(50)}${result ?? ''}`));
    assert.equal(
      reuseReport('next()', long, long).rows[1]?.same,
      `${'x'.repeat(50)}0, ${'x'.repeat(50)}1, …`,
    );
  });
});
