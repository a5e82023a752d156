import { guardVerdict } from '../unit/instance/support';
import { startFailureText } from '../../src/words/start-failure';
import assert from 'node:assert/strict';
import { CallRefused } from '../../src/engine/errors';
import { fixture } from '../fixtures';
import { Output, TestEngine } from './harness';

describe('an instance', () => {
  let test: TestEngine;

  before(() => {
    test = new TestEngine();
  });
  after(() => test.dispose());

  it('is ready when started, and prints what it is given when run', async () => {
    const output = new Output();
    const instance = await test.start(
      'hello',
      { args: ['first', 'second one'], env: { GREETING: 'hi' } },
      output,
    );
    assert.equal(instance.state.type, 'ready');
    const call = await test.run(instance);
    assert.deepEqual(call.ended?.outcome, { type: 'ok' });
    assert.equal(
      output.stdout,
      'Hello from hello.wasm\n  argument 1: first\n  argument 2: second one\n  environment: GREETING=hi\n',
    );
    assert.equal(test.now(instance).state.type, 'ready');
  });

  it('is spent when a repeated call would trap, says why, and traps when it is called all the same', async () => {
    const knowing = new TestEngine({
      cacheDir: test.cacheDir,
      spentReason: () => guardVerdict,
    });
    const instance = await knowing.start('hello');
    await knowing.run(instance);
    assert.deepEqual(knowing.now(instance).state, { type: 'spent', why: guardVerdict });
    const again = await knowing.run(instance);
    assert.equal(again.ended?.outcome.type, 'trapped');
    assert.equal(knowing.now(instance).state.type, 'trapped');
    await knowing.engine.shutdown();
  });

  it('refuses every call after a trap', async () => {
    const instance = await test.start('boom');
    const call = await test.run(instance);
    assert.equal(call.ended?.outcome.type, 'trapped');
    await assert.rejects(test.run(instance), CallRefused);
  });

  it('refuses a call while one is going on', async () => {
    const output = new Output();
    const instance = await test.start('spin', {}, output);
    const first = test.run(instance);
    await output.until('Spinning');
    await assert.rejects(test.run(instance), { refusal: { type: 'running', call: 1 } });
    await test.engine.stop(instance.id, { type: 'user' });
    assert.deepEqual((await first).ended?.outcome, { type: 'stopped', reason: { type: 'user' } });
  });

  it('keeps its state from call to call', async () => {
    const output = new Output();
    const instance = await test.start('counter', {}, output);
    await test.run(instance);
    await test.run(instance);
    assert.equal(output.stdout, 'Run 1 on this instance\nRun 2 on this instance\n');
    assert.equal(test.now(instance).calls.length, 2);
  });

  it('is exited when the guest exits', async () => {
    const output = new Output();
    const instance = await test.start('exit3', {}, output);
    const call = await test.run(instance);
    assert.deepEqual(call.ended?.outcome, { type: 'exited', code: 1 });
    assert.deepEqual(test.now(instance).state, { type: 'exited', code: 1 });
    assert.match(output.stderr, /leaving with exit\(3\)/);
  });

  it('reads what is typed, live, until the input ends', async () => {
    const output = new Output();
    const instance = await test.start('ask', {}, output);
    const call = test.run(instance);
    await output.until('Say something: ');
    test.engine.writeStdin(instance.id, Buffer.from('hello there\n'));
    await output.until('You said "hello there"');
    test.engine.endStdin(instance.id);
    assert.deepEqual((await call).ended?.outcome, { type: 'ok' });
    assert.match(output.stderr, /End of input after 1 line/);
  });

  it('fails, naming the imports that are missing', async () => {
    const instance = await test.start('needs-host');
    assert.equal(instance.state.type, 'failed');
    assert.match(startFailureText(instance.state.failure), /samples:workshop\/thermometer/);
  });

  it('is stopped within 100 ms while its guest spins', async () => {
    const output = new Output();
    const instance = await test.start('spin', {}, output);
    const call = test.run(instance);
    await output.until('Spinning');
    const before = performance.now();
    await test.engine.stop(instance.id, { type: 'user' });
    assert.ok(performance.now() - before < 100);
    assert.deepEqual((await call).ended?.outcome, { type: 'stopped', reason: { type: 'user' } });
    assert.deepEqual(test.now(instance).state, { type: 'stopped', reason: { type: 'user' } });
  });

  it('is stopped at its time limit', async () => {
    const instance = await test.start('sleep', { timeoutMs: 200 });
    const call = await test.run(instance);
    assert.deepEqual(call.ended?.outcome, { type: 'stopped', reason: { type: 'timeout', limitMs: 200 } });
  });

  it('records a runner that dies as the outcome of the call', async () => {
    const output = new Output();
    const instance = await test.start('spin', {}, output);
    const call = test.run(instance);
    await output.until('Spinning');
    const pid = test.engine.pidOf(instance.id);
    assert.ok(pid !== undefined);
    process.kill(pid, 'SIGKILL');
    assert.deepEqual((await call).ended?.outcome, {
      type: 'stopped',
      reason: { type: 'runner-died', detail: 'killed by SIGKILL' },
    });
  });
});

describe('reading a build', () => {
  const test = new TestEngine();
  after(() => test.dispose());

  const cases: readonly (readonly [string, string])[] = [
    ['module-threads', 'core-module'],
    ['empty', 'empty'],
    ['truncated', 'invalid'],
  ];
  for (const [name, code] of cases) {
    it(`refuses ${name}.wasm as ${code}`, async () => {
      const read = await test.engine.readBuild(fixture(name));
      assert.equal(read.ok ? 'ok' : read.error.code, code);
    });
  }

  it('refuses a directory, a file that is not there, and one that is not WebAssembly', async () => {
    const codes = await Promise.all(
      ['.', 'no-such.wasm', 'package.json'].map(async (path) => {
        const read = await test.engine.readBuild(path);
        return read.ok ? 'ok' : read.error.code;
      }),
    );
    assert.deepEqual(codes, ['directory', 'not-found', 'not-wasm']);
  });
});
