import assert from 'node:assert/strict';
import type { Call } from '../../../src/instance/call';
import { explainTrap } from '../../../src/words/trap';
import { judge } from '../../../src/reuse/judge';
import { runRef } from '../instance/support';

const guarded = judge({
  static: {
    type: 'guard',
    certainty: 'certain',
    place: { module: 0, funcIndex: 5, func: '_start', offset: 0x2f1 },
    cell: null,
    evidence: [],
  },
});

function trapped(number: number, kind: 'unreachable' | 'divide-by-zero', changes: Partial<Call> = {}): Call {
  const outcome = { type: 'trapped', trap: { kind }, frames: [] } as const;
  return {
    number,
    export: runRef,
    arguments: '',
    startedAt: 0,
    ended: { outcome, durationMs: 1 },
    ...changes,
  };
}

const what = (call: Call) => explainTrap(7, call, guarded)?.what;

describe('a trap in words', () => {
  it('names the guard for a repeated run that ended in `unreachable`', () => {
    assert.deepEqual(explainTrap(7, trapped(2, 'unreachable'), guarded), {
      what: 'Call 2 on instance #7 trapped (wasm `unreachable` instruction executed): its `_start` may run once per instance (guard at 0x2f1).',
      next: 'Its toolchain makes components that run once per instance. Run it in a fresh instance.',
    });
  });

  it('does not blame the guard for a first call, for another trap, or for another export', () => {
    assert.equal(
      what(trapped(1, 'unreachable')),
      'Instance #7 trapped: wasm `unreachable` instruction executed.',
    );
    assert.equal(what(trapped(2, 'divide-by-zero')), 'Instance #7 trapped: integer divide by zero.');
    assert.equal(
      what(trapped(2, 'unreachable', { export: { func: 'add' } })),
      'Instance #7 trapped: wasm `unreachable` instruction executed.',
    );
  });

  it('does not blame a guard that nothing is known of', () => {
    assert.equal(
      explainTrap(7, trapped(2, 'unreachable'), judge({}))?.what,
      'Instance #7 trapped: wasm `unreachable` instruction executed.',
    );
  });

  it('has nothing to say of a call that returned', () => {
    const returned = {
      ...trapped(2, 'unreachable'),
      ended: { outcome: { type: 'ok' }, durationMs: 1 },
    } as const;
    assert.equal(explainTrap(7, returned, guarded), null);
  });
});
