import assert from 'node:assert/strict';
import { defined } from '../../../src/base/defined';

describe('the defined properties of an object', () => {
  it('leave out what is undefined and keep null, zero and the empty text', () => {
    const limit: number | undefined = Number('7') > 8 ? 7 : undefined;
    const kept = defined({ limit, name: '', count: 0, parent: null });
    assert.deepEqual(kept, { name: '', count: 0, parent: null });
    assert.equal(Object.hasOwn(kept, 'limit'), false);
  });
});
