import assert from 'node:assert/strict';
import type { Outcome } from '../../../src/component/outcome';
import { exportLabel, type ExportRef } from '../../../src/instance/call';
import { buildOf } from '../instance/support';
import { Knowledge } from '../../../src/calls/knowledge';
import type { KnowledgeStore } from '../../../src/calls/knowledge-store';
import type { Instance } from '../../../src/instance/registry';

const run = 'wasi:cli/run@0.2.0';
const trapped: Outcome = { type: 'trapped', trap: { kind: 'unreachable' }, frames: [] };

describe('what is known about repeated calls', () => {
  it('begins with nothing', () => {
    const verdict = new Knowledge(memory()).verdict('sha');
    assert.equal(verdict.repeat, 'unknown');
    assert.equal(verdict.basis, 'none');
  });

  it('learns from a repeated call that trapped, and keeps it over a reload', () => {
    const store = memory();
    const before = new Knowledge(store);
    before.learnCall(after(1, { type: 'ok' }));
    before.learnCall(after(2, { type: 'trapped', trap: { kind: 'unreachable' }, frames: [] }));
    const verdict = new Knowledge(store).verdict('sha');
    assert.equal(verdict.repeat, 'traps');
    assert.equal(verdict.basis, 'observed');
  });

  it('learns from a repeated call that returned', () => {
    const knowledge = new Knowledge(memory());
    knowledge.learnCall(after(1, { type: 'ok' }));
    knowledge.learnCall(after(2, { type: 'ok' }));
    assert.equal(knowledge.verdict('sha').repeat, 'reruns');
  });

  it('does not mix up the run that Run calls with another version of it', () => {
    const knowledge = new Knowledge(memory());
    knowledge.learnStatic('sha', run, { type: 'nothing-found', why: { type: 'foreign-run' }, evidence: [] });
    const other: ExportRef = { interface: 'wasi:cli/run@0.3.0', func: 'run' };
    knowledge.learnCall(after(2, trapped, { ref: other }));
    assert.equal(knowledge.verdict('sha').basis, 'static');
    assert.equal(knowledge.verdict('sha', other).repeat, 'traps');
  });

  it('does not take the first run after calls of other exports for a repeated one', () => {
    const knowledge = new Knowledge(memory());
    const { calls, ...first } = after(1, trapped);
    knowledge.learnCall({ ...first, calls: calls.map((call) => ({ ...call, number: 2 })) });
    assert.equal(knowledge.verdict('sha').repeat, 'unknown');
  });

  it('says whose verdict may have changed', () => {
    const knowledge = new Knowledge(memory());
    const changed: string[] = [];
    knowledge.onDidChange((sha256) => changed.push(sha256));
    knowledge.learnCall(after(1, { type: 'ok' }));
    assert.deepEqual(changed, ['sha']);
  });

  it('forgets on request', () => {
    const store = memory();
    const knowledge = new Knowledge(store);
    knowledge.learnCall(after(2, { type: 'ok' }));
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
    for (let i = 0; i < 510; i++)
      knowledge.learnCall(after(2, { type: 'ok' }, { sha256: `sha${String(i)}` }));
    assert.equal(knowledge.verdict('sha9').basis, 'none');
    assert.equal(knowledge.verdict('sha10').basis, 'observed');
  });
});

const once: ExportRef = { interface: 'a:b/c', func: 'once' };
const other: ExportRef = { func: 'constructor' };

