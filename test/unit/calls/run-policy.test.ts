import assert from 'node:assert/strict';
import type { Instance } from '../../../src/instance/registry';
import { planRun, type OnRepeatedRun } from '../../../src/calls/run-policy';
import { bareProfile, buildOf, registryWithClock, runRef } from '../instance/support';

describe('what Run does', () => {
  it('takes a fresh instance where there is none', () => {
    assert.deepEqual(planRun(undefined, 'ask'), { type: 'fresh' });
  });

  it('calls an instance that is ready, however often it ran', () => {
    const instance = instanceIn('ready');
    assert.deepEqual(planRun(instance, 'ask'), { type: 'call', instance });
  });

  it('takes a fresh instance where the current one is busy', () => {
    assert.deepEqual(planRun(instanceIn('running'), 'same'), { type: 'fresh' });
  });

  it('leaves the decision on a spent instance to the setting', () => {
    const instance = instanceIn('spent');
    const plans = (['ask', 'fresh', 'same'] satisfies OnRepeatedRun[]).map(
      (setting) => planRun(instance, setting).type,
    );
    assert.deepEqual(plans, ['ask', 'fresh', 'call']);
  });

  it('asks with the reason that the verdict gave', () => {
    const plan = planRun(instanceIn('spent'), 'ask');
    assert.equal(plan.type === 'ask' && plan.why, 'its `_start` may run once per instance');
  });
});

function instanceIn(state: 'ready' | 'running' | 'spent'): Instance {
  const { registry } = registryWithClock();
  const { id } = registry.add(buildOf('/hello.wasm'), bareProfile);
  registry.instantiated(id);
  registry.called(id, runRef, '');
  if (state !== 'running') {
    registry.callEnded(id, {
      outcome: { type: 'ok' },
      durationMs: 1,
      ...(state === 'spent' ? { spent: 'its `_start` may run once per instance' } : {}),
    });
  }
  return registry.get(id)!;
}
