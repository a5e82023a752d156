import assert from 'node:assert/strict';
import { OutputCap } from '../../../src/engine/output-cap';

describe('a cap on output', () => {
  it('passes on so much, says once that it drops the rest, and counts it', () => {
    let passed = '';
    let truncations = 0;
    const taker = {
      output: (_: 'stdout' | 'stderr', bytes: Uint8Array) => void (passed += Buffer.from(bytes).toString()),
    };
    const cap = new OutputCap(taker, 5, () => {
      truncations += 1;
    });
    for (const text of ['abc', 'defg', 'hij']) void cap.io.output('stdout', Buffer.from(text));
    assert.equal(passed, 'abcde');
    assert.equal(cap.droppedBytes, 5);
    assert.equal(truncations, 1);
    cap.lift();
    for (const text of ['klm', 'nopq']) void cap.io.output('stderr', Buffer.from(text));
    assert.equal(passed, 'abcdeklmno');
    assert.equal(truncations, 2);
  });

  it('asks for patience as the taker does', () => {
    const busy = Promise.resolve();
    const cap = new OutputCap({ output: () => busy }, 5, () => undefined);
    assert.equal(cap.io.output('stdout', Buffer.from('abc')), busy);
    assert.equal(cap.io.output('stdout', Buffer.from('defgh')), busy);
    assert.equal(cap.io.output('stdout', Buffer.from('ijk')), undefined);
  });
});
