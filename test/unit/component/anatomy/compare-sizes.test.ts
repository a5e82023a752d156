import assert from 'node:assert/strict';
import { compareSizes } from '../../../../src/component/anatomy/compare-sizes';
import { readSizes } from '../../../../src/component/anatomy/read-sizes';
import { mostSizeRows } from '../../../../src/component/anatomy/sizes';
import { compile } from '../compile';

async function sizesOf(functions: Readonly<Record<string, number>>) {
  const text = Object.entries(functions).map(([name, nops]) => `(func $"${name}" ${'nop '.repeat(nops)})`);
  return readSizes(await compile(`(module ${text.join('\n')})`));
}

describe('the difference of two builds', () => {
  it('is told by origin and by function, and adds up', async () => {
    const before = await sizesOf({ 'a::same': 10, 'a::grows': 10, 'b::goes': 40, plain: 5 });
    const after = await sizesOf({ 'a::same': 10, 'a::grows': 110, 'c::new': 30, plain: 4 });
    const { bytes, origins, functions } = compareSizes(before, after);
    assert.equal(bytes, after.fileBytes - before.fileBytes);
    assert.equal(
      origins.reduce((sum, each) => sum + each.bytes, 0),
      bytes,
    );
    assert.deepEqual(
      origins.filter(({ kind }) => kind === 'namespace'),
      [
        { kind: 'namespace', name: 'a', before: 24, after: 124, bytes: 100 },
        { kind: 'namespace', name: 'b', before: 42, after: 0, bytes: -42 },
        { kind: 'namespace', name: 'c', before: 0, after: 32, bytes: 32 },
      ],
    );
    assert.deepEqual(functions, [
      { name: 'a::grows', bytes: 100, before: 12, after: 112 },
      { name: 'b::goes', bytes: -42, before: 42, after: 0 },
      { name: 'c::new', bytes: 32, before: 0, after: 32 },
      { name: 'plain', bytes: -1, before: 7, after: 6 },
    ]);
  });

  it('of equal builds is empty', async () => {
    const table = await sizesOf({ 'a::b': 3 });
    assert.deepEqual(compareSizes(table, table), { bytes: 0, origins: [], functions: [] });
  });

  it('claims of functions without a row only what is certain', async () => {
    const many = Object.fromEntries(
      Array.from({ length: mostSizeRows }, (_, index) => [`f${String(index)}`, 9]),
    );
    const before = await sizesOf({ ...many, small: 1, other: 2 });
    const after = await sizesOf({ ...many, small: 50, other: 3 });
    const { functions } = compareSizes(before, after);
    // A row holds 11 bytes at least, so that what has none had no more.
    assert.deepEqual(functions, [{ name: 'small', bytes: 41, before: null, after: 52 }]);
  });
});
