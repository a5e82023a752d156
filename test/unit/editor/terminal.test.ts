import assert from 'node:assert/strict';
import fc from 'fast-check';
import { EscapeFilter } from '../../../src/editor/terminal/escape-filter';
import { LineDiscipline } from '../../../src/editor/terminal/line-discipline';
import { PacedWriter } from '../../../src/editor/terminal/paced-writer';

describe('what a guest may do to the terminal', () => {
  const kept = [
    'plain text\tand\r\nlines',
    '\x1b[1;31mred\x1b[0m',
    '\x1b[38;5;12mblue',
    '\x1b[2J\x1b[1;1H',
    '\x1b[?25l',
    'naïve 日本 🦀',
  ];
  for (const text of kept) {
    it(`passes ${JSON.stringify(text)}`, () => assert.equal(new EscapeFilter().filter(text), text));
  }

  const removed: readonly (readonly [what: string, text: string])[] = [
    ['the clipboard', 'a\x1b]52;c;ZXZpbA==\x07b'],
    ['titles', 'a\x1b]0;title\x1b\\b'],
    ['hyperlinks', 'a\x1b]8;;http://example.com\x07b'],
    ['device status reports, whose answers would be typed', 'a\x1b[6nb'],
    ['device attributes', 'a\x1b[cb'],
    ['the alternate screen', 'a\x1b[?1049hb'],
    ['bracketed paste and mouse modes', 'a\x1b[?2004h\x1b[?1003hb'],
    ['resets', 'a\x1bcb'],
    ['character sets', 'a\x1b(0b'],
    ['device control strings', 'a\x1bPq#0\x1b\\b'],
    ['the bell', 'a\x07b'],
    ['C1 sequences', 'a\x9d52;c;eA==\x9cb'],
    ['a sequence without end, after 64 characters', `a\x1b[${'1'.repeat(64)};b`],
  ];
  for (const [what, text] of removed) {
    it(`takes out ${what}`, () => assert.equal(new EscapeFilter().filter(text), 'ab'));
  }

  it('sees the same wherever the output is cut', () => {
    const parts = fc.array(
      fc.constantFrom(
        'text',
        '\x1b[31m',
        '\x1b]52;c;eA==\x07',
        '\x1b[6n',
        '\x1b',
        '[',
        ']',
        '\r\n',
        '\x9b1m',
      ),
    );
    fc.assert(
      fc.property(parts, fc.array(fc.nat()), (words, cuts) => {
        const text = words.join('');
        const whole = new EscapeFilter().filter(text);
        const filter = new EscapeFilter();
        const places = [0, ...cuts.map((cut) => cut % (text.length + 1)).sort((a, b) => a - b), text.length];
        const pieces = places.slice(1).map((end, index) => filter.filter(text.slice(places[index], end)));
        assert.equal(pieces.join(''), whole);
      }),
    );
  });
});

describe('typing into the terminal', () => {
  const cases: readonly (readonly [what: string, typed: string, expected: unknown])[] = [
    [
      'sends a line at Enter',
      'hi\r',
      [
        { type: 'echo', text: 'hi\r\n' },
        { type: 'input', text: 'hi\n' },
      ],
    ],
    [
      'takes back with Backspace',
      'hx\x7fi\r',
      [
        { type: 'echo', text: 'hx\b \bi\r\n' },
        { type: 'input', text: 'hi\n' },
      ],
    ],
    ['erases a wide character by two columns', '日\x7f', [{ type: 'echo', text: '日\b \b\b \b' }]],
    ['takes back a word with Ctrl+W', 'ab cd\x17', [{ type: 'echo', text: 'ab cd\b \b\b \b' }]],
    [
      'ends the input with Ctrl+D on an empty line',
      '\x04',
      [{ type: 'echo', text: '^D\r\n' }, { type: 'end' }],
    ],
    [
      'sends the line so far with Ctrl+D behind text',
      'hi\x04',
      [
        { type: 'echo', text: 'hi' },
        { type: 'input', text: 'hi' },
      ],
    ],
    [
      'interrupts with Ctrl+C and drops the line',
      'hi\x03',
      [{ type: 'echo', text: 'hi^C\r\n' }, { type: 'interrupt' }],
    ],
    ['ignores cursor keys', 'a\x1b[Db\x1bOA', [{ type: 'echo', text: 'ab' }]],
    [
      'sends pasted lines one by one, whatever their line ends',
      'a\r\nb\nc\r',
      [
        { type: 'echo', text: 'a\r\n' },
        { type: 'input', text: 'a\n' },
        { type: 'echo', text: 'b\r\n' },
        { type: 'input', text: 'b\n' },
        { type: 'echo', text: 'c\r\n' },
        { type: 'input', text: 'c\n' },
      ],
    ],
  ];
  for (const [what, typed, expected] of cases) {
    it(what, () => assert.deepEqual(new LineDiscipline().type(typed), expected));
  }
});

describe('writing to the terminal in bursts', () => {
  it('keeps order and loses nothing, however much is pushed', async () => {
    const bursts: string[] = [];
    const writer = new PacedWriter((text) => bursts.push(text), {
      burstChars: 10,
      pauseMs: 1,
      highWaterChars: 20,
    });
    const pieces = Array.from({ length: 50 }, (_, index) => `${String(index)},`);
    for (const piece of pieces) void writer.push(piece);
    await writer.flushed();
    assert.equal(bursts.join(''), pieces.join(''));
    assert.ok(bursts.every((burst) => burst.length <= 10));
  });

  it('holds the sender back while too much waits', async () => {
    const writer = new PacedWriter(() => undefined, { burstChars: 10, pauseMs: 1, highWaterChars: 20 });
    assert.equal(writer.push('short'), undefined);
    const held = writer.push('x'.repeat(100));
    assert.ok(held instanceof Promise);
    await held;
    assert.equal(writer.push('short'), undefined);
  });

  it('lets the sender go when it is disposed', async () => {
    const writer = new PacedWriter(() => undefined, { burstChars: 1, pauseMs: 1_000, highWaterChars: 2 });
    const held = writer.push('x'.repeat(100));
    writer.dispose();
    await held;
  });
});
