import assert from 'node:assert/strict';
import type { ValueType } from '../../../../src/component/types';
import { isValueOf } from '../../../../src/component/wave/is-value';
import { enumOf, list, map, option, prim, record, result, tuple, variant } from './types';

const point = record('point', { 'x-y': prim('u8'), note: option(prim('string')) });

const cases: readonly (readonly [type: ValueType, right: readonly unknown[], wrong: readonly unknown[]])[] = [
  [prim('bool'), [true], [1, 'true', undefined]],
  [prim('u8'), [0, 255], [256, -1, 1.5, '1', 1n]],
  [prim('s64'), [-1n, 5], [2n ** 63n, 1.5, 2 ** 60]],
  [prim('f32'), [1.5, NaN], ['1', undefined]],
  [prim('char'), ['🌊'], ['', 'ab']],
  [prim('string'), [''], [null, 5]],
  [list(prim('u8')), [[1], Uint8Array.of(1)], [[256], 'abc']],
  [list(prim('u8'), 2), [[1, 2]], [[1], Uint8Array.of(1)]],
  [
    map(prim('string'), prim('u8')),
    [new Map(), new Map([['a', 1]])],
    [[['a', 1]], new Map([['a', 256]]), { a: 1 }],
  ],
  [tuple(prim('u8'), prim('string')), [[1, 'a']], [[1], ['a', 1], [1, 'a', 2]]],
  [point, [{ xY: 1 }, { xY: 1, note: 'a' }], [{}, { xY: 'a' }, null]],
  [enumOf('e', 'a', 'b'), ['a'], ['c', 0]],
  [
    variant('v', { a: prim('u8'), b: null }),
    [{ tag: 'a', val: 1 }, { tag: 'b' }],
    [{ tag: 'a' }, { tag: 'c' }, 'a'],
  ],
  [option(prim('u8')), [undefined, null, 3], ['a']],
  [option(option(prim('u8'))), [{ tag: 'none' }, { tag: 'some', val: 3 }], [undefined, 3]],
  [
    option(option(option(prim('u8')))),
    [undefined, { tag: 'none' }, { tag: 'some', val: undefined }, { tag: 'some', val: 3 }],
    [3, { tag: 'some', val: { tag: 'none' } }],
  ],
  [
    result(prim('u8'), prim('string')),
    [
      { tag: 'ok', val: 1 },
      { tag: 'err', val: 'a' },
    ],
    [1, { tag: 'err', val: 1 }],
  ],
];

describe('whether a value of JavaScript is of a type', () => {
  for (const [type, right, wrong] of cases) {
    it(`${type.kind} takes ${String(right.length)} and refuses ${String(wrong.length)}`, () => {
      assert.deepEqual(
        right.filter((value) => !isValueOf(type, value)),
        [],
      );
      assert.deepEqual(
        wrong.filter((value) => isValueOf(type, value)),
        [],
      );
    });
  }
});
