import { startFailureText } from '../../src/words/start-failure';
import assert from 'node:assert/strict';
import { failedWithoutNetwork } from '../../src/instance/call';
import { Output, TestEngine } from './harness';

const hasJspi = 'Suspending' in WebAssembly;

describe('a component of WASI 0.3', () => {
  const test = new TestEngine();
  after(() => test.dispose());

  if (!hasJspi) {
    it('cannot start where Node has no JSPI, and the message says which Node has it', async () => {
      const instance = await test.start('async-ok');
      assert.equal(instance.state.type, 'failed');
      assert.match(startFailureText(instance.state.failure), /Node 24/);
    });
    return;
  }

  it('prints through a stream, again and again', async () => {
    const output = new Output();
    const instance = await test.start('async-print', {}, output);
    await test.run(instance);
    await test.run(instance);
    assert.equal(output.stdout, 'printed through a stream\nprinted through a stream\n');
  });

  it('reads what is typed, live, until the input ends', async () => {
    const output = new Output();
    const instance = await test.start('async-echo', {}, output);
    const call = test.run(instance);
    test.engine.writeStdin(instance.id, Buffer.from('one\n'));
    await output.until('one\n');
    test.engine.writeStdin(instance.id, Buffer.from('two\n'));
    await output.until('two\n');
    test.engine.endStdin(instance.id);
    assert.deepEqual((await call).ended?.outcome, { type: 'ok' });
  });

  it('waits by the clock', async () => {
    const call = await test.run(await test.start('async-wait'));
    assert.deepEqual(call.ended?.outcome, { type: 'ok' });
    assert.ok(call.ended.durationMs >= 199);
  });

  for (const name of ['async-sleep', 'async-spin']) {
    it(`is stopped within 100 ms: ${name}`, async () => {
      const instance = await test.start(name);
      const call = test.run(instance);
      await new Promise((wait) => setTimeout(wait, 100));
      const before = performance.now();
      await test.engine.stop(instance.id, { type: 'user' });
      assert.ok(performance.now() - before < 100);
      assert.deepEqual((await call).ended?.outcome, { type: 'stopped', reason: { type: 'user' } });
    });
  }

  it('is trapped for good where the engine would let it be called again', async () => {
    const instance = await test.start('async-trap');
    const call = await test.run(instance);
    assert.equal(call.ended?.outcome.type, 'trapped');
    await assert.rejects(test.run(instance), { name: 'CallRefused', refusal: test.now(instance).state });
  });

  it('starts without grants, and is denied directories, traffic, names and requests', async () => {
    const call = await test.run(await test.start('async-denied', { timeoutMs: 10_000 }));
    assert.deepEqual(call.ended?.outcome, { type: 'ok' });
    assert.equal(call.ended.networkDenied, true);
    assert.equal(failedWithoutNetwork(call), false); // it got along without
  });

  it('runs the highest of two versions', async () => {
    const output = new Output();
    await test.run(await test.start('both-runs', {}, output));
    assert.equal(output.stdout, 'the run of 0.3\n');
  });
});
