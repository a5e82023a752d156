import assert from 'node:assert/strict';
import type { Call, Outcome } from '../../../src/instance/call';
import { Knowledge, type KnowledgeStore } from '../../../src/calls/knowledge';

const run = 'wasi:cli/run@0.2.0';

describe('what is known about repeated calls', () => {
  it('begins with nothing', () => {
    const verdict = new Knowledge(memory()).verdict('sha');
    assert.equal(verdict.repeat, 'unknown');
    assert.equal(verdict.basis, 'none');
  });

  it('learns from a repeated call that trapped, and keeps it over a reload', () => {
    const store = memory();
    const before = new Knowledge(store);
    before.learnCall('sha', run, callOf(1, { type: 'ok' }));
    before.learnCall('sha', run, callOf(2, { type: 'trapped', message: 'unreachable', frames: [] }));
    const after = new Knowledge(store).verdict('sha');
    assert.equal(after.repeat, 'traps');
    assert.equal(after.basis, 'observed');
  });

  it('learns from a repeated call that returned', () => {
    const knowledge = new Knowledge(memory());
    knowledge.learnCall('sha', run, callOf(1, { type: 'ok' }));
    knowledge.learnCall('sha', run, callOf(2, { type: 'ok' }));
    assert.equal(knowledge.verdict('sha').repeat, 'reruns');
  });

  it('learns nothing from calls of other exports', () => {
    const knowledge = new Knowledge(memory());
    knowledge.learnCall('sha', 'wasi:cli/run@0.3.0', callOf(2, { type: 'ok' }));
    assert.equal(knowledge.verdict('sha').basis, 'none');
  });

  it('says whose verdict may have changed', () => {
    const knowledge = new Knowledge(memory());
    const changed: string[] = [];
    knowledge.onDidChange((sha256) => changed.push(sha256));
    knowledge.learnCall('sha', run, callOf(1, { type: 'ok' }));
    assert.deepEqual(changed, ['sha']);
  });

  it('forgets on request', () => {
    const store = memory();
    const knowledge = new Knowledge(store);
    knowledge.learnCall('sha', run, callOf(2, { type: 'ok' }));
    knowledge.forget();
    assert.equal(knowledge.verdict('sha').basis, 'none');
    assert.equal(new Knowledge(store).verdict('sha').basis, 'none');
  });

  it('leaves out what an earlier version stored in another shape', () => {
    const store = memory({ sha: { observed: 'yes' }, other: null, third: { observed: [{ call: 'x' }] } });
    assert.equal(new Knowledge(store).verdict('sha').basis, 'none');
  });

  it('keeps what a probe saw over a reload, but not in a shape that it does not know', () => {
    const call = {
      outcome: { type: 'ok' },
      hostCalls: 1,
      outputDigest: 'a',
      outputBytes: 2,
      durationMs: 3,
    } as const;
    const store = memory();
    new Knowledge(store).learnProbe('sha', { export: 'wasi:cli/run@0.2.0', calls: [call, call] });
    assert.deepEqual(new Knowledge(store).verdict('sha').repeat, 'reruns');
    for (const odd of [
      { ...call, hostCalls: undefined },
      { ...call, outcome: { type: 'exited' } },
      { ...call, outcome: null },
    ]) {
      const stored = memory({ sha: { observed: [], probe: { export: 'run', calls: [call, odd] } } });
      assert.equal(new Knowledge(stored).probeReport('sha'), undefined);
    }
  });

  it('keeps only the components used last', () => {
    const store = memory();
    const knowledge = new Knowledge(store);
    for (let i = 0; i < 510; i++) knowledge.learnCall(`sha${String(i)}`, run, callOf(2, { type: 'ok' }));
    assert.equal(knowledge.verdict('sha9').basis, 'none');
    assert.equal(knowledge.verdict('sha10').basis, 'observed');
  });
});

function callOf(number: number, outcome: Outcome): Call {
  return {
    number,
    export: { interface: run, func: 'run' },
    arguments: '',
    startedAt: 1_000,
    ended: { outcome, durationMs: 1 },
  };
}

function memory(initial?: unknown): KnowledgeStore {
  const values = new Map<string, unknown>(initial === undefined ? [] : [['knowledge.v1', initial]]);
  return {
    get: (key) => values.get(key),
    // Stored as JSON, as VS Code does.
    update: (key, value) => {
      values.set(key, JSON.parse(JSON.stringify(value)));
      return Promise.resolve();
    },
  };
}
