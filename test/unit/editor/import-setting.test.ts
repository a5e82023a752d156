import assert from 'node:assert/strict';
import { join, resolve, win32 } from 'node:path';
import { modulesInSetting } from '../../../src/editor/settings/import-setting';

const folder = resolve('project');
const component = join(folder, 'build', 'app.wasm');

describe('the setting freshInstance.imports', () => {
  it('names modules by component and interface, relative to the folder or absolute', () => {
    const elsewhere = resolve('elsewhere.mjs');
    const setting = {
      './build/app.wasm': { 'my:pkg/clock': 'host/clock.mjs', 'my:pkg/log@1.0.0': elsewhere },
    };
    assert.deepEqual(modulesInSetting(setting, component, folder), [
      { interface: 'my:pkg/clock', path: join(folder, 'host', 'clock.mjs') },
      { interface: 'my:pkg/log@1.0.0', path: elsewhere },
    ]);
  });

  it('finds the component on Windows, however its path is written', () => {
    for (const key of ['build\\app.wasm', 'C:/Project/build/app.wasm', 'C:\\project\\build\\app.wasm']) {
      assert.deepEqual(
        modulesInSetting(
          { [key]: { 'my:pkg/clock': 'host/clock.mjs' } },
          'c:\\project\\build\\app.wasm',
          'c:\\project',
          win32,
        ),
        [{ interface: 'my:pkg/clock', path: 'c:\\project\\host\\clock.mjs' }],
      );
    }
  });

  it('says nothing of other components', () => {
    assert.deepEqual(modulesInSetting({ 'app.wasm': { 'my:pkg/clock': 'c.mjs' } }, component, folder), []);
  });

  it('is left out where it has another shape', () => {
    for (const setting of [
      undefined,
      null,
      'text',
      { 'build/app.wasm': null },
      { 'build/app.wasm': { 'a:b/c': 3 } },
    ])
      assert.deepEqual(modulesInSetting(setting, component, folder), []);
  });
});
