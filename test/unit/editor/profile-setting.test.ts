import assert from 'node:assert/strict';
import { resolve } from 'node:path';
import { profileInSetting } from '../../../src/editor/settings/profile-setting';
import { deprecatedKeyText } from '../../../src/words/grants';

const folder = resolve('/code/samples');
const component = resolve(folder, 'hello.wasm');

describe('a profile in the settings', () => {
  it('gives a component its grants, with paths from its folder', () => {
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
        timeout: '5s',
        maxMemory: '64MiB',
      },
    };
    const { grants, errors, deprecated } = profileInSetting(setting, component, folder);
    assert.deepEqual(grants, {
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
    assert.deepEqual([errors, deprecated], [[], []]);
  });

  it('is empty for other components', () => {
    assert.deepEqual(grantsOf({ 'other.wasm': { network: true } }), {});
  });

  it('reads the old keys for limits and reports them as deprecated', () => {
    const setting = { 'hello.wasm': { timeoutSeconds: 1.5, maxMemoryMiB: 64 } };
    const { grants, deprecated } = profileInSetting(setting, component, folder);
    assert.deepEqual(grants, { timeoutMs: 1500, maxMemoryBytes: 64 * 1024 * 1024 });
    assert.deepEqual(deprecated.map(deprecatedKeyText), [
      '"timeoutSeconds" in freshInstance.profiles is deprecated. Write "timeout": "5s" instead.',
      '"maxMemoryMiB" in freshInstance.profiles is deprecated. Write "maxMemory": "64MiB" instead.',
    ]);
  });

  it('prefers a new key to the old one', () => {
    assert.deepEqual(grantsOf({ 'hello.wasm': { timeoutSeconds: 1, timeout: '2s' } }), { timeoutMs: 2000 });
  });

  it('grants nothing for what it cannot read, and says what that is', () => {
    const wrong = {
      args: ['one', 1],
      dirs: [{ host: 'data' }],
      network: 'yes',
      timeoutSeconds: -1,
    };
    const { grants, errors } = profileInSetting({ 'hello.wasm': wrong }, component, folder);
    assert.deepEqual(grants, {});
    assert.deepEqual(errors, [
      { piece: 'args', problem: 'form', value: ['one', 1] },
      { piece: 'dirs', problem: 'form', value: { host: 'data' } },
      { piece: 'network', problem: 'form', value: 'yes' },
      { piece: 'timeout', problem: 'range', value: -1 },
    ]);
    for (const setting of [null, 'x', 3, []]) assert.deepEqual(grantsOf(setting), {});
  });
});

function grantsOf(setting: unknown) {
  return profileInSetting(setting, component, folder).grants;
}
