import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { abilitiesOf, engineIdentity, jcoVersion } from '../../../src/engine/backend';
import { bareProfile, engineNames, grantsKey } from '../../../src/instance/profile';

describe('engines', () => {
  it('have the version of jco that the package depends on', () => {
    const { devDependencies } = JSON.parse(readFileSync('package.json', 'utf8')) as {
      devDependencies: Readonly<Record<string, string>>;
    };
    assert.equal(jcoVersion, devDependencies['@bytecodealliance/jco']);
  });

  it('have a name and a version', () => {
    assert.deepEqual(engineIdentity({ profile: bareProfile }), { name: 'jco', version: jcoVersion });
    const profile = { ...bareProfile, engine: 'wasmtime' } as const;
    assert.deepEqual(engineIdentity({ profile, engineVersion: '49.0.3' }), {
      name: 'wasmtime',
      version: '49.0.3',
    });
    assert.deepEqual(engineIdentity({ profile }), { name: 'wasmtime' });
  });

  it('are a part of what an instance is made with: a call for another engine gets a fresh instance', () => {
    assert.notEqual(grantsKey(bareProfile), grantsKey({ ...bareProfile, engine: 'wasmtime' }));
    assert.equal(grantsKey(bareProfile), grantsKey({ ...bareProfile, engine: 'jco' }));
  });

  it('each have abilities', () => {
    assert.deepEqual(Object.keys(abilitiesOf).sort(), [...engineNames].sort());
  });
});
