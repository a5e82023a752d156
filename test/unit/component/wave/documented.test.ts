import assert from 'node:assert/strict';
import type { ValueType } from '../../../../src/component/types';
import { parseCall } from '../../../../src/component/wave/call';
import { parseValue } from '../../../../src/component/wave/parse';
import { enumOf, flags, func, list, option, prim, record, result, tuple, variant } from './types';
import { waveErrorText } from '../../../../src/words/wave-error';

const u8 = prim('u8');
const string = prim('string');

/** What wasm-wave's README says (https://github.com/bytecodealliance/wasm-tools/blob/main/crates/wasm-wave/README.md). */
const documented: readonly (readonly [heading: string, type: ValueType, text: string, value: unknown])[] = [
  ['Bools', prim('bool'), 'true', true],
  ['Bools', prim('bool'), 'false', false],
  ['Integers', prim('s32'), '123', 123],
  ['Integers', prim('s8'), '-9', -9],
  ['Floats', prim('f64'), '3.14', 3.14],
  ['Floats', prim('f64'), '6.022e+23', 6.022e23],
  ['Floats', prim('f32'), 'nan', NaN],
  ['Floats', prim('f32'), '-inf', -Infinity],
  ['Chars', prim('char'), "'x'", 'x'],
  ['Chars', prim('char'), "'☃'", '☃'],
  ['Chars', prim('char'), "'\\''", "'"],
  ['Chars', prim('char'), "'\\u{0}'", '\0'],
  ['Strings', string, '"abc\\t123"', 'abc\t123'],
  ['Usage', string, '"👋 Hello, world! 👋"', '👋 Hello, world! 👋'],
  ['Multiline Strings', string, '"""\nA single line\n"""', 'A single line'],
  [
    'Multiline Strings',
    string,
    '"""\n    Indentation determined\n      by ending delimiter\n  """',
    '  Indentation determined\n    by ending delimiter',
  ],
  [
    'Multiline Strings',
    string,
    '"""\n  Must escape carriage return at end of line: \\r\n  Must break up double quote triplets: ""\\""\n  """',
    'Must escape carriage return at end of line: \r\nMust break up double quote triplets: """"',
  ],
  ['Tuples', tuple(string, u8), '("abc", 123)', ['abc', 123]],
  ['Tuples', tuple(u8, string), '(123, "abc")', [123, 'abc']],
  ['Lists', list(u8), '[1, 2, 3]', Uint8Array.of(1, 2, 3)],
  ['Lists', list(prim('char')), '[]', []],
  ['Lists', list(prim('char')), "['a', 'b', 'c']", ['a', 'b', 'c']],
  [
    'Records',
    record('r', { 'field-a': u8, 'field-b': string }),
    '{field-a: 1, field-b: "two"}',
    { fieldA: 1, fieldB: 'two' },
  ],
  [
    'Records',
    record('example', { 'must-have': u8, optional: option(u8) }),
    '{must-have: 123}',
    { mustHave: 123, optional: undefined },
  ],
  [
    'Records',
    record('example', { 'must-have': u8, optional: option(u8) }),
    '{must-have: 123, optional: none,}',
    { mustHave: 123, optional: undefined },
  ],
  ['Records', record('all-optional', { optional: option(u8) }), '{:}', { optional: undefined }],
  ['Records', record('all-optional', { optional: option(u8) }), '{optional: none}', { optional: undefined }],
  ['Variants', variant('when', { days: u8, forever: null }), 'days(30)', { tag: 'days', val: 30 }],
  ['Variants', variant('when', { days: u8, forever: null }), 'forever', { tag: 'forever' }],
  ['Variants', variant('response', { empty: null, body: list(u8), err: string }), 'empty', { tag: 'empty' }],
  [
    'Variants',
    variant('response', { empty: null, body: list(u8), err: string }),
    'body([79, 75])',
    { tag: 'body', val: Uint8Array.of(79, 75) },
  ],
  [
    'Variants',
    variant('response', { empty: null, body: list(u8), err: string }),
    '%err("oops")',
    { tag: 'err', val: 'oops' },
  ],
  ['Enums', enumOf('side', 'south', 'west'), 'south', 'south'],
  ['Enums', enumOf('status', 'ok', 'not-found'), '%ok', 'ok'],
  ['Enums', enumOf('status', 'ok', 'not-found'), 'not-found', 'not-found'],
  ['Options', option(string), '"flat some"', 'flat some'],
  ['Options', option(string), 'some("explicit some")', 'explicit some'],
  ['Options', option(u8), 'none', undefined],
  ['Options', option(u8), '123', 123],
  ['Options', option(u8), 'some(123)', 123],
  ['Results', result(string), '"flat ok"', { tag: 'ok', val: 'flat ok' }],
  ['Results', result(string), 'ok("explicit ok")', { tag: 'ok', val: 'explicit ok' }],
  ['Results', result(u8), '123', { tag: 'ok', val: 123 }],
  ['Results', result(null, string), 'ok', { tag: 'ok' }],
  ['Results', result(null, string), 'err("oops")', { tag: 'err', val: 'oops' }],
  ['Results', result(null), 'err', { tag: 'err' }],
  ['Flags', flags('p', 'read', 'write'), '{read, write}', { read: true, write: true }],
  ['Flags', flags('p', 'read', 'write'), '{}', { read: false, write: false }],
  [
    'Flags',
    flags('perms', 'read', 'write', 'exec'),
    '{write, read,}',
    { read: true, write: true, exec: false },
  ],
  [
    'Labels',
    enumOf('e', 'one', 'two-words', 'q', 'abc123', 'HTTP3', 'method-GET'),
    'method-GET',
    'method-GET',
  ],
  ['Labels', enumOf('e', 'err', 'non-keyword'), '%non-keyword', 'non-keyword'],
  ['Comments', u8, '1 // one\n', 1],
];

