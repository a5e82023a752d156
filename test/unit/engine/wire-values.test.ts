import assert from 'node:assert/strict';
import { decodeValue, encodeValue } from '../../../src/engine/wire-values';

const returned = (value: unknown) => decodeValue(encodeValue(value));

describe('values on the wire', () => {
  const values: readonly (readonly [what: string, value: unknown])[] = [
    ['nothing', undefined],
    ['null', null],
    ['truth values', [true, false]],
    ['whole numbers', [0, -1, 2 ** 31 - 1, -(2 ** 31), 2 ** 31, 2 ** 53]],
    ['other numbers', [0.1, -0, Number.NaN, Infinity, -Infinity, 5e-324]],
    ['64 bits', [0n, -(2n ** 63n), 2n ** 64n - 1n]],
    ['texts', ['', 'plain', 'Grüße, 世界 🌍', 'a\0b', 'ü'.repeat(100_000)]],
    ['lists in lists', [[], [[1], ['two', [3n]]]]],
    ['records, with fields that are undefined', { a: undefined, b: { c: null }, '': 1 }],
    [
      'maps',
      new Map<unknown, unknown>([
        [1n, 'one'],
        ['two', new Map()],
      ]),
    ],
    ['bytes', new Uint8Array([0, 127, 255])],
    [
      'numbers of every kind',
      [
        new Int8Array([-128, 127]),
        new Uint16Array([0, 65_535]),
        new Int16Array([-32_768]),
        new Uint32Array([2 ** 32 - 1]),
        new Int32Array([-(2 ** 31)]),
        new BigUint64Array([2n ** 64n - 1n]),
        new BigInt64Array([-(2n ** 63n)]),
        new Float32Array([0.5, Number.NaN]),
        new Float64Array([0.1, -0]),
        new Float64Array(0),
      ],
    ],
    ['a part of an array', new Uint32Array([1, 2, 3, 4]).subarray(1, 3)],
  ];
  for (const [what, value] of values) {
    it(`come back as they were: ${what}`, () => {
      assert.deepEqual(returned(value), value);
    });
  }

  it('keep a field that is called like the prototype a field', () => {
    const sent: unknown = JSON.parse('{"__proto__": {"polluted": true}, "own": 1}');
    const back = returned(sent) as object;
    assert.deepEqual(Object.entries(back), [
      ['__proto__', { polluted: true }],
      ['own', 1],
    ]);
    assert.equal(Object.getPrototypeOf(back), Object.prototype);
  });

  it('do not share memory with the message', () => {
    const message = encodeValue(new Uint8Array([1, 2, 3]));
    const back = decodeValue(message);
    message.fill(0);
    assert.deepEqual(back, new Uint8Array([1, 2, 3]));
  });

  it('refuse what cannot leave a process', () => {
    assert.throws(() => encodeValue({ f: () => 1 }), { message: 'A function cannot leave its process.' });
    assert.throws(() => encodeValue([Symbol('s')]), { message: 'A symbol cannot leave its process.' });
    assert.throws(() => encodeValue(new DataView(new ArrayBuffer(1))), {
      message: 'A DataView cannot leave its process.',
    });
  });

  it('are refused when they are cut short anywhere, or too long', () => {
    const message = encodeValue({ list: [1, 'two', 3n, 4.5, new Map([['k', new Float64Array(2)]])] });
    for (let length = 0; length < message.length; length++) {
      assert.throws(() => decodeValue(message.subarray(0, length)), Error, `with ${String(length)} bytes`);
    }
    assert.throws(() => decodeValue(Buffer.concat([message, Buffer.alloc(1)])), {
      message: 'A message is longer than its value.',
    });
  });

  it('are refused where a few bytes would become many values', () => {
    const count = 8_000_001;
    const message = Buffer.alloc(5 + count); // each item is one byte: nothing
    message[0] = 8;
    message.writeUInt32LE(count, 1);
    assert.throws(() => decodeValue(message), { message: 'A message has too many values.' });
  });

  it('are refused at once where they announce more than there is', () => {
    const before = performance.now();
    for (const kind of [7, 8, 9, 10, 11]) {
      assert.throws(() => decodeValue(Buffer.from([kind, 255, 255, 255, 255])), Error);
    }
    assert.throws(() => decodeValue(Buffer.alloc(1_000_000, Buffer.from([8, 1, 0, 0, 0]))), Error);
    assert.throws(() => decodeValue(encodeValue(BigInt(`0x${'f'.repeat(100_000)}`))), {
      message: 'A message has a number that is too long.',
    });
    assert.ok(performance.now() - before < 1000);
  });
});
