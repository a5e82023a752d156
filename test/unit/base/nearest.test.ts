import assert from 'node:assert/strict';
import { nearest } from '../../../src/base/nearest';

describe('The nearest name', () => {
  it('is the one with the fewest changes', () => {
    assert.equal(nearest('gret', ['great-hall', 'greet', 'get-all']), 'greet');
    assert.equal(nearest('a:b/c@1.0.0', ['a:b/d@1.0.0', 'a:b/cc@1.0.0', 'x']), 'a:b/d@1.0.0');
  });

  it('is none where each is something else', () => {
    assert.equal(nearest('greet', ['add', 'multiply']), undefined);
    assert.equal(nearest('greet', []), undefined);
  });
});
