import assert from 'node:assert/strict';
import { demangle } from '../../../src/component/demangle';
import { plainText } from '../../../src/base/sanitize';

describe('texts out of a binary', () => {
  it('cannot command a terminal, end a line or turn text around', () => {
    assert.equal(
      plainText('a\x1b]0;owned\x07b\r\nc\u2028\u202ed'),
      'a\ufffd]0;owned\ufffdb\ufffd\ufffdc\ufffd\ufffdd',
    );
    assert.equal(demangle('\x1b[2Jmain'), '\ufffd[2Jmain');
    assert.equal(demangle('_ZN3a\x1bb3foo17h0123456789abcdefE'), 'a\ufffdb::foo');
  });

  it('are cut where nobody would read on, and stay as they are else', () => {
    assert.equal(plainText('x'.repeat(5000)).length, 4097);
    assert.equal(plainText('Grüße::世界<T> `'), 'Grüße::世界<T> `');
  });
});
