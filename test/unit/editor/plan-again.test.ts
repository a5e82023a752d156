import assert from 'node:assert/strict';
import { planCall } from '../../../src/calls/plan-call';
import { planAgain, type DebuggedRun } from '../../../src/editor/debug/plan-again';
import type { Profile } from '../../../src/instance/profile';
import { bareProfile, buildOf, guardVerdict, registryWithClock, runRef } from '../instance/support';

const path = '/hello.wasm';
const data: Profile = { ...bareProfile, dirs: [{ host: '/home/me', guest: '/data', readOnly: true }] };

/** The decision that the editor's planner asks, for a component whose second run traps. */
const planner: Parameters<typeof planAgain>[3] = {
  plan: (_path, { export: ref, picked, grants, insists }) =>
    planCall({
      export: ref,
      instances: [],
      picked,
      grants: grants ?? bareProfile,
      knowledge: { trapReason: () => guardVerdict },
      onRepeatedRun: insists === true ? 'same' : 'ask',
    }),
};

describe('a launch configuration with `instance: current`', () => {
  it('calls again in the youngest session whose guest has returned', () => {
    const [older, younger] = [session(), session()];
    assert.deepEqual(planAgain([older, younger], path, bareProfile, planner), {
      type: 'call',
      session: younger,
    });
  });

  it('does not use a grant that was taken away', () => {
    const before = session(data);
    assert.deepEqual(planAgain([before], path, bareProfile, planner), {
      type: 'fresh',
      insteadOf: before.instance,
    });
  });

  it('does not call an instance without a grant that was added', () => {
    assert.equal(planAgain([session()], path, data, planner).type, 'fresh');
  });

  it('calls again with other arguments, which are given per call', () => {
    assert.equal(planAgain([session()], path, { ...bareProfile, args: ['x'] }, planner).type, 'call');
  });

  it('takes a fresh instance where no session of the component can call again', () => {
    const busy = { ...session(), canRunAgain: false };
    for (const sessions of [[], [busy], [session(bareProfile, '/other.wasm')]])
      assert.deepEqual(planAgain(sessions, path, bareProfile, planner), { type: 'fresh' });
  });
});

/** A session with an instance on which `run` has returned. */
function session(profile = bareProfile, of = path): DebuggedRun {
  const { registry } = registryWithClock();
  const { id } = registry.add(buildOf(of), profile, { debugged: true });
  registry.instantiated(id);
  return { canRunAgain: true, instance: registry.get(id), export: runRef };
}
