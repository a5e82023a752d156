import assert from 'node:assert/strict';
import { posix, win32 } from 'node:path';
import { isWithin } from '../../../src/base/is-within';

describe('isWithin', () => {
  it('is true of a folder and of what is in it', () => {
    for (const file of ['/ws', '/ws/', '/ws/a', '/ws/a/b', '/ws/a/../b']) {
      assert.ok(isWithin(file, '/ws', posix), file);
    }
  });

  it('is true of names that begin with dots', () => {
    for (const file of ['/ws/..bin/wasmtime', '/ws/..bin', '/ws/...', '/ws/.a']) {
      assert.ok(isWithin(file, '/ws', posix), file);
    }
  });

  it('is false of what is beside a folder or above it', () => {
    for (const file of ['/', '/wsx', '/other', '/ws/..', '/ws/../other', '/..bin']) {
      assert.ok(!isWithin(file, '/ws', posix), file);
    }
  });

  it('goes by the rules of Windows where it is told so', () => {
    assert.ok(isWithin('c:\\WS\\..bin\\wasmtime.exe', 'C:\\ws', win32));
    assert.ok(!isWithin('C:\\other', 'C:\\ws', win32));
    assert.ok(!isWithin('D:\\ws\\a', 'C:\\ws', win32));
  });

  it('takes the rules of this system by default', () => {
    assert.ok(isWithin(__filename, __dirname));
    assert.ok(!isWithin(__dirname, __filename));
  });
});
