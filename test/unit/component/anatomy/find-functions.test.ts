import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { findFunctions } from '../../../../src/component/anatomy/find-functions';
import { fixture } from '../../../fixtures';
import { compile } from '../compile';

describe('functions that are searched for', () => {
  it('are found by name in upper or lower case, by demangled name and by index, the largest first', async () => {
    const bytes = await compile(`(module (import "a" "b" (func))
      (func $alpha nop) (func $_ZN5shape6Circle4areaEv nop nop nop) (func $Alphabet nop nop))`);
    const names = (text: string) =>
      findFunctions(bytes, text, 10).found.map(({ index, name }) => `${String(index)} ${name}`);
    assert.deepEqual(names('ALPHA'), ['3 Alphabet', '1 alpha']);
    assert.deepEqual(names('circle::area'), ['2 shape::Circle::area']);
    assert.deepEqual(names('3'), ['3 Alphabet']);
    assert.deepEqual(names('nothing'), []);
  });

  it('are counted beyond the limit, and their bodies lie where they are said to', () => {
    const bytes = readFileSync(fixture('trap'));
    const { found, total } = findFunctions(bytes, '', 3);
    assert.ok(found.length === 3 && total > 100);
    for (const { start, bytes: size } of found) assert.equal(bytes[start + size - 1], 0x0b);
    const main = findFunctions(bytes, 'main', 10).found.find(({ name }) => name === 'main');
    assert.equal(main?.module, 0);
  });
});
