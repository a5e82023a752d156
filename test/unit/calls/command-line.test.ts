import assert from 'node:assert/strict';
import fc from 'fast-check';
import { formatCommandLine, parseCommandLine } from '../../../src/calls/command-line';

describe('a command line', () => {
  const examples: readonly (readonly [text: string, env: Record<string, string>, args: readonly string[]])[] =
    [
      ['', {}, []],
      ['first  second', {}, ['first', 'second']],
      ['GREETING=hi NAME= x', { GREETING: 'hi', NAME: '' }, ['x']],
      [`GREETING="hello there" 'two words'`, { GREETING: 'hello there' }, ['two words']],
      ['x A=1', {}, ['x', 'A=1']],
      ['-- A=1', {}, ['A=1']],
      [`"A=1"`, {}, ['A=1']],
      [String.raw`a\ b "c\"d" 'e\f'`, {}, ['a b', 'c"d', String.raw`e\f`]],
      [`"" ''`, {}, ['', '']],
    ];
  for (const [text, env, args] of examples) {
    it(`reads ${text === '' ? 'an empty line' : text}`, () => {
      assert.deepEqual(parseCommandLine(text), { ok: true, value: { env, args } });
    });
  }

  it('has an error at a quote that is not closed', () => {
    assert.deepEqual(parseCommandLine(`a "b`), { ok: false, error: { quote: '"', column: 3 } });
  });

  it('is read as it was written, for any arguments', () => {
    const name = fc.stringMatching(/^[A-Z_][A-Z0-9_]{0,5}$/);
    fc.assert(
      fc.property(fc.array(fc.string()), fc.dictionary(name, fc.string()), (args, env) => {
        const parsed = parseCommandLine(formatCommandLine({ args, env }));
        assert.deepEqual(parsed, { ok: true, value: { env: { ...env }, args } });
      }),
      { numRuns: 500 },
    );
  });
});
