import assert from 'node:assert/strict';
import { lastingGrants, readOnlyProfile } from '../../../src/calls/probe-grants';
import { bareProfile } from '../../../src/instance/profile';
import { probeConsentText } from '../../../src/words/probe';

const read = { host: '/in', guest: '/in', readOnly: true };
const write = { host: '/out', guest: '/out', readOnly: false };

describe('The grants of a probe', () => {
  it('need consent if the guest may write to a directory or use the network', () => {
    assert.equal(lastingGrants({ ...bareProfile, args: ['x'], env: { A: 'b' }, dirs: [read] }), null);
    const both = lastingGrants({ ...bareProfile, dirs: [read, write], network: true });
    assert.deepEqual(both, { writable: [write], network: true });
    assert.equal(
      probeConsentText('hello.wasm', { writable: [write], network: true }),
      'A probe runs hello.wasm up to three times. Its profile grants it the network and lets it write to /out.',
    );
  });

  it('without consent are those for reading', () => {
    const reading = readOnlyProfile({ ...bareProfile, args: ['x'], dirs: [read, write], network: true });
    assert.equal(lastingGrants(reading), null);
    assert.deepEqual([reading.args, reading.dirs], [['x'], [read, { ...write, readOnly: true }]]);
  });
});
