import assert from 'node:assert/strict';
import { refuseNullCharacters } from '../../../src/runner/shim/null-characters';
import type { AnyDescriptor } from '../../../src/runner/shim/read-only';

describe('paths with null characters', () => {
  const prototype: AnyDescriptor = { openAt: () => 'opened', write: () => 'written' };
  refuseNullCharacters(prototype, (code) => {
    throw new Error(code);
  });

  it('are refused as invalid, in every argument', () => {
    assert.throws(() => prototype.openAt?.({}, 'file\0'), /^Error: invalid$/);
    assert.equal(prototype.openAt?.({}, 'file'), 'opened');
  });

  it('are looked for in paths only', () => {
    assert.equal(prototype.write?.('a\0b'), 'written');
  });
});
