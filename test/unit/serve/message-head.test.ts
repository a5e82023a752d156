import assert from 'node:assert/strict';
import { passedOn, targetOf } from '../../../src/serve/message-head';

describe('the head of a message', () => {
  it('is passed on without what belongs to the connection', () => {
    const raw = ['Host', 'x', 'Connection', 'close', 'Set-Cookie', 'a', 'Set-Cookie', 'b', 'Keep-Alive', '5'];
    assert.deepEqual(passedOn(raw, 'host'), ['Set-Cookie', 'a', 'Set-Cookie', 'b']);
  });

  it('names path and authority in the first line or in the host', () => {
    assert.deepEqual(targetOf('/a?b', 'x:1'), { path: '/a?b', authority: 'x:1' });
    assert.deepEqual(targetOf('http://y/a', 'x'), { path: '/a', authority: 'y' });
    assert.deepEqual(targetOf('http://y?q', undefined), { path: '/?q', authority: 'y' });
    assert.deepEqual(targetOf('*', undefined), { path: '*', authority: '' });
  });
});
