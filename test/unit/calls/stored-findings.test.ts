import assert from 'node:assert/strict';
import { readObservation, readProbeReport } from '../../../src/calls/stored-findings';

const run = 'wasi:cli/run@0.2.0';
const call = { hostCalls: 1, outputDigest: 'a', outputBytes: 2, durationMs: 3 };

describe('what a session stored about repeated calls', () => {
  it('is read back as it was', () => {
    const observed = {
      export: run,
      call: 2,
      outcome: 'trapped',
      trap: { kind: 'unreachable' },
      at: 5,
    } as const;
    assert.deepEqual(readObservation(JSON.parse(JSON.stringify(observed))), observed);
    const probe = {
      export: run,
      granted: true,
      freshDigest: 'b',
      calls: [
        { ...call, outcome: { type: 'ok' }, memoryPages: 4 },
        { ...call, outcome: { type: 'stopped', reason: { type: 'timeout', limitMs: 3000 } } },
      ],
    } as const;
    assert.deepEqual(readProbeReport(JSON.parse(JSON.stringify(probe))), probe);
  });

  it('gets kinds of traps where the first version stored the engine’s text', () => {
    const old = { export: run, call: 2, outcome: 'trapped', at: 5 };
    const message = 'wasm `unreachable` instruction executed';
    assert.deepEqual(readObservation({ ...old, message })?.trap, { kind: 'unreachable' });
    assert.deepEqual(readObservation({ ...old, message: 'odd' })?.trap, { kind: 'other', words: 'odd' });
    const probe = readProbeReport({
      export: run,
      calls: [{ ...call, outcome: { type: 'trapped', message } }],
    });
    assert.deepEqual(probe?.calls[0]?.outcome, {
      type: 'trapped',
      trap: { kind: 'unreachable' },
      frames: [],
    });
  });

  it('is left out where it has another shape, or tells nothing', () => {
    assert.equal(readObservation({ export: run, call: 2, outcome: 'vanished', at: 5 }), null);
    assert.equal(readObservation(null), null);
    for (const calls of [
      [],
      [{ ...call, outcome: { type: 'stopped', reason: 'call 1 did not return within 3 s' } }],
      [{ ...call, outcome: { type: 'trapped', trap: { kind: 'of tomorrow' } } }],
      [{ ...call, outcome: { type: 'exited' } }],
      [{ ...call, outcome: null }],
      [{ ...call, hostCalls: undefined, outcome: { type: 'ok' } }],
    ])
      assert.equal(readProbeReport({ export: run, calls }), null, JSON.stringify(calls));
  });
});
