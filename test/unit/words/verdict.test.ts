import assert from 'node:assert/strict';
import type { StaticFinding } from '../../../src/reuse/findings';
import { judge } from '../../../src/reuse/judge';
import { verdictHeadline, verdictNotes, verdictReason } from '../../../src/words/verdict';

const run = 'wasi:cli/run@0.2.0';
const place = {
  module: 0,
  funcIndex: 5,
  func: '_start',
  offset: 0x2f1,
  source: { file: 'src/main.c', line: 3 },
};
const guard: StaticFinding = { type: 'guard', certainty: 'certain', place, cell: null, evidence: [] };
const seenToTrap = {
  export: run,
  call: 2,
  outcome: 'trapped',
  trap: { kind: 'unreachable' },
  at: 0,
} as const;

describe('a verdict in words', () => {
  it('has a reason that can follow the name of a component, and a headline', () => {
    const verdict = judge({ static: guard });
    assert.equal(verdictReason(verdict), 'its `_start` may run once per instance (guard at 0x2f1, main.c:3)');
    assert.equal(verdictHeadline(verdict), 'runs once per instance · guard in _start');
  });

  it('explains an observed trap by the guard, if one is known', () => {
    const verdict = judge({ static: guard, observed: [seenToTrap] });
    assert.equal(verdictReason(verdict), 'its `_start` may run once per instance (guard at 0x2f1, main.c:3)');
    assert.equal(verdictHeadline(verdict), 'runs once per instance · guard in _start');
  });

  it('explains an observed trap by itself, if no guard is known', () => {
    const verdict = judge({ observed: [seenToTrap] });
    assert.equal(
      verdictReason(verdict),
      'call 2 on one instance trapped before (wasm `unreachable` instruction executed)',
    );
    assert.equal(verdictHeadline(verdict), 'runs once per instance · seen to trap');
  });

  it('notes that memory grows', () => {
    const call = {
      outcome: { type: 'ok' },
      hostCalls: 1,
      outputDigest: '',
      outputBytes: 0,
      durationMs: 1,
    } as const;
    const calls = [1, 2, 3].map((memoryPages) => ({ ...call, memoryPages }));
    const verdict = judge({ probe: { export: run, calls } });
    assert.deepEqual(verdictNotes(verdict), ['memory grows by 1 page (64 KiB) with every call']);
  });
});
