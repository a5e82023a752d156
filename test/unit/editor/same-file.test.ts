import assert from 'node:assert/strict';
import { posix, win32 } from 'node:path';
import { meansFile } from '../../../src/editor/settings/same-file';

describe('a path in the settings', () => {
  it('means a file on Windows with either slash and in any case', () => {
    const file = 'c:\\Work\\project\\build\\app.wasm';
    const folder = 'c:\\Work\\project';
    const same = [
      'build/app.wasm',
      'build\\app.wasm',
      './build//app.wasm',
      '..\\project\\Build\\App.wasm',
      'C:/Work/project/build/app.wasm',
      'C:\\work\\project\\build\\app.wasm',
      'c:\\Work\\project\\build\\app.wasm',
      '\\Work\\project\\build\\app.wasm',
    ];
    for (const written of same) assert.ok(meansFile(written, file, folder, win32), written);
    const others = [
      'app.wasm',
      'build/app',
      'build/app.wasm.bak',
      'D:/Work/project/build/app.wasm',
      '\\\\server\\Work\\project\\build\\app.wasm',
      '',
    ];
    for (const written of others) assert.ok(!meansFile(written, file, folder, win32), written);
  });

  it('means a file on a Windows share', () => {
    const file = '\\\\server\\share\\app.wasm';
    assert.ok(meansFile('//Server/share/app.wasm', file, 'c:\\x', win32));
    assert.ok(meansFile('app.wasm', file, '\\\\server\\share', win32));
  });

  it('means a file elsewhere only with slashes and in the same case', () => {
    const file = '/code/build/app.wasm';
    for (const written of ['build/app.wasm', './build//app.wasm', '../code/build/app.wasm', file])
      assert.ok(meansFile(written, file, '/code', posix), written);
    for (const written of ['Build/app.wasm', 'build\\app.wasm', '/Work/build/app.wasm', 'app.wasm'])
      assert.ok(!meansFile(written, file, '/code', posix), written);
  });
});
