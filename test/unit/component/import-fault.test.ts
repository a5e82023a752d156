import assert from 'node:assert/strict';
import { longestFaultText, readImportFault, type ImportFault } from '../../../src/component/import-fault';

const faults: readonly ImportFault[] = [
  { code: 'not-loaded', interface: 'a:b/c', words: 'SyntaxError: x' },
  { code: 'no-function', interface: 'a:b/c', path: '/m.mjs', key: 'read', found: { sort: 'class' } },
  { code: 'wrong-result', interface: 'a:b/c', key: 'read', found: { text: '"warm"' }, type: 'f32' },
  { code: 'exited', interface: 'a:b/c', status: 3 },
  { code: 'some-exited', status: 0 },
];

describe('a fault of an import', () => {
  for (const fault of faults) {
    it(`is read as it was sent, without more: ${fault.code}`, () => {
      assert.deepEqual(readImportFault({ ...fault, more: 1 }), fault);
    });
  }

  it('is none for anything else', () => {
    for (const value of [
      null,
      'exited',
      {},
      { code: 'toString' },
      { code: 'no-such-code', interface: 'a:b/c' },
      { code: 'exited', interface: 'a:b/c' },
      { code: 'exited', interface: 'a:b/c', status: Infinity },
      { code: 'not-loaded', interface: 'a:b/c', words: 'x'.repeat(longestFaultText + 1) },
      { code: 'wrong-error', interface: 'a:b/c', key: 'read', found: { sort: 'odd' }, type: 'f32' },
    ])
      assert.equal(readImportFault(value), null, JSON.stringify(value).slice(0, 80));
  });
});
