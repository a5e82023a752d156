import assert from 'node:assert/strict';
import { argumentAt, splitCalls } from '../../../../src/component/wave/split-calls';
import { formatCall } from '../../../../src/component/wave/format-call';
import { maxTextLength } from '../../../../src/component/wave/parse';

describe('the calls of a document', () => {
  const texts = (document: string) => splitCalls(document).map(({ text }) => text);

  it('are one a line, without the comments and empty lines between them', () => {
    assert.deepEqual(splitCalls('// first\nadd(1, 2)\n\n  next() // again\n//add(3, 4)\n'), [
      { text: 'add(1, 2)', offset: 9 },
      { text: 'next() // again', offset: 22 },
    ]);
  });

  it('go on until their last bracket is closed', () => {
    assert.deepEqual(texts('add(\n  1,\n  [{a: 1}]\n)\nnext()'), ['add(\n  1,\n  [{a: 1}]\n)', 'next()']);
  });

  it('are not ended or gone on with by brackets in strings, chars and comments', () => {
    assert.deepEqual(texts('say("(")\nsay(\'(\')\nsay("\\"(")\nnext() // (\nnext()'), [
      'say("(")',
      "say('(')",
      'say("\\"(")',
      'next() // (',
      'next()',
    ]);
    assert.deepEqual(texts('say(// )\n  "a")\nnext()'), ['say(// )\n  "a")', 'next()']);
  });

  it('go on to the end of a string of several lines', () => {
    assert.deepEqual(texts('say("""\n  (\n\n  next()\n  """)\nnext()'), [
      'say("""\n  (\n\n  next()\n  """)',
      'next()',
    ]);
  });

  it('end at the line’s end where a quote is missing and no bracket is open', () => {
    assert.deepEqual(texts('say "a)\nnext()'), ['say "a)', 'next()']);
    assert.deepEqual(texts('say("a)\nnext()'), ['say("a)\nnext()']);
  });

  it('end with the document at the latest, and with Windows line ends too', () => {
    assert.deepEqual(texts('add(1, '), ['add(1, ']);
    assert.deepEqual(texts('add(\r\n1, 2)\r\nnext()\r\n'), ['add(\r\n1, 2)', 'next()']);
    assert.deepEqual(texts(')\nnext()'), [')', 'next()']);
    assert.deepEqual(texts(''), []);
  });

  it('are found in a large document at once', () => {
    const started = performance.now();
    assert.equal(splitCalls('"'.repeat(1 << 19)).length, 1);
    assert.equal(splitCalls('('.repeat(1 << 19)).length, 1);
    assert.equal(splitCalls('next()\n'.repeat(1 << 16)).length, 1 << 16);
    assert.ok(performance.now() - started < 2000);
  });
});

describe('the place in a call', () => {
  it('is the argument that is being written', () => {
    assert.equal(argumentAt('add'), null);
    assert.equal(argumentAt('add('), 0);
    assert.equal(argumentAt('add(1, '), 1);
    assert.equal(argumentAt('add([1, 2], {a: "x, y", '), 1);
    assert.equal(argumentAt('add("""\n a, b\n """, '), 1);
    assert.equal(argumentAt('add(1, 2)'), null);
  });
});

describe('laying out a call', () => {
  it('leaves one that fits on its line', () => {
    assert.equal(formatCall('add(1, 2)', 80), 'add(1, 2)');
    assert.equal(formatCall('add( 1,2 )', 80), 'add(1, 2)');
  });

  it('gives each argument and each field a line where they do not fit', () => {
    assert.equal(
      formatCall('greet("Ada Lovelace", {polite: true, language: some("en"), nick: none})', 30),
      [
        'greet(',
        '  "Ada Lovelace",',
        '  {',
        '    polite: true,',
        '    language: some("en"),',
        '    nick: none,',
        '  },',
        ')',
      ].join('\n'),
    );
  });

  it('puts no comma behind the value of a case or into an empty record, where none may be', () => {
    assert.equal(
      formatCall('f({a: some({b: ok((1, "two")), c: %err(3), d: {:}})}, [some("long enough"), none])', 20),
      [
        'f(',
        '  {',
        '    a: some({',
        '      b: ok((',
        '        1, "two",',
        '      )),',
        '      c: %err(3),',
        '      d: {:},',
        '    }),',
        '  },',
        '  [',
        '    some("long enough"),',
        '    none,',
        '  ],',
        ')',
      ].join('\n'),
    );
  });

  it('leaves one that is too long to be read', () => {
    const long = `f([${'1,'.repeat(maxTextLength / 2)}])`;
    assert.equal(formatCall(long, 80), long);
  });

  it('lays out a call again as it is', () => {
    const once = formatCall('send([{to: "a", body: "bbbbbbbbbbbb"}, {to: "c", body: "dddddddddd"}])', 30);
    assert.equal(formatCall(once, 30), once);
    assert.equal(
      formatCall(once, 200),
      'send([{to: "a", body: "bbbbbbbbbbbb"}, {to: "c", body: "dddddddddd"}])',
    );
  });

  it('changes nothing in a call with comments, with strings of several lines, or with brackets that do not match', () => {
    for (const text of [
      'add(1, // one\n 2)',
      'say("""\n  a\n  """)',
      'add((1, 2)',
      'add(1, 2]',
      'add(1))',
      '',
    ]) {
      assert.equal(formatCall(text, 4), text);
    }
  });
});