describe('what is known about repeated calls of other exports', () => {
  it('is a trap of a repeated call, which is kept over a reload', () => {
    const store = memory();
    new Knowledge(store).learnCall(after(2, trapped, { ref: once }));
    const knowledge = new Knowledge(store);
    assert.equal(knowledge.verdict('sha', once).repeat, 'traps');
    assert.deepEqual(knowledge.trapReason('sha', once)?.finding, {
      type: 'seen-to-trap',
      call: 2,
      trap: { kind: 'unreachable' },
    });
    assert.deepEqual(knowledge.trappingExports('sha'), [once]);
    assert.equal(knowledge.trapReason('sha', other), undefined);
    assert.equal(knowledge.trapReason('rebuilt', once), undefined);
    assert.equal(knowledge.verdict('sha').basis, 'none');
  });

  it('is nothing after a first call that trapped, or a handle whose drop did', () => {
    const knowledge = new Knowledge(memory());
    knowledge.learnCall(after(1, trapped, { ref: once }));
    knowledge.learnCall(after(2, trapped, { ref: { func: '[resource-drop]counter' } }));
    assert.deepEqual(knowledge.trappingExports('sha'), []);
  });

  it('is nothing any more once a repeated call returns', () => {
    const knowledge = new Knowledge(memory());
    knowledge.learnCall(after(2, trapped, { ref: once }));
    knowledge.learnCall(after(1, { type: 'ok' }, { ref: once }));
    assert.equal(knowledge.verdict('sha', once).repeat, 'traps');
    knowledge.learnCall(after(3, { type: 'ok' }, { ref: once }));
    assert.equal(knowledge.trapReason('sha', once), undefined);
  });

  it('is not stored for calls that only return', () => {
    const store = memory();
    const knowledge = new Knowledge(store);
    for (let times = 1; times < 5; times++) knowledge.learnCall(after(times, { type: 'ok' }, { ref: once }));
    assert.equal(store.get('knowledge.v2'), undefined);
  });

  it('is forgotten on request', () => {
    const store = memory();
    const knowledge = new Knowledge(store);
    knowledge.learnCall(after(2, trapped, { ref: once }));
    knowledge.forget();
    assert.equal(knowledge.trapReason('sha', once), undefined);
    assert.equal(new Knowledge(store).trapReason('sha', once), undefined);
  });

  it('is kept of the 50 exports that trapped last', () => {
    const knowledge = new Knowledge(memory());
    for (let i = 0; i < 60; i++) knowledge.learnCall(after(2, trapped, { ref: { func: `f${String(i)}` } }));
    assert.equal(knowledge.trappingExports('sha').length, 50);
    assert.equal(knowledge.trapReason('sha', { func: 'f9' }), undefined);
    assert.notEqual(knowledge.trapReason('sha', { func: 'f10' }), undefined);
  });
});

describe('what an earlier version stored', () => {
  it('is read, and replaced by what is stored now', () => {
    const store = memory({
      sha: { observed: [{ export: run, call: 2, outcome: 'trapped', message: 'unreachable', at: 1 }], at: 1 },
    });
    const knowledge = new Knowledge(store);
    assert.equal(knowledge.verdict('sha').repeat, 'traps');
    knowledge.learnCall(after(2, trapped, { ref: once }));
    assert.equal(store.get('knowledge.v1'), undefined);
    assert.equal(new Knowledge(store).verdict('sha').repeat, 'traps');
  });
});

/** An instance whose latest call was one of an export, for the so-manyth time. */
function after(
  times: number,
  outcome: Outcome,
  { ref = { interface: run, func: 'run' }, sha256 = 'sha' }: { ref?: ExportRef; sha256?: string } = {},
): Pick<Instance, 'build' | 'calls' | 'timesCalled'> {
  return {
    build: buildOf('/a.wasm', sha256),
    calls: [
      { number: times, export: ref, arguments: '', startedAt: 1_000, ended: { outcome, durationMs: 1 } },
    ],
    timesCalled: new Map([[exportLabel(ref), times]]),
  };
}

function memory(initial?: unknown): KnowledgeStore {
  const values = new Map<string, unknown>(initial === undefined ? [] : [['knowledge.v1', initial]]);
  return {
    get: (key) => values.get(key),
    // Stored as JSON, as VS Code does.
    update: (key, value) => {
      if (value === undefined) values.delete(key);
      else values.set(key, JSON.parse(JSON.stringify(value)));
      return Promise.resolve();
    },
  };
}
