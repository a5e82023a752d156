import assert from 'node:assert/strict';
import { IllegalTransition, InstanceRegistry, type RegistryChange } from '../../../src/instance/registry';
import { guardVerdict, bareProfile, buildOf, registryWithClock, runRef } from './support';

describe('the registry of instances', () => {
  it('numbers the instances of each component from 1', () => {
    const { registry } = registryWithClock();
    const numbers = ['/a.wasm', '/b.wasm', '/a.wasm'].map(
      (path) => registry.add(buildOf(path), bareProfile).number,
    );
    assert.deepEqual(numbers, [1, 1, 2]);
  });

  it('keeps each call with number, times, outcome and memory', () => {
    const { registry, clock } = registryWithClock();
    const { id } = registry.add(buildOf('/a.wasm'), bareProfile);
    registry.instantiated(id, 65_536);
    clock.now = 2_000;
    registry.called(id, runRef, 'x');
    registry.callEnded(id, { outcome: { type: 'ok' }, durationMs: 12, memoryAfterBytes: 131_072 });
    assert.deepEqual(registry.get(id)?.calls, [
      {
        number: 1,
        export: runRef,
        arguments: 'x',
        startedAt: 2_000,
        ended: { outcome: { type: 'ok' }, durationMs: 12 },
        memoryBeforeBytes: 65_536,
        memoryAfterBytes: 131_072,
      },
    ]);
    assert.equal(registry.get(id)?.memoryBytes, 131_072);
  });

  it('keeps only so many calls as it is told to, and counts all', () => {
    const registry = new InstanceRegistry(() => 0, 2);
    const { id } = registry.add(buildOf('/a.wasm'), bareProfile);
    registry.instantiated(id);
    for (let call = 1; call <= 3; call++) {
      registry.called(id, call === 1 ? runRef : { func: 'add' }, '');
      registry.callEnded(id, { outcome: { type: 'ok' }, durationMs: 1 });
    }
    const instance = registry.get(id)!;
    assert.deepEqual(
      instance.calls.map(({ number }) => number),
      [2, 3],
    );
    assert.equal(instance.callCount, 3);
    assert.equal(instance.hasRun, true);
  });

  it('lets go of the oldest large results when they are too much together', () => {
    const registry = new InstanceRegistry(() => 0, 200);
    const { id } = registry.add(buildOf('/a.wasm'), bareProfile);
    registry.instantiated(id);
    for (const resultBytes of [20 << 20, 100, 20 << 20, 60 << 20]) {
      registry.called(id, { func: 'read' }, '');
      registry.callEnded(id, { outcome: { type: 'ok', value: 'x' }, durationMs: 1, resultBytes });
    }
    assert.deepEqual(
      registry.get(id)?.calls.map(({ ended }) => ended?.outcome),
      [
        { type: 'ok', forgotten: true },
        { type: 'ok', value: 'x' },
        { type: 'ok', forgotten: true },
        { type: 'ok', value: 'x' },
      ],
    );
  });

  it('tells what changed, in order, with the snapshots before and after', () => {
    const { registry } = registryWithClock();
    const changes: string[] = [];
    const describeChange = (change: RegistryChange) =>
      change.type === 'changed'
        ? `${change.before.state.type} -> ${change.instance.state.type}`
        : `${change.type} ${change.instance.state.type}`;
    registry.onDidChange((change) => changes.push(describeChange(change)));
    const { id } = registry.add(buildOf('/a.wasm'), bareProfile);
    registry.instantiated(id);
    registry.called(id, runRef, '');
    registry.callEnded(id, { outcome: { type: 'ok' }, durationMs: 1, spent: guardVerdict });
    registry.remove(id);
    assert.deepEqual(changes, [
      'added starting',
      'starting -> ready',
      'ready -> running',
      'running -> spent',
      'removed disposed',
    ]);
  });

  it('never changes a snapshot that it gave away', () => {
    const { registry } = registryWithClock();
    const before = registry.add(buildOf('/a.wasm'), bareProfile);
    registry.instantiated(before.id);
    assert.equal(before.state.type, 'starting');
  });

  it('refuses a transition that cannot be, naming instance and event', () => {
    const { registry } = registryWithClock();
    const { id } = registry.add(buildOf('/a.wasm'), bareProfile);
    assert.throws(
      () => registry.called(id, runRef, ''),
      (error) => error instanceof IllegalTransition && error.message.includes('#1 of /a.wasm is starting'),
    );
  });

  it('marks the instances of an older build as outdated, and takes the mark back when that build returns', () => {
    const { registry } = registryWithClock();
    const { id } = registry.add(buildOf('/a.wasm', 'old'), bareProfile);
    const other = registry.add(buildOf('/b.wasm', 'old'), bareProfile);
    registry.rebuilt('/a.wasm', 'new');
    assert.equal(registry.get(id)?.outdated, true);
    assert.equal(registry.get(other.id)?.outdated, false);
    registry.rebuilt('/a.wasm', 'old');
    assert.equal(registry.get(id)?.outdated, false);
  });
});
