import assert from 'node:assert/strict';
import type { ValueType } from '../../../../src/component/types';
import { parseCall } from '../../../../src/component/wave/call';
import { completeCall } from '../../../../src/component/wave/complete';
import { decodeText } from '../../../../src/component/wave/decode-text';
import { noHandles } from '../../../../src/component/wave/handles';
import { maxTextLength, parseValue } from '../../../../src/component/wave/parse';
import { enumOf, flags, func, list, map, option, prim, record, result, tuple, variant } from './types';
import { waveErrorText } from '../../../../src/words/wave-error';

const limitMs = 100;
const megabytes = 8 * 1024 * 1024;

/** As long a text as is read at all, of a valid beginning, a repeated middle, and an end that is wrong. */
function longest(start: string, repeated: string, end: string): string {
  return start + repeated.repeat((maxTextLength - start.length - end.length) / repeated.length) + end;
}

function nested(levels: number, wrap: (type: ValueType) => ValueType): ValueType {
  let type = prim('u8');
  for (let level = 0; level < levels; level += 1) type = wrap(type);
  return type;
}

function optionalFields(count: number): ValueType {
  return record('r', Object.fromEntries(many.slice(0, count).map((name) => [name, option(prim('u8'))])));
}

const many = Array.from({ length: 50_000 }, (_, index) => `a${index}`);
const entries = many.map((_, index) => `(${index}, 1)`).join(',');

const hostile: readonly (readonly [what: string, type: ValueType, text: string])[] = [
  ['brackets without end', nested(99, list), '['.repeat(maxTextLength)],
  ['brackets of megabytes', nested(99, list), '['.repeat(megabytes)],
  ['some( without end', nested(99, option), longest('', 'some(', '')],
  ['a type that is nested deeper than components can be', nested(5000, list), '['.repeat(5000)],
  ['bytes', list(prim('u8')), longest('[', '1,', 'x]')],
  ['wide integers', list(prim('u64')), longest('[', '1,', 'x]')],
  ['floats', list(prim('f64')), longest('[', '1,', 'x]')],
  ['records', list(record('r', { a: prim('u8') })), longest('[', '{a:1},', 'x]')],
  ['cases', list(variant('v', { a: prim('u8') })), longest('[', 'a(1),', 'x]')],
  ['labels', list(enumOf('e', 'a')), longest('[', 'a,', 'x]')],
  ['flags', list(flags('f', 'a', 'b')), longest('[', '{a},', 'x]')],
  ['flags that are left out', list(flags('f', ...many.slice(0, 32))), longest('[', '{},', 'x]')],
  ['fields that are left out', list(optionalFields(20)), longest('[', '{:},', 'x]')],
  ['very many fields that are left out', list(optionalFields(5000)), longest('[', '{:},', 'x]')],
  ['empty lists', list(list(prim('u8'))), longest('[', '[],', 'x]')],
  ['short lists', list(list(prim('u8'))), longest('[', '[1],', 'x]')],
  ['tuples', list(tuple(prim('u8'))), longest('[', '(1),', 'x]')],
  ['results', list(result(prim('u8'))), longest('[', 'ok(1),', 'x]')],
  ['strings', list(prim('string')), longest('[', '"",', 'x]')],
  ['keys', map(prim('u32'), prim('u8')), `[${entries}x`],
  ['a huge integer', prim('s64'), '9'.repeat(megabytes)],
  ['an integer as huge as is read', prim('s64'), `-${'9'.repeat(maxTextLength - 1)}`],
  ['a huge number', prim('f64'), `${'9'.repeat(maxTextLength - 1)}e`],
  ['a string without end', prim('string'), longest('"', 'a', '')],
  ['a string that ends in half a character', prim('string'), longest('"', '🌊', '\ud83c"')],
  ['halves of characters', prim('string'), longest('"', '\ud83c', '')],
  ['escapes', prim('string'), longest('"', '\\u{1}', '')],
  ['lines', prim('string'), longest('"""\n', '\n', '""" x')],
  ['lines of escapes', prim('string'), longest('"""\n', '\\n\n', '""" x')],
  ['comments', prim('u8'), longest('', '//\n', '')],
  ['zeros', prim('string'), '\0'.repeat(megabytes)],
  ['a long label', enumOf('e', 'a'), longest('', 'a-', '')],
  ['many labels to choose from', enumOf('e', ...many), 'b'],
];

describe(`WAVE: hostile text is refused at a column within ${limitMs} ms`, () => {
  for (const [what, type, text] of hostile) {
    it(what, () => {
      const { ms, value: parsed } = quickest(() => parseValue(text, type));
      assert.ok(!parsed.ok && parsed.error.column >= 1 && waveErrorText(parsed.error).length < 400);
      assert.ok(ms < limitMs, `${ms} ms`);
    });
  }

  it('the name of a function, of megabytes', () => {
    const { ms, value: parsed } = quickest(() => parseCall('a'.repeat(maxTextLength), []));
    assert.ok(!parsed.ok && waveErrorText(parsed.error).length < 400 && ms < limitMs, `${ms} ms`);
  });

  it('what could stand behind a word of megabytes', () => {
    const exports = [{ func: 'f', type: func({ text: prim('string') }) }];
    const sources = { exports, handles: noHandles, handleNames: () => [] };
    const text = longest('f("', 'a-', '" ');
    const { ms, value: completion } = quickest(() => completeCall(text, text.length, sources));
    assert.deepEqual(completion.candidates, []);
    assert.ok(ms < limitMs, `${ms} ms`);
  });

  it('bytes that are not UTF-8, megabytes of them', () => {
    const { ms, value: decoded } = quickest(() => decodeText(new Uint8Array(megabytes).fill(0xfe)));
    assert.ok(!decoded.ok && decoded.error.column === 1 && ms < limitMs, `${ms} ms`);
  });
});

/** The best of some tries, in processor time where that is less: what else the machine does is not the parser's. */
function quickest<T>(run: () => T): { readonly ms: number; readonly value: T } {
  let best = Infinity;
  let value = run();
  for (let attempt = 0; attempt < 3; attempt += 1) {
    const start = performance.now();
    const before = process.cpuUsage();
    value = run();
    const { user, system } = process.cpuUsage(before);
    best = Math.min(best, performance.now() - start, (user + system) / 1000);
  }
  return { ms: Math.round(best), value };
}
