import assert from 'node:assert/strict';
import { moduleFor, unusedModules } from '../../../src/engine/missing-imports';
import { unusedModuleText } from '../../../src/words/imports';

const module = (name: string) => ({ interface: name, path: '/module.mjs' });

describe('The module for an import', () => {
  it('is the one of the same version, else of a compatible one, else of every version', () => {
    const modules = [module('a:b/c'), module('a:b/c@1'), module('a:b/c@1.2.0')];
    const chosen = (name: string) => moduleFor(name, modules)?.interface;
    assert.deepEqual(['a:b/c@1.2.0', 'a:b/c@1.3.0', 'a:b/c@2.0.0', 'a:b/c', 'a:b/d'].map(chosen), [
      'a:b/c@1.2.0',
      'a:b/c@1',
      'a:b/c',
      'a:b/c',
      undefined,
    ]);
    assert.equal(moduleFor('a:b/c@2.0.0', [module('a:b/c@1.9.9')]), undefined);
  });

  it('is missed where no import has its name; the likely one is named', () => {
    const imports = ['wasi:io/streams@0.2.0', 'a:b/c@2.0.0'];
    assert.deepEqual(unusedModules(imports, [module('a:b/c@1.0.0'), module('a:b/c@2')]), ['a:b/c@1.0.0']);
    assert.match(unusedModuleText('a:b/c@1.0.0', imports), /Did you mean a:b\/c@2\.0\.0\?$/);
    assert.match(unusedModuleText('x', imports), /Besides WASI it imports a:b\/c@2\.0\.0\.$/);
    assert.match(unusedModuleText('x', imports.slice(0, 1)), /It imports only WASI\.$/);
  });
});