describe("WAVE: the examples of wasm-wave's documentation read as they say", () => {
  for (const [heading, type, text, value] of documented) {
    it(`${heading}: ${JSON.stringify(text)}`, () => {
      assert.deepEqual(parseValue(text, type), { ok: true, value });
    });
  }

  it('Chars: a snowman with its variation selector, as the table of types has it, is two scalar values', () => {
    const parsed = parseValue("'☃\ufe0e'", prim('char'));
    assert.equal(
      parsed.ok ? '' : waveErrorText(parsed.error),
      'A char is one Unicode scalar value; here are several.',
    );
  });

  for (const text of ['f(some(1))', 'f(some(1), none)', 'f(some(1), none, none)']) {
    it(`Function arguments: ${text}`, () => {
      const f = { func: 'f', type: func({ a: option(u8), b: option(u8), c: option(u8) }) };
      const parsed = parseCall(text, [f]);
      assert.deepEqual(parsed.ok && parsed.value.args, [1, undefined, undefined]);
    });
  }
});

const keywords = ['true', 'false', 'inf', 'nan', 'some', 'none', 'ok', 'err'] as const;
const keywordNumbers = Object.fromEntries(keywords.map((word) => [word, 1]));

/** What wasm-wave's lexer and parser take (`src/lex.rs` and `src/parser.rs` beside that README). */
const taken: readonly (readonly [what: string, type: ValueType, text: string, value: unknown])[] = [
  [
    'words of a label that begin with a digit, each in a case of its own',
    record('r', { 'color-42-2A-5d': prim('bool') }),
    '{%color-42-2A-5d: true}',
    { color422a5d: true },
  ],
  [
    'keywords as fields, without `%`',
    record('r', Object.fromEntries(keywords.map((word) => [word, u8]))),
    `{${keywords.map((word) => `${word}: 1`).join(', ')}}`,
    keywordNumbers,
  ],
  [
    'keywords as flags, without `%`',
    flags('f', ...keywords),
    `{${keywords.join(', ')}}`,
    Object.fromEntries(keywords.map((word) => [word, true])),
  ],
  ['a comment in front of a payload', variant('v', { a: u8 }), 'a // one\n (1)', { tag: 'a', val: 1 }],
  ['a keyword as the case of a flat option', option(enumOf('e', 'none')), '%none', 'none'],
  ['a keyword that is the option itself', option(enumOf('e', 'none')), 'none', undefined],
  ['a scalar value of six digits', prim('char'), "'\\u{002603}'", '☃'],
  ['a double quote in a char, escaped or not', tuple(prim('char'), prim('char')), `('"', '\\"')`, ['"', '"']],
  ['line breaks of Windows', string, '"""\r\n  a\\r\r\n  b\r\n  """', 'a\r\nb'],
  ['a string of no lines', string, '"""\n"""', ''],
  ['empty lines', string, '"""\n\na\n\n"""', '\na\n'],
  ['zeros in front of an exponent', prim('f64'), '1E+05', 100_000],
  ['numbers too large for their type', prim('f32'), '3.4028234664e39', Infinity],
];

/** What it refuses. */
const refused: readonly (readonly [what: string, type: ValueType, text: string])[] = [
  ...keywords.map((word) => [`the keyword \`${word}\` as a case`, enumOf('e', ...keywords), word] as const),
  ['a flat option of an option', option(option(u8)), '1'],
  ['a flat option of a result', option(result(u8)), 'ok(1)'],
  ['a flat result of an option', result(option(u8)), 'none'],
  ['a comma behind a payload', variant('v', { a: u8 }), 'a(1,)'],
  ['an empty record without `:`', record('r', { a: option(u8) }), '{}'],
  ['empty flags with `:`', flags('f', 'a'), '{:}'],
  ['a scalar value of eight digits', prim('char'), "'\\u{00002603}'"],
  ['`-nan`', prim('f32'), '-nan'],
  ['`Infinity`', prim('f64'), 'Infinity'],
  ['a number without digits behind its point', prim('f64'), '1.'],
  ['a triplet of quotes in a string of lines', string, '"""\n  a """ b\n  """'],
  ['a list of a comma', list(u8), '[,]'],
];

describe('WAVE: the grammar is that of wasm-wave', () => {
  for (const [what, type, text, value] of taken) {
    it(`takes ${what}`, () => {
      assert.deepEqual(parseValue(text, type), { ok: true, value });
    });
  }

  for (const [what, type, text] of refused) {
    it(`refuses ${what}`, () => {
      assert.equal(parseValue(text, type).ok, false);
    });
  }
});
