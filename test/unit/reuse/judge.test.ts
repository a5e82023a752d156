import assert from 'node:assert/strict';
import type { Observation, ProbeCall, ProbeReport, StaticFinding } from '../../../src/reuse/findings';
import { judge, type Known } from '../../../src/reuse/judge';
import { wouldTrap } from '../../../src/reuse/verdict';

const place = {
  module: 0,
  funcIndex: 5,
  func: '_start',
  offset: 0x2f1,
  source: { file: 'src/main.c', line: 3 },
};
const guard: StaticFinding = { type: 'guard', certainty: 'certain', place, cell: null, evidence: [] };
const nothing: StaticFinding = { type: 'nothing-found', why: { type: 'foreign-run' }, evidence: [] };

const observation = (call: number, outcome: Observation['outcome']): Observation => ({
  export: 'wasi:cli/run@0.2.0',
  call,
  outcome,
  at: 0,
  ...(outcome === 'trapped' ? { trap: { kind: 'unreachable' } } : {}),
});

function probe(...outcomes: ('ok' | 'trapped' | 'trapped-late')[]): ProbeReport {
  const calls = outcomes.map((outcome): ProbeCall => ({
    outcome:
      outcome === 'ok' ? { type: 'ok' } : { type: 'trapped', trap: { kind: 'unreachable' }, frames: [] },
    hostCalls: outcome === 'trapped' ? 0 : 4,
    outputDigest: '',
    outputBytes: 0,
    durationMs: 1,
  }));
  return { export: 'wasi:cli/run@0.2.0', calls };
}

const verdict = (known: Known) => {
  const { repeat, basis } = judge(known);
  return `${repeat} (${basis})`;
};

describe('a verdict', () => {
  it('weighs what was observed most, then a probe, then the binary', () => {
    assert.equal(verdict({}), 'unknown (none)');
    assert.equal(verdict({ static: nothing }), 'unknown (static)');
    assert.equal(verdict({ static: guard }), 'traps (static)');
    assert.equal(verdict({ static: guard, probe: probe('ok', 'trapped') }), 'traps (probe)');
    assert.equal(verdict({ static: guard, probe: probe('ok', 'ok', 'ok') }), 'reruns (probe)');
    assert.equal(
      verdict({ static: guard, probe: probe('ok', 'ok'), observed: [observation(2, 'trapped')] }),
      'traps (observed)',
    );
  });

  it('falls back to what is known if a stronger source tells nothing', () => {
    assert.equal(verdict({ static: guard, probe: probe('ok') }), 'traps (static)');
    assert.equal(verdict({ static: guard, observed: [observation(1, 'ok')] }), 'traps (static)');
    assert.equal(verdict({ static: guard, observed: [observation(2, 'stopped')] }), 'traps (static)');
  });

  it('is no more than likely where a trap may depend on the host', () => {
    assert.equal(verdict({ probe: probe('ok', 'trapped-late') }), 'likely-traps (probe)');
    assert.equal(verdict({ probe: probe('ok', 'ok', 'trapped') }), 'likely-traps (probe)');
    assert.equal(verdict({ observed: [observation(3, 'trapped')] }), 'likely-traps (observed)');
    assert.equal(
      verdict({ observed: [observation(2, 'ok'), observation(3, 'trapped')] }),
      'likely-traps (observed)',
    );
  });

  it('takes a first call that trapped for no sign of what a repeated one does', () => {
    assert.equal(verdict({ observed: [observation(1, 'trapped')] }), 'unknown (none)');
    assert.equal(verdict({ probe: probe('trapped-late') }), 'unknown (probe)');
    assert.equal(verdict({ static: guard, probe: probe('trapped-late') }), 'traps (static)');
    assert.equal(verdict({ probe: probe('trapped') }), 'traps (probe)');
  });

  it('explains an observed trap by the guard, if one is known', () => {
    const { basis, guard: explaining } = judge({ static: guard, observed: [observation(2, 'trapped')] });
    assert.equal(basis, 'observed');
    assert.equal(explaining, guard);
    assert.equal(judge({ static: nothing, observed: [observation(2, 'trapped')] }).guard, undefined);
  });

  it('has nothing to say of a component without run', () => {
    assert.equal(
      verdict({ static: { type: 'no-run' }, observed: [observation(2, 'trapped')] }),
      'no-run (static)',
    );
  });

  it('warns only where a repeated call traps or likely does', () => {
    assert.equal(wouldTrap(judge({ static: guard })), true);
    assert.equal(wouldTrap(judge({ probe: probe('ok', 'trapped-late') })), true);
    assert.equal(wouldTrap(judge({ static: nothing })), false);
    assert.equal(wouldTrap(judge({ probe: probe('ok', 'ok') })), false);
  });
});
