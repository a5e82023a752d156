import assert from 'node:assert/strict';
import { referencedComponents } from '../../../src/source/referenced-component';

const components = ['/ws/hello.wasm', '/ws/other/hello.wasm', '/ws/build/count.component.wasm'].map(
  (path, mtimeMs) => ({ path, mtimeMs }),
);

describe('which component a host program means', () => {
  for (const [what, reference, expected] of [
    [
      'a .wasm file from the folder where the program is started',
      { type: 'file', path: 'other/hello.wasm' },
      ['/ws/other/hello.wasm'],
    ],
    ['a .wasm file from its own folder', { type: 'file', path: '../hello.wasm' }, ['/ws/hello.wasm']],
    [
      'the component of a transpiled module',
      { type: 'module', specifier: '../gen/count/count.js' },
      ['/ws/build/count.component.wasm'],
    ],
    [
      'a component that is imported as one',
      { type: 'module', specifier: '../hello.wasm?component' },
      ['/ws/hello.wasm'],
    ],
    ['none for a name that is not there', { type: 'file', path: 'gone.wasm' }, []],
  ] as const) {
    it(`finds ${what}`, () => {
      assert.deepEqual(
        referencedComponents(reference, '/ws/src/host.js', components).map(({ path }) => path),
        expected,
      );
    });
  }
});
