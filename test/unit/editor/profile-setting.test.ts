import assert from 'node:assert/strict';
import { resolve } from 'node:path';
import { profileInSetting } from '../../../src/editor/settings/profile-setting';

const folder = resolve('/code/samples');
const component = resolve(folder, 'hello.wasm');

describe('a profile in the settings', () => {
  it('gives what a component is run with, paths from its folder', () => {
    const setting = {
      'hello.wasm': {
        args: ['one', 'two words'],
        env: { GREETING: 'hi' },
        dirs: [
          { host: 'data', guest: '/data' },
          { host: 'out', guest: '/out', readOnly: false },
        ],
        network: true,
        stdin: 'input.txt',
        timeoutSeconds: 5,
        maxMemoryMiB: 64,
      },
    };
    assert.deepEqual(profileInSetting(setting, component, folder), {
      args: ['one', 'two words'],
      env: { GREETING: 'hi' },
      dirs: [
        { host: resolve(folder, 'data'), guest: '/data', readOnly: true },
        { host: resolve(folder, 'out'), guest: '/out', readOnly: false },
      ],
      network: true,
      stdin: { type: 'file', path: resolve(folder, 'input.txt') },
      timeoutMs: 5_000,
      maxMemoryBytes: 64 * 1024 * 1024,
    });
  });

  it('is nothing for other components', () => {
    assert.deepEqual(profileInSetting({ 'other.wasm': { network: true } }, component, folder), {});
  });

  it('grants nothing by what it cannot read', () => {
    const wrong = {
      args: 'one',
      dirs: [{ host: 'data' }, 'x', { host: 'a', guest: 'b' }],
      network: 'yes',
      timeoutSeconds: -1,
    };
    assert.deepEqual(profileInSetting({ 'hello.wasm': wrong }, component, folder), { dirs: [] });
    for (const setting of [null, 'x', 3, []])
      assert.deepEqual(profileInSetting(setting, component, folder), {});
  });
});
