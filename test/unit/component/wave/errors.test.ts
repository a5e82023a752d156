import assert from 'node:assert/strict';
import type { ValueType } from '../../../../src/component/types';
import { decodeText } from '../../../../src/component/wave/decode-text';
import { parseValue } from '../../../../src/component/wave/parse';
import { enumOf, flags, list, map, option, prim, record, result, tuple, variant } from './types';
import { waveErrorText } from '../../../../src/words/wave-error';

const point = record('point', { x: prim('s32'), y: option(prim('s32')) });
const colour = enumOf('colour', 'red', 'green', 'true');

const wrong: readonly (readonly [type: ValueType, text: string, where: string, message: string])[] = [
  [prim('bool'), 'yes', '1:1', 'Expected `true` or `false` (bool), found `yes`.'],
  [prim('bool'), '%true', '1:1', 'Expected `true` or `false` (bool), found `%true`.'],
  [prim('u8'), '256', '1:1', '256 is out of range: u8 goes from 0 to 255.'],
  [prim('s8'), '-129', '1:1', '-129 is out of range: s8 goes from -128 to 127.'],
  [
    prim('u64'),
    '18446744073709551616',
    '1:1',
    '18446744073709551616 is out of range: u64 goes from 0 to 18446744073709551615.',
  ],
  [prim('u32'), '1.5', '1:1', 'Expected a whole number from 0 to 4294967295 (u32), found `1.5`.'],
  [prim('u32'), '0x10', '1:1', 'Expected a whole number from 0 to 4294967295 (u32), found `0x10`.'],
  [prim('u32'), '007', '1:1', 'A number has no zeros in front.'],
  [prim('f32'), '1.', '1:1', 'Expected a number, `nan`, `inf` or `-inf` (f32), found `1.`.'],
  [prim('f64'), '-nan', '1:1', 'Expected a number, `nan`, `inf` or `-inf` (f64), found `-nan`.'],
  [prim('char'), "'ab'", '1:1', 'A char is one Unicode scalar value; here are several.'],
  [prim('char'), "''", '1:1', 'A char is one character; this one is empty.'],
  [prim('string'), '"a\nb"', '1:3', 'Expected `"` to end the string on its line.'],
  [
    prim('string'),
    '"a\\x"',
    '1:3',
    'Expected an escape: `\\n`, `\\r`, `\\t`, `\\\\`, `\\"`, `\\\'` or `\\u{…}` with 1 to 6 hexadecimal digits.',
  ],
  [prim('string'), '"\\u{d800}"', '1:2', 'U+D800 is not a Unicode scalar value.'],
  [prim('string'), '"a\ud83c!"', '1:3', 'U+D83C is half of a surrogate pair, not a Unicode scalar value.'],
  [prim('string'), '"""x\n"""', '1:4', 'Expected a line break after the opening `"""`.'],
  [prim('string'), '"""\n a\n  """', '2:1', 'This line is indented less than the closing `"""` (2 spaces).'],
  [prim('string'), '"""\na"""', '2:2', 'The closing `"""` stands on a line of its own, after spaces only.'],
  [list(prim('u8')), '[1, 2', '1:6', 'Expected `,` or `]`, found the end of the text.'],
  [list(prim('u8')), '[1,\n 2,\n x]', '3:2', 'Expected a whole number from 0 to 255 (u8), found `x`.'],
  [list(prim('u8'), 2), '[1]', '1:3', 'This list has 2 values; here are 1.'],
  [list(prim('u8'), 2), '[1, 2, 3]', '1:8', 'Expected `]`, as this list has 2 values, found `3`.'],
  [map(prim('string'), prim('u8')), '[("a", 1), ("a", 2)]', '1:13', 'This key is given twice.'],
  [tuple(prim('u8'), prim('u8')), '(1)', '1:3', 'Expected `,` and 1 more value, found `)`.'],
  [tuple(prim('u8')), '(1, 2)', '1:5', 'Expected `)`, as this tuple has 1 values, found `2`.'],
  [point, '{x: 1, z: 2}', '1:8', 'Expected the field `y`, found `z`.'],
  [point, '{x: 1, x: 2}', '1:8', 'The field `x` is given twice.'],
  [point, '{y: 1}', '1:6', 'The field `x` is missing.'],
  [
    record('all-optional', { a: option(prim('u8')) }),
    '{}',
    '1:2',
    'Expected `:}`, as a record without fields is written `{:}`, found `}`.',
  ],
  [colour, 'blue', '1:1', 'Expected `red`, `green` or `%true` (colour), found `blue`.'],
  [colour, 'true', '1:1', 'Expected `red`, `green` or `%true` (colour), found `true`.'],
  [flags('p', 'r', 'w'), '{r, r}', '1:5', 'The flag `r` is given twice.'],
  [flags('p', 'r', 'w'), '{x}', '1:2', 'Expected the flag `r` or `w`, found `x`.'],
  [
    variant('v', { a: prim('u8'), b: null }),
    'a',
    '1:2',
    'Expected `(` and the value of `a`, found the end of the text.',
  ],
  [variant('v', { a: prim('u8'), b: null }), 'b(1)', '1:2', 'Expected no value, as `b` has none, found `(`.'],
  [
    option(prim('u8')),
    'nothing',
    '1:1',
    'Expected `none`, or a whole number from 0 to 255 (option<u8>), found `nothing`.',
  ],
  [option(option(prim('u8'))), '1', '1:1', 'Expected `none` or `some(…)` (option<option<u8>>), found `1`.'],
  [result(null, prim('u8')), '1', '1:1', 'Expected `ok` or `err(…)` (result<_, u8>), found `1`.'],
  [
    enumOf('e', 'a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i'),
    'z',
    '1:1',
    'Expected `a`, `b`, `c`, `d`, `e`, `f`, `g`, `h` or `i` (e), found `z`.',
  ],
  [
    enumOf('e', 'a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'j'),
    'z',
    '1:1',
    'Expected `a`, `b`, `c`, `d`, `e`, `f`, `g`, `h` or 2 others (e), found `z`.',
  ],
  [prim('u8'), '1 2', '1:3', 'Expected the end of the text, found `2`.'],
  [prim('u8'), '', '1:1', 'Expected a whole number from 0 to 255 (u8), found the end of the text.'],
  [prim('u8'), '\u202e', '1:1', 'Expected a whole number from 0 to 255 (u8), found `\\u{202e}`.'],
  [{ kind: 'own', resource: { name: 'counter' } }, '$1', '1:1', 'There is no handle `$1`.'],
  [
    { kind: 'borrow', resource: { name: 'counter' } },
    '1',
    '1:1',
    'Expected the name of a handle like `$1` (borrow<counter>), found `1`.',
  ],
];

describe('WAVE: what is wrong is said at its line and column', () => {
  for (const [type, text, where, message] of wrong) {
    it(JSON.stringify(text), () => {
      const parsed = parseValue(text, type);
      assert.ok(!parsed.ok);
      assert.equal(`${parsed.error.line}:${parsed.error.column}`, where);
      assert.equal(waveErrorText(parsed.error), message);
    });
  }

  it('marks the part that is wrong', () => {
    const parsed = parseValue('{x: 300, y: 99999999999}', point);
    assert.deepEqual(!parsed.ok && [parsed.error.offset, parsed.error.end], [12, 23]);
  });

  it('lies within a text that was cut from a longer one, however often it is read', () => {
    const offsets = new Set<number>();
    for (let round = 0; round < 50_000; round++) {
      const whole = `['a', 'b', 'c', '\u{10000}', '${String(round)}']`;
      // The part ends in the middle of a character.
      const parsed = parseValue(whole.slice(0, 18), list(prim('char')));
      offsets.add(parsed.ok ? -1 : parsed.error.offset);
    }
    assert.deepEqual([...offsets], [17]);
  });

  it('tells a text that further lines could complete from one that they could not', () => {
    const incomplete = (text: string, type: ValueType) => {
      const parsed = parseValue(text, type);
      return !parsed.ok && parsed.error.incomplete;
    };
    assert.equal(incomplete('[1,', list(prim('u8'))), true);
    assert.equal(incomplete('"""\nabc', prim('string')), true);
    assert.equal(incomplete('{x: 1 // one', point), true);
    assert.equal(incomplete('"abc', prim('string')), false);
    assert.equal(incomplete('[1, x', list(prim('u8'))), false);
    assert.equal(incomplete('[1]]', list(prim('u8'))), false);
  });
});

describe('Text from bytes', () => {
  it('is read as UTF-8, without a byte order mark', () => {
    assert.deepEqual(decodeText(new TextEncoder().encode('\ufeff"☃ \ufffd"')), {
      ok: true,
      value: '"☃ \ufffd"',
    });
  });

  it('is refused at the line and column of the first byte that is not UTF-8', () => {
    const bytes = Buffer.concat([Buffer.from('"☃"\n"\ufffd'), Buffer.of(0xff), Buffer.from('"')]);
    const decoded = decodeText(bytes);
    assert.ok(!decoded.ok);
    assert.equal(waveErrorText(decoded.error), 'Byte 10 (0xFF) is not UTF-8.');
    assert.deepEqual([decoded.error.line, decoded.error.column], [2, 3]);
  });
});
