import assert from 'node:assert/strict';
import { Standbys } from '../../../src/engine/standbys';
import type { Instance } from '../../../src/instance/registry';
import { bareProfile, buildOf, registryWithClock } from '../instance/support';

const mebibyte = 1024 * 1024;
const build = buildOf('/a.wasm');

describe('the instances that wait for their use', () => {
  const { registry } = registryWithClock();
  const instance = (memoryBytes: number): Instance => {
    const { id } = registry.add(build, bareProfile, { standby: true });
    registry.instantiated(id, memoryBytes);
    return registry.get(id)!;
  };

  function waitingRoom(limits: { readonly max: number; readonly maxMemoryBytes: number }) {
    const dropped: string[] = [];
    const standbys = new Standbys({ ...limits, idleMs: 60_000 }, (id) => dropped.push(id));
    /** Makes one for a key and waits until it is there. */
    const fill = async (key: string, made: Instance | undefined) => {
      await new Promise<void>((resolve) => {
        standbys.refill(build, key, () => {
          resolve();
          return Promise.resolve(made);
        });
      });
      await new Promise((resolve) => setImmediate(resolve));
    };
    return { standbys, dropped, fill };
  }

  it('are made again after they were taken', async () => {
    const { standbys, fill } = waitingRoom({ max: 2, maxMemoryBytes: mebibyte });
    for (const one of [instance(0), instance(0)]) {
      await fill('key', one);
      assert.equal(standbys.take('key'), one.id);
      assert.equal(standbys.take('key'), undefined);
    }
    standbys.dispose();
  });

  it('are made again after none could be made', async () => {
    const { standbys, fill } = waitingRoom({ max: 2, maxMemoryBytes: mebibyte });
    await fill('key', undefined);
    const made = instance(0);
    await fill('key', made);
    assert.equal(standbys.take('key'), made.id);
    standbys.dispose();
  });

  it('are the youngest as long as their memory fits, and go oldest first', async () => {
    const { standbys, dropped, fill } = waitingRoom({ max: 9, maxMemoryBytes: 3 * mebibyte });
    const [first, second, third] = [instance(mebibyte), instance(2 * mebibyte), instance(mebibyte)];
    await fill('first', first);
    await fill('second', second);
    assert.deepEqual(dropped, []);
    await fill('third', third);
    assert.deepEqual(dropped, [first.id]);
    standbys.limit({ max: 9, maxMemoryBytes: mebibyte, idleMs: 60_000 });
    assert.deepEqual(dropped, [first.id, second.id]);
    assert.equal(standbys.take('third'), third.id);
    standbys.dispose();
  });

  it('go with their build alone', async () => {
    const { standbys, dropped, fill } = waitingRoom({ max: 9, maxMemoryBytes: mebibyte });
    const made = instance(0);
    await fill('key', made);
    standbys.dropOutdated(build);
    standbys.dropOutdated(buildOf('/b.wasm', 'b'.repeat(64)));
    assert.deepEqual(dropped, []);
    standbys.dropOutdated(buildOf('/a.wasm', 'b'.repeat(64)));
    assert.deepEqual(dropped, [made.id]);
    standbys.dispose();
  });
});
