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
    assert.deepEqual(modulesInSetting(setting, component, folder).modules, [
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
        ).modules,
        [{ interface: 'my:pkg/clock', path: 'c:\\project\\host\\clock.mjs' }],
      );
    }
  });

  it('gives no module to other components', () => {
    assert.deepEqual(modulesInSetting({ 'app.wasm': { 'my:pkg/clock': 'c.mjs' } }, component, folder), {
      modules: [],
      errors: [],
    });
  });

  it('gives no module for what it cannot read, and says what that is', () => {
    for (const setting of [undefined, null, 'text'])
      assert.deepEqual(modulesInSetting(setting, component, folder), { modules: [], errors: [] });
    for (const value of [null, { 'a:b/c': 3 }]) {
      assert.deepEqual(modulesInSetting({ 'build/app.wasm': value }, component, folder), {
        modules: [],
        errors: [{ piece: 'imports', problem: 'form', value }],
      });
    }
  });
});
