import assert from 'node:assert/strict';
import type { Outcome } from '../../../src/component/outcome';
import type { ProbeCall } from '../../../src/reuse/findings';
import { concludeProbe } from '../../../src/reuse/probe-finding';

const ok: Outcome = { type: 'ok' };
const trapped: Outcome = { type: 'trapped', trap: { kind: 'unreachable' }, frames: [] };

function call(outcome: Outcome, more: Partial<ProbeCall> = {}): ProbeCall {
  return { outcome, hostCalls: 3, outputDigest: 'a', outputBytes: 1, durationMs: 1, memoryPages: 2, ...more };
}

const conclude = (...calls: ProbeCall[]) => concludeProbe({ export: 'wasi:cli/run@0.2.0', calls });

describe('what a probe shows', () => {
  it('a trap of the second call, and whether it came before any host call', () => {
    assert.deepEqual(conclude(call(ok), call(trapped, { hostCalls: 0 })), {
      type: 'traps',
      call: 2,
      trap: { kind: 'unreachable' },
      hostCalls: 0,
    });
  });

  it('a trap that comes only on the third call', () => {
    const finding = conclude(call(ok), call(ok), call(trapped));
    assert.equal(finding.type === 'traps' && finding.call, 3);
  });

  it('a trap of the first call says nothing of a repeated one', () => {
    assert.deepEqual(conclude(call(trapped)), {
      type: 'first-call-traps',
      trap: { kind: 'unreachable' },
      hostCalls: 3,
    });
  });

  it('calls that print the same', () => {
    assert.deepEqual(conclude(call(ok), call(ok), call(ok)), {
      type: 'reran',
      output: 'same',
      errors: 'none',
      pagesPerCall: 0,
    });
  });

  it('calls that print something else, because state was kept', () => {
    const finding = conclude(call(ok), call(ok, { outputDigest: 'b' }), call(ok, { outputDigest: 'c' }));
    assert.equal(finding.type === 'reran' && finding.output, 'different');
  });

  it('calls that print something else, as fresh instances do too', () => {
    const calls = [call(ok), call(ok, { outputDigest: 'b' })];
    const finding = concludeProbe({ export: 'wasi:cli/run@0.2.0', calls, freshDigest: 'c' });
    assert.equal(finding.type === 'reran' && finding.output, 'varies');
    const stateful = concludeProbe({ export: 'wasi:cli/run@0.2.0', calls, freshDigest: 'a' });
    assert.equal(stateful.type === 'reran' && stateful.output, 'different');
  });

  it('later calls that do nothing', () => {
    const nothing = { hostCalls: 0, outputDigest: '', outputBytes: 0 };
    assert.deepEqual(conclude(call(ok), call(ok, nothing), call(ok, nothing)), { type: 'did-nothing' });
  });

  it('calls that never do anything for the host rerun', () => {
    const silent = { hostCalls: 0 };
    assert.equal(conclude(call(ok, silent), call(ok, silent)).type, 'reran');
  });

  it('memory that grows with every call, but not memory that grew once', () => {
    const pages = (...sizes: number[]) => {
      const finding = conclude(...sizes.map((memoryPages) => call(ok, { memoryPages })));
      return finding.type === 'reran' ? finding.pagesPerCall : null;
    };
    assert.equal(pages(2, 6, 10), 4);
    assert.equal(pages(2, 6, 7), 1);
    assert.equal(pages(2, 6, 6), 0);
  });

  it('says nothing about repeated runs if every call returned an error', () => {
    const error = call({ type: 'error' });
    assert.deepEqual(conclude(error, error, error), { type: 'failed' });
    assert.equal(conclude(error, call(ok), error).type, 'reran');
  });

  it('errors that only later calls return', () => {
    const finding = conclude(call(ok), call({ type: 'error' }), call({ type: 'error' }));
    assert.equal(finding.type === 'reran' && finding.errors, 'later');
  });

  it('an exit', () => {
    assert.deepEqual(conclude(call({ type: 'exited', code: 3 })), { type: 'exited', call: 1, code: 3 });
  });

  it('nothing, if a call was stopped or there was only one', () => {
    const reason = { type: 'timeout', limitMs: 2000 } as const;
    const stopped = call({ type: 'stopped', reason });
    assert.deepEqual(conclude(call(ok), stopped), {
      type: 'inconclusive',
      why: { type: 'stopped', call: 2, reason },
    });
    assert.equal(conclude(call(ok)).type, 'inconclusive');
    assert.equal(conclude().type, 'inconclusive');
  });
});
