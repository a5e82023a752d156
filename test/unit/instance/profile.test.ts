import assert from 'node:assert/strict';
import { callProfile, grantsKey, type Profile } from '../../../src/instance/profile';
import { bareProfile } from './support';

describe('what a run is given', () => {
  const key = (changes: Partial<Profile>) => grantsKey({ ...bareProfile, ...changes });

  it('makes another instance necessary where it is granted or limited otherwise', () => {
    const others: readonly Partial<Profile>[] = [
      {},
      { dirs: [{ host: '/data', guest: '/data', readOnly: false }] },
      { dirs: [{ host: '/data', guest: '/data', readOnly: true }] },
      { network: true },
      { stdin: { type: 'empty' } },
      { modules: [{ interface: 'a:b/c', path: '/c.mjs' }] },
      { maxMemoryBytes: 65_536 },
      { stackKiB: 512 },
    ];
    assert.equal(new Set(others.map(key)).size, others.length);
  });

  it('leaves the instance as it is where only arguments, environment or time limit differ', () => {
    assert.equal(key({ args: ['x'], env: { A: '1' }, timeoutMs: 5 }), key({}));
  });

  it('gives a further call on an instance the arguments, environment and time limit of now', () => {
    const made = { ...bareProfile, args: ['first'], network: true, timeoutMs: 1000 };
    assert.deepEqual(callProfile(made, { ...bareProfile, args: ['second'], env: { A: '1' } }), {
      ...bareProfile,
      args: ['second'],
      env: { A: '1' },
      network: true,
    });
    assert.equal(callProfile(made, { ...bareProfile, timeoutMs: 5 }).timeoutMs, 5);
  });
});
