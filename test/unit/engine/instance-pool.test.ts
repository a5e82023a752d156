import assert from 'node:assert/strict';
import { InstancePool, type StandbyLimits } from '../../../src/engine/instance-pool';
import type { LaunchPlan, LaunchRequest } from '../../../src/engine/launch-plan';
import type { Profile } from '../../../src/instance/profile';
import type { Build, InstanceId } from '../../../src/instance/registry';
import { bareProfile, buildOf, registryWithClock } from '../instance/support';

const mebibyte = 1024 * 1024;
const limits: StandbyLimits = { max: 9, maxMemoryBytes: 3 * mebibyte, idleMs: 60_000 };

describe('the instance pool', () => {
  it('hands an instance out once, and pre-warms the next one after a call', async () => {
    const test = new Pool();
    const first = test.called('/a.wasm');
    const [warm] = await test.prewarmed([first]);
    assert.equal(test.take('/a.wasm'), warm);
    assert.equal(test.take('/a.wasm'), undefined);
    const [next] = await test.prewarmed([warm!]);
    assert.notEqual(next, warm);
    assert.equal(test.take('/a.wasm'), next);
    test.pool.dispose();
  });

  it('pre-warms again after an instance that did not come up', async () => {
    const test = new Pool();
    const first = test.called('/a.wasm');
    test.starts = false;
    assert.deepEqual(await test.prewarmed([first]), [undefined]);
    test.starts = true;
    const [warm] = await test.prewarmed([first]);
    assert.equal(test.take('/a.wasm'), warm);
    test.pool.dispose();
  });

  it('ends an instance whose runner has died, in place of handing it out', async () => {
    const test = new Pool();
    const [warm] = await test.prewarmed([test.called('/a.wasm')]);
    test.runs = false;
    assert.equal(test.take('/a.wasm'), undefined);
    assert.deepEqual(test.ended, [warm]);
    test.pool.dispose();
  });

  it('ends the oldest instances when their memory is beyond the limit', async () => {
    const test = new Pool();
    const [first] = await test.prewarmed([test.called('/a.wasm')], mebibyte);
    const [second] = await test.prewarmed([test.called('/b.wasm')], 2 * mebibyte);
    assert.deepEqual(test.ended, []);
    const [third] = await test.prewarmed([test.called('/c.wasm')], mebibyte);
    assert.deepEqual(test.ended, [first]);
    test.pool.limit({ ...limits, maxMemoryBytes: mebibyte });
    assert.deepEqual(test.ended, [first, second]);
    assert.equal(test.take('/c.wasm'), third);
    test.pool.dispose();
  });

  it('ends the instances of a file that was rebuilt', async () => {
    const test = new Pool();
    const [warm] = await test.prewarmed([test.called('/a.wasm')]);
    test.pool.dropOutdated(buildOf('/a.wasm'));
    test.pool.dropOutdated(buildOf('/b.wasm', 'b'.repeat(64)));
    assert.deepEqual(test.ended, []);
    test.pool.dropOutdated(buildOf('/a.wasm', 'b'.repeat(64)));
    assert.deepEqual(test.ended, [warm]);
    test.pool.dispose();
  });

  it('serves only requests with the same grants and streams, whatever the arguments', async () => {
    const test = new Pool();
    const [warm] = await test.prewarmed([test.called('/a.wasm')]);
    assert.equal(test.take('/a.wasm', { network: true }), undefined);
    assert.equal(test.take('/a.wasm', { maxMemoryBytes: mebibyte }), undefined);
    assert.equal(test.take('/a.wasm', {}, { debug: true }), undefined);
    assert.equal(test.take('/a.wasm', {}, { io: { output: () => undefined, terminal: false } }), undefined);
    assert.equal(test.take('/a.wasm', { args: ['x'], timeoutMs: 1 }), warm);
    test.pool.dispose();
  });

  it('pre-warms nothing for runs that are debugged or read a file', async () => {
    const test = new Pool();
    const plain = test.called('/a.wasm');
    test.called('/b.wasm', {}, { debug: true });
    test.called('/c.wasm', { stdin: { type: 'file', path: '/input' } });
    await test.prewarmed([plain]);
    assert.deepEqual(test.launched, ['/a.wasm']);
    test.pool.dispose();
  });
});

/** A pool over a registry, with an engine around it that starts no process. */
class Pool {
  readonly registry = registryWithClock().registry;
  readonly launched: string[] = [];
  readonly ended: InstanceId[] = [];
  /** Whether instances come up. */
  starts = true;
  /** Whether runners live on. */
  runs = true;
  #memoryBytes = 0;
  readonly pool = new InstancePool(
    {
      registry: this.registry,
      launch: (id, { request }) => {
        this.launched.push(request.build.path);
        if (this.starts) this.registry.instantiated(id, this.#memoryBytes);
        else this.registry.couldNotStart(id, { code: 'rebuilt' });
        return Promise.resolve();
      },
      adopt: (id, _io, profile) => {
        if (this.runs) this.registry.claimed(id, profile);
        return this.runs;
      },
      dispose: (id) => {
        if (this.starts) this.ended.push(id);
        return Promise.resolve();
      },
      log: () => undefined,
    },
    limits,
  );

  /** Adds an instance that was called. */
  called(path: string, profile: Partial<Profile> = {}, request: Partial<LaunchRequest> = {}): InstanceId {
    const build = buildOf(path);
    const { id } = this.registry.add(build, bareProfile);
    this.registry.instantiated(id, 0);
    this.pool.learn(id, planOf(build, profile, request));
    this.pool.refill(id);
    return id;
  }

  /** What was pre-warmed after calls of these instances. */
  async prewarmed(
    called: readonly InstanceId[],
    memoryBytes = 0,
  ): Promise<readonly (InstanceId | undefined)[]> {
    this.#memoryBytes = memoryBytes;
    const before = this.registry.all().length;
    for (const id of called) this.pool.refill(id);
    await new Promise((resolve) => setTimeout(resolve, 150));
    const made = this.registry.all().slice(before);
    return made.map(({ id, state }) => (state.type === 'ready' ? id : undefined));
  }

  take(
    path: string,
    profile: Partial<Profile> = {},
    request: Partial<LaunchRequest> = {},
  ): InstanceId | undefined {
    return this.pool.take(planOf(buildOf(path), profile, request).request)?.id;
  }
}

function planOf(build: Build, profile: Partial<Profile>, request: Partial<LaunchRequest>): LaunchPlan {
  return {
    request: {
      build,
      profile: { ...bareProfile, ...profile },
      io: { output: () => undefined },
      debug: false,
      countHostCalls: false,
      ...request,
    },
    artifact: {
      folder: '/cache',
      manifest: { format: '', files: [], imports: [], exports: [], async: false },
    },
    shape: { stdio: { type: 'piped', stdin: 'pipe' }, nodeArgs: [] },
    start: {
      type: 'start',
      artifact: { glue: '/cache/glue.js', cores: [], imports: [], async: false },
      grants: { dirs: [], network: false },
      modules: [],
      program: { argv: [], env: [] },
      output: 'framed',
      stdin: true,
      terminals: { stdin: true, stdout: true, stderr: true },
      debug: false,
      countHostCalls: false,
    },
  };
}
