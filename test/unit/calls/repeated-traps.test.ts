import assert from 'node:assert/strict';
import type { Outcome } from '../../../src/instance/call';
import { InstanceRegistry, type Instance } from '../../../src/instance/registry';
import { RepeatedTraps } from '../../../src/calls/repeated-traps';
import { bareProfile, buildOf, registryWithClock } from '../instance/support';

const once = { interface: 'a:b/c', func: 'once' };
const other = { interface: 'a:b/c', func: 'other' };
const returned: Outcome = { type: 'ok' };
const trapped: Outcome = { type: 'trapped', message: 'unreachable', frames: [] };

const { registry: shared } = registryWithClock();

/** An instance of a build after these calls. */
function instanceWith(
  calls: readonly (readonly [ref: typeof once, outcome: Outcome])[],
  build = buildOf('/a.wasm'),
  registry = shared,
): Instance {
  const { id } = registry.add(build, bareProfile);
  registry.instantiated(id, 65_536);
  for (const [ref, outcome] of calls) {
    registry.called(id, ref, '');
    registry.callEnded(id, { outcome, durationMs: 1 });
  }
  const made = registry.get(id);
  assert.ok(made);
  return made;
}

describe('exports that trap when they are called again', () => {
  it('are known from a trap, and warned of where they have returned before', () => {
    const traps = new RepeatedTraps();
    const instance = instanceWith([
      [once, returned],
      [other, returned],
      [once, trapped],
    ]);
    traps.learnFrom(instance, once);
    const again = instanceWith([[once, returned]]);
    assert.equal(traps.reason(again, once), `call 2 of it did on instance #${String(instance.number)}`);
    assert.equal(traps.reason(again, other), undefined);
    assert.equal(traps.reason(instanceWith([]), once), undefined);
    const rebuilt = instanceWith([[once, returned]], buildOf('/a.wasm', 'b'.repeat(64)));
    assert.equal(traps.reason(rebuilt, once), undefined);
  });

  it('are counted with the calls that are not kept any more', () => {
    const traps = new RepeatedTraps();
    const latestOnly = new InstanceRegistry(() => 0, 2);
    const calls = [once, once, once, other, other].map((ref) => [ref, returned] as const);
    const trapping = instanceWith([...calls, [once, trapped]], buildOf('/a.wasm'), latestOnly);
    assert.equal(trapping.calls.length, 2);
    traps.learnFrom(trapping, once);
    const again = instanceWith(calls, buildOf('/a.wasm'), latestOnly);
    assert.equal(traps.reason(again, once), 'call 4 of it did on instance #1');
  });

  it('are not those whose first call trapped', () => {
    const traps = new RepeatedTraps();
    traps.learnFrom(
      instanceWith([
        [other, returned],
        [once, trapped],
      ]),
      once,
    );
    assert.equal(traps.reason(instanceWith([[once, returned]]), once), undefined);
  });
});
