import assert from 'node:assert/strict';
import { foldValue, printValue } from '../../../../src/component/wave/print';
import { enumOf, flags, list, map, option, prim, record, result, tuple, variant } from './types';

const point = record('point', { x: prim('s32'), 'the-label': option(prim('string')) });

describe('WAVE: values are printed', () => {
  it('on one line, absent fields left out', () => {
    assert.equal(printValue({ x: 1, theLabel: undefined }, point), '{x: 1}');
    assert.equal(printValue({ x: 1, theLabel: 'a' }, point), '{x: 1, the-label: some("a")}');
    assert.equal(printValue({ a: undefined }, record('r', { a: option(prim('u8')) })), '{:}');
    assert.equal(printValue({ tag: 'some', val: undefined }, option(option(prim('u8')))), 'some(none)');
    const deep = option(option(option(prim('u8'))));
    assert.equal(printValue(undefined, deep), 'none');
    assert.equal(printValue({ tag: 'none' }, deep), 'some(none)');
    assert.equal(printValue({ tag: 'some', val: undefined }, deep), 'some(some(none))');
    assert.equal(printValue({ tag: 'some', val: 3 }, deep), 'some(some(some(3)))');
    assert.equal(printValue(new Map([['a', 1n]]), map(prim('string'), prim('u64'))), '[("a", 1)]');
    assert.equal(printValue({ rW: true, x: false }, flags('f', 'r-w', 'x')), '{r-w}');
    assert.equal(printValue({ tag: 'err', val: undefined }, result(prim('u8'))), 'err');
  });

  it('with % before labels that are keywords', () => {
    assert.equal(printValue('ok', enumOf('status', 'ok')), '%ok');
    assert.equal(printValue({ tag: 'some', val: 1 }, variant('v', { some: prim('u8') })), '%some(1)');
  });

  it('numbers as short as they can be', () => {
    assert.equal(printValue(Math.fround(0.1), prim('f32')), '0.1');
    assert.equal(printValue(0.1 + 0.2, prim('f64')), '0.30000000000000004');
    assert.equal(printValue(-0, prim('f64')), '-0');
    assert.equal(printValue(1e21, prim('f64')), '1e+21');
  });

  it('characters that hide or redirect text as escapes, emoji as they are', () => {
    assert.equal(printValue('a\u202eb\u0007"\\', prim('string')), '"a\\u{202e}b\\u{7}\\"\\\\"');
    assert.equal(printValue('👩‍💻', prim('string')), '"👩‍💻"');
    assert.equal(printValue('\u0301', prim('char')), "'\\u{301}'");
  });

  it('over lines where they are wider than asked for', () => {
    const type = record('r', { name: prim('string'), points: list(point), bytes: list(prim('u8')) });
    const value = {
      name: 'the first line\n  and the "second"',
      points: [{ x: 1, theLabel: undefined }],
      bytes: Uint8Array.from({ length: 20 }, (_, index) => index + 100),
    };
    assert.equal(
      printValue(value, type, { width: 40 }),
      `{
  name: """
  the first line
    and the "second"
  """,
  points: [{x: 1}],
  bytes: [
    100, 101, 102, 103, 104, 105, 106,
    107, 108, 109, 110, 111, 112, 113,
    114, 115, 116, 117, 118, 119,
  ],
}`,
    );
  });

  it('folded, with what is left out counted', () => {
    assert.equal(
      foldValue(new Uint8Array(5000), list(prim('u8')), 40),
      '[0, 0, 0, 0, 0, 0, 0, 0, 0, 0, … 4,990 more]',
    );
    assert.equal(foldValue('a'.repeat(99), prim('string'), 10), '"aaaaaaaa…');
    assert.equal(
      foldValue(
        [
          [1, 'x'.repeat(500)],
          [2, 'y'],
        ],
        list(tuple(prim('u8'), prim('string'))),
        30,
      ),
      '[(1, "xxxxxxxxxxxxxxxxxxxxx…), … 1 more]',
    );
  });

  it('as far as there is room, and what is left out is counted', () => {
    const print = (value: unknown, type: Parameters<typeof printValue>[1]) =>
      printValue(value, type, { maxLength: 20 });
    assert.equal(
      print(new Uint8Array(200_000_000), list(prim('u8'))),
      '[0, 0, 0, 0, 0, 0, 0, … 199,999,993 more]',
    );
    assert.equal(print('a'.repeat(1020), prim('string')), `"${'a'.repeat(20)}"… 1,000 more characters`);
    const rows = Array.from({ length: 100 }, () => Array.from({ length: 100 }, () => 1));
    assert.equal(print(rows, list(list(prim('u8')))), '[[1, 1, 1, 1, 1, 1, 1, … 93 more], … 99 more]');
    assert.equal(print('', prim('string')), '""');
  });

  it('with a word on what is not of the type', () => {
    assert.equal(printValue([1, 'x'], tuple(prim('u8'), prim('u32'))), '(1, <not a u32>)');
    assert.equal(printValue(null, point), '<not a point>');
  });
});
