import assert from 'node:assert/strict';
import { fixture } from '../../fixtures';
import { startCli } from '../support/cli';

describe('Ctrl+C ends `fresh-instance run` with status 130 and leaves nothing', () => {
  const guests = [
    { name: 'spin', says: 'Spinning' },
    { name: 'sleep', says: 'sleeping' },
    { name: 'ask', says: 'Say something: ' },
  ] as const;
  for (const { name, says } of guests) {
    for (const to of ['group', 'command'] as const) {
      it(`of ${name}.wasm, when the signal reaches ${to === 'group' ? 'all processes' : 'the command alone'}`, async () => {
        const command = startCli(['run', fixture(name)]);
        await command.until(says);
        const before = performance.now();
        command.signal('SIGINT', to);
        const { status, leftBehind } = await command.result;
        assert.deepEqual([status, leftBehind], [130, []]);
        assert.ok(performance.now() - before < 500);
      });
    }
  }

  it('in the middle of many repeats', async () => {
    const command = startCli(['run', fixture('hello'), '--repeat', '100000']);
    await command.until('Hello from hello.wasm\nHello');
    command.signal('SIGINT', 'group');
    const { status, leftBehind } = await command.result;
    assert.deepEqual([status, leftBehind], [130, []]);
  });

  it('and so does SIGTERM', async () => {
    const command = startCli(['run', fixture('spin')]);
    await command.until('Spinning');
    command.signal('SIGTERM');
    const { status, leftBehind } = await command.result;
    assert.deepEqual([status, leftBehind], [130, []]);
  });
});
