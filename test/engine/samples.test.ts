import assert from 'node:assert/strict';
import type { CallSession } from '../../src/calls/call-session';
import { TestEngine } from './harness';
import { waveErrorText } from '../../src/words/wave-error';

describe('the sample of a library in JavaScript', () => {
  const test = new TestEngine();
  after(() => test.dispose());

  it('is called again and again, and keeps its state as long as its instance', async () => {
    const session = await open();
    assert.deepEqual(await results(session, ['add("a")', 'add("a")', 'add("b")', 'reset()', 'add("a")']), [
      '1',
      '2',
      '1',
      '()',
      '1',
    ]);
    assert.deepEqual(await results(session, ['add("a")']), ['2']);
    assert.deepEqual(await results(await open(), ['add("a")']), ['1']);
  });

  async function open(): Promise<CallSession> {
    const instance = await test.start('tally');
    assert.equal(instance.state.type, 'ready');
    return await test.session(instance);
  }
});

async function results(session: CallSession, calls: readonly string[]): Promise<readonly string[]> {
  const found: string[] = [];
  for (const call of calls) {
    const made = await session.call(call);
    assert.ok(made.ok, made.ok ? '' : waveErrorText(made.error));
    found.push(made.value.result ?? String(made.value.call.ended?.outcome.type));
  }
  return found;
}
