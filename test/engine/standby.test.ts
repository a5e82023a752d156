import assert from 'node:assert/strict';
import { renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { CallRefused } from '../../src/engine/errors';
import type { Profile } from '../../src/instance/profile';
import type { Instance } from '../../src/instance/registry';
import { callRefusedText } from '../../src/words/refusal';
import { isRunning } from './support/processes';
import { Output, TestEngine } from './harness';

const standby = { max: 2, maxMemoryBytes: 64 * 1024 * 1024, idleMs: 60_000 };

describe('a pre-warmed instance', () => {
  let test: TestEngine;

  beforeEach(() => {
    test = new TestEngine({ standby, keepBareRunner: true });
  });
  afterEach(() => test.dispose());

  const standbys = () => test.registry.all().filter((each) => each.standby && each.state.type === 'ready');

  async function untilStandbys(count: number): Promise<readonly Instance[]> {
    const deadline = Date.now() + 5000;
    while (standbys().length !== count) {
      if (Date.now() > deadline)
        throw new Error(`There are ${String(standbys().length)} standbys, not ${String(count)}`);
      await new Promise((wait) => setTimeout(wait, 5));
    }
    return standbys();
  }

  async function runFixture(
    name: string,
    profile: Partial<Profile> = {},
  ): Promise<{ instance: Instance; stdout: string }> {
    const output = new Output();
    const instance = await test.start(name, profile, output);
    await test.run(instance);
    return { instance, stdout: output.stdout };
  }

  it('is made only for a component that was run', async () => {
    await test.start('hello');
    await new Promise((wait) => setTimeout(wait, 300));
    assert.deepEqual(standbys(), []);
  });

  it('is handed out as the next fresh instance, with new arguments and environment', async () => {
    await runFixture('hello', { args: ['first'] });
    const [ahead] = await untilStandbys(1);
    assert.equal(ahead?.number, 2);
    const { instance, stdout } = await runFixture('hello', { args: ['second'], env: { GIVEN: 'late' } });
    assert.equal(instance.id, ahead.id);
    assert.equal(instance.standby, false);
    assert.deepEqual(instance.profile.args, ['second']);
    assert.equal(stdout, 'Hello from hello.wasm\n  argument 1: second\n  environment: GIVEN=late\n');
  });

  it('cannot be called before it is handed out', async () => {
    await runFixture('hello');
    const [ahead] = await untilStandbys(1);
    await assert.rejects(test.run(ahead!), (error: unknown) => {
      assert.ok(error instanceof CallRefused);
      assert.equal(
        callRefusedText(error),
        `The call on hello.wasm #${String(ahead!.number)} was refused: it is a standby, which is used when a fresh instance is asked for.`,
      );
      return true;
    });
  });

  it('is not handed out where the grants differ', async () => {
    await runFixture('hello');
    const [ahead] = await untilStandbys(1);
    const { instance } = await runFixture('hello', { dirs: [{ host: '/', guest: '/data', readOnly: true }] });
    assert.notEqual(instance.id, ahead?.id);
  });

  it('is not made during a run that never ends', async () => {
    const output = new Output();
    const instance = await test.start('spin', {}, output);
    const call = test.run(instance);
    await output.until('Spinning');
    await new Promise((wait) => setTimeout(wait, 300));
    assert.deepEqual(standbys(), []);
    await test.engine.stop(instance.id, { type: 'user' });
    await call;
  });

  it('is ended for newer ones at the limit', async () => {
    for (const name of ['hello', 'counter', 'exit3']) await runFixture(name);
    await new Promise((wait) => setTimeout(wait, 600));
    const names = (await untilStandbys(2)).map(({ build }) => build.path.replace(/^.*[\\/]/, ''));
    assert.deepEqual(names, ['counter.wasm', 'exit3.wasm']);
  });

  it('is ended with its process when the limit becomes 0', async () => {
    await runFixture('hello');
    const [ahead] = await untilStandbys(1);
    const pid = test.engine.pidOf(ahead!.id)!;
    test.engine.limitStandbys({ ...standby, max: 0 });
    await untilStandbys(0);
    await new Promise((wait) => setTimeout(wait, 200));
    assert.equal(test.registry.get(ahead!.id), undefined);
    assert.equal(isRunning(pid), false);
  });

  it('leaves the registry once its process has died, and the next start makes another', async () => {
    await runFixture('hello');
    const [ahead] = await untilStandbys(1);
    process.kill(test.engine.pidOf(ahead!.id)!, 'SIGKILL');
    await untilStandbys(0);
    const { instance } = await runFixture('hello');
    assert.equal(test.registry.get(ahead!.id), undefined);
    assert.deepEqual([instance.number, instance.state.type], [3, 'ready']);
  });

  it('is not made where stdin is a file, which may be replaced meanwhile', async () => {
    const path = join(test.cacheDir, 'input.txt');
    writeFileSync(path, 'old\n');
    await runFixture('echo', { stdin: { type: 'file', path } });
    await new Promise((wait) => setTimeout(wait, 300));
    assert.equal(test.registry.all().length, 1);
    writeFileSync(`${path}.new`, 'new\n');
    renameSync(`${path}.new`, path);
    const { stdout } = await runFixture('echo', { stdin: { type: 'file', path } });
    assert.equal(stdout, 'new\n');
  });

  it('can run in a runner that served before, and sees nothing of the instance before', async () => {
    const first = await test.start('counter');
    const pid = test.engine.pidOf(first.id);
    await test.run(first);
    await test.run(first);
    await test.engine.disposeInstance(first.id);
    const output = new Output();
    const second = await test.start('counter', {}, output);
    assert.equal(test.engine.pidOf(second.id), pid);
    await test.run(second);
    assert.equal(output.stdout, 'Run 1 on this instance\n');
  });

  it('never runs in the runner of a trap, a stop, or a guest that was sent input', async () => {
    const endings: readonly (readonly [string, (instance: Instance) => Promise<unknown>])[] = [
      ['boom', (instance) => test.run(instance)],
      ['counter', (instance) => test.engine.stop(instance.id, { type: 'user' })],
      [
        'counter',
        async (instance) => {
          test.engine.writeStdin(instance.id, Buffer.from('left over\n'));
          await test.run(instance);
        },
      ],
    ];
    for (const [name, end] of endings) {
      test.engine.limitStandbys({ ...standby, max: 0 });
      const first = await test.start(name);
      const pid = test.engine.pidOf(first.id);
      await end(first);
      await test.engine.disposeInstance(first.id);
      const second = await test.start(name);
      assert.notEqual(test.engine.pidOf(second.id), pid);
      await test.engine.disposeInstance(second.id);
    }
  });
});
