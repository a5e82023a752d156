import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { parseCall } from '../../../../src/component/wave/call';
import { exampleValue } from '../../../../src/component/wave/example';
import type { HandleLookup, HandleNaming } from '../../../../src/component/wave/handles';
import { formatCall } from '../../../../src/component/wave/format-call';
import { parseValue } from '../../../../src/component/wave/parse';
import { foldValue, printValue } from '../../../../src/component/wave/print';
import { FakeHandle, anyType, typed } from './arbitrary';
import { func } from './types';
import { waveErrorText } from '../../../../src/words/wave-error';

const naming: HandleNaming = {
  nameFor: (value) => {
    assert.ok(value instanceof FakeHandle);
    return value.name;
  },
};
const lookup: HandleLookup = { find: (name) => ({ value: new FakeHandle(name) }) };

describe('WAVE: what is printed reads back', () => {
  it('as the same value, on one line, for 10,000 typed values', function () {
    this.timeout(60_000);
    fc.assert(
      fc.property(typed, ({ type, value }) => {
        const text = printValue(value, type, { handles: naming });
        assert.ok(!text.includes('\n'), text);
        assert.deepEqual(parseValue(text, type, lookup), { ok: true, value });
      }),
      { numRuns: 10_000 },
    );
  });

  it('as the same value, broken into lines of any width', function () {
    this.timeout(30_000);
    fc.assert(
      fc.property(typed, fc.integer({ min: 0, max: 80 }), ({ type, value }, width) => {
        const text = printValue(value, type, { handles: naming, width });
        assert.deepEqual(parseValue(text, type, lookup), { ok: true, value });
      }),
      { numRuns: 3000 },
    );
  });

  it('as the same value, in a call that is laid out in any width', function () {
    this.timeout(30_000);
    fc.assert(
      fc.property(typed, fc.integer({ min: 0, max: 80 }), ({ type, value }, width) => {
        const text = formatCall(`f(${printValue(value, type, { handles: naming })})`, width);
        const parsed = parseCall(text, [{ func: 'f', type: func({ value: type }) }], lookup);
        assert.deepEqual(parsed.ok && parsed.value.args, [value], text);
      }),
      { numRuns: 3000 },
    );
  });

  it('and an example of any type is a value of the type', () => {
    fc.assert(
      fc.property(anyType, (type) => {
        const text = exampleValue(type, () => ['$7']);
        assert.ok(text !== null && parseValue(text, type, lookup).ok, String(text));
      }),
      { numRuns: 2000 },
    );
  });

  it('and what is folded is one line of about the length that was asked for', () => {
    fc.assert(
      fc.property(typed, fc.integer({ min: 40, max: 200 }), ({ type, value }, maxLength) => {
        const text = foldValue(value, type, maxLength, naming);
        assert.ok(!text.includes('\n') && text.length < maxLength * 2 + 200, text);
      }),
      { numRuns: 2000 },
    );
  });

  it('and no text makes the parser throw', () => {
    fc.assert(
      fc.property(anyType, fc.string({ unit: 'binary' }), (type, text) => {
        const parsed = parseValue(text, type);
        if (!parsed.ok) assert.ok(parsed.error.column >= 1 && parsed.error.offset <= text.length);
      }),
      { numRuns: 2000 },
    );
  });

  it('and no part of a right text makes the parser throw or point outside of it', () => {
    fc.assert(
      fc.property(
        typed,
        fc.nat(),
        fc.nat(),
        fc.constantFrom('', '"', '(', '{', ',', '\\', '\n', '\ud800'),
        (one, cut, place, extra) => {
          const whole = printValue(one.value, one.type, { handles: naming });
          const part = whole.slice(0, cut % (whole.length + 1));
          const at = place % (part.length + 1);
          const text = part.slice(0, at) + extra + part.slice(at);
          const parsed = parseValue(text, one.type, lookup);
          if (!parsed.ok)
            assert.ok(parsed.error.offset <= text.length && waveErrorText(parsed.error).endsWith('.'));
        },
      ),
      { numRuns: 3000 },
    );
  });
});
