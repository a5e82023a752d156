import assert from 'node:assert/strict';
import { reuseReport, type ReuseTurn } from '../../../src/instance/reuse-report';

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
        ['memory', '1.00 MiB', '1.00 MiB'],
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

  it('does not blame repetition for a trap that fresh instances have too', () => {
    assert.deepEqual(reuseReport('crash()', [trap], [trap, trap]).findings, ['no-difference']);
  });

  it('finds memory that grows with each call, but not what the first call alone takes', () => {
    const grown = (pages: number) => turn('()', { memoryBytes: mebibyte + pages * page });
    const leaking = reuseReport('leak()', [grown(1), grown(2), grown(3)], [grown(1), grown(1), grown(1)]);
    assert.deepEqual(leaking.findings, ['leaks']);
    assert.equal(leaking.rows[4]?.same, '1.19 MiB (+1 page a call)');
    const filled = reuseReport('fill()', [grown(9), grown(9)], [grown(9), grown(9)]);
    assert.deepEqual(filled.findings, ['no-difference']);
  });

  it('says so where fresh instances differ among themselves', () => {
    const report = reuseReport('random()', [turn('4'), turn('7')], [turn('1'), turn('9')]);
    assert.deepEqual(report.findings, ['varies']);
  });

  it('shows the first few of many results', () => {
    const turns = Array.from({ length: 9 }, (_, index) => turn(String(index)));
    assert.equal(reuseReport('next()', turns, turns).rows[1]?.same, '0, 1, 2, 3, 4, 5, …');
  });
});
