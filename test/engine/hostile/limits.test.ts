import assert from 'node:assert/strict';
import { eventually } from '../support/processes';
import { Arena, outcomeOf, stateOf } from './arena';

const MiB = 1024 * 1024;

describe('a limit', () => {
  const arena = new Arena();
  before(() => arena.open());
  afterEach(() => arena.close());
  after(() => arena.dispose());

  it('of memory stops a guest that grows over it, and the message names the limit', async () => {
    const { instance, call, output } = await arena.fight('grow', {
      args: ['max', 'touch'],
      maxMemoryBytes: 64 * MiB,
    });
    assert.deepEqual(call.ended?.outcome, {
      type: 'stopped',
      reason: { type: 'memory', limitBytes: 64 * MiB },
    });
    assert.equal(stateOf(instance), 'stopped: memory');
    assert.equal(output.stdout, 'growing\n');
  });

  it('of memory leaves a guest alone that grows up to it', async () => {
    const { instance, output } = await arena.fight('grow', { args: ['60'], maxMemoryBytes: 64 * MiB });
    assert.match(output.stdout, /^growing\ngrew by 60 MiB/);
    assert.equal(stateOf(instance), 'ready');
    assert.ok((instance.memoryBytes ?? 0) > 60 * MiB && (instance.memoryBytes ?? 0) <= 64 * MiB);
  });

  it('of memory keeps a component from starting that needs more at once', async () => {
    const instance = await arena.start('needs-memory', { maxMemoryBytes: 64 * MiB });
    assert.match(stateOf(instance), /^failed: .*128 MiB/);
    const enough = await arena.fight('needs-memory', { maxMemoryBytes: 128 * MiB });
    assert.equal(stateOf(enough.instance), 'ready');
  });

  it('of the stack is the depth at which a recursion traps', async () => {
    for (const stackKiB of [200, 4000]) {
      const { instance, call } = await arena.fight('recurse', { args: ['wasm'], stackKiB });
      assert.equal(call.ended && outcomeOf(call.ended.outcome), 'trapped: call stack exhausted');
      assert.equal(stateOf(instance), 'trapped: call stack exhausted');
    }
  });

  it('of the stack that the system does not have ends the runner alone', async () => {
    const { instance, call } = await arena.fight('recurse', { args: ['wasm'], stackKiB: 500_000 });
    assert.ok(await eventually(() => !stateOf(instance).startsWith('running'), 5000));
    assert.match(
      call.ended ? outcomeOf(call.ended.outcome) : '',
      /^(stopped: runner-died|trapped: call stack exhausted)$/,
    );
  });

  it('of time stops a guest that takes longer, and no other', async () => {
    const instance = await arena.start('sleep', { args: ['300'], timeoutMs: 2000 });
    assert.equal((await arena.test.run(instance)).ended?.outcome.type, 'ok');
    const endless = await arena.fight('sleep', { timeoutMs: 500 });
    assert.deepEqual(endless.call.ended?.outcome, {
      type: 'stopped',
      reason: { type: 'timeout', limitMs: 500 },
    });
    assert.ok(endless.call.ended.durationMs >= 490);
  });
});
