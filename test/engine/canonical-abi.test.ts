import { trapText } from '../../src/words/outcome';
import assert from 'node:assert/strict';
import type { Outcome } from '../../src/component/outcome';
import { TestEngine } from './harness';

describe('values and handles of a guest', () => {
  let test: TestEngine;

  beforeEach(() => {
    test = new TestEngine();
  });
  afterEach(() => test.dispose());

  /** How a call of an export ends, on an instance of its own. */
  async function call(name: string, func: string): Promise<Outcome | undefined> {
    const instance = await test.start(name);
    assert.equal(instance.state.type, 'ready');
    const { ended } = await test.engine.call(instance.id, { func });
    await test.engine.disposeInstance(instance.id);
    return ended?.outcome;
  }

  it('are lifted by truncation where a core result is beyond the type', async () => {
    const values = [];
    for (const func of ['as-u8', 'as-s8', 'as-u16', 'as-s16', 'as-bool', 'pair']) {
      const outcome = await call('lifting', func);
      values.push([func, outcome?.type === 'ok' ? outcome.value : outcome]);
    }
    assert.deepEqual(values, [
      ['as-u8', 0x81],
      ['as-s8', -0x7f],
      ['as-u16', 0xff81],
      ['as-s16', -0x7f],
      ['as-bool', true],
      ['pair', [true, 0xff]],
    ]);
  });

  it('trap where a string is not UTF-8, and keep a byte order mark', async () => {
    const invalid = await call('lifting', 'invalid-text');
    assert.equal(invalid?.type, 'trapped');
    assert.match(trapText(invalid.trap), /not valid for encoding utf-8/);
    assert.deepEqual(await call('lifting', 'marked-text'), { type: 'ok', value: '\ufeffa' });
  });

  for (const func of ['drop-unknown', 'drop-twice', 'borrow-unknown']) {
    it(`trap where a handle is unknown: ${func}`, async () => {
      const outcome = await call('unknown-handle', func);
      assert.equal(outcome?.type, 'trapped');
      assert.match(trapText(outcome.trap), /unknown handle index \d+/);
    });
  }

  it('are the same in each call of the insecure seed', async () => {
    assert.deepEqual(await call('same-seed', 'same'), { type: 'ok', value: true });
  });

  it('wait where a synchronous call waits for an asynchronous one', async () => {
    assert.deepEqual(await call('sync-on-async', 'answer'), { type: 'ok', value: 42 });
  });
});
