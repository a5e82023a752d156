import assert from 'node:assert/strict';
import fc from 'fast-check';
import { ByteReader } from '../../../src/component/bytes';
import { DecodeError } from '../../../src/component/decode-error';

const read = (...bytes: number[]) => new ByteReader(Uint8Array.from(bytes));

describe('a reader of bytes', () => {
  it('reads unsigned numbers', () => {
    assert.equal(read(0xe5, 0x8e, 0x26).u32(), 624_485);
    assert.equal(read(0xff, 0xff, 0xff, 0xff, 0x0f).u32(), 0xffff_ffff);
  });

  it('reads signed numbers', () => {
    assert.equal(read(0x7f).s33(), -1);
    assert.equal(read(0xc0, 0xbb, 0x78).s32(), -123_456);
    assert.equal(
      read(0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x7f).s64(),
      -9_223_372_036_854_775_808n,
    );
  });

  it('refuses a number that is longer than its type', () => {
    assert.throws(() => read(0xff, 0xff, 0xff, 0xff, 0x1f).u32(), {
      message: 'a number of more than 32 bits at byte 0',
    });
    assert.throws(() => read(...Array<number>(11).fill(0x80)).s64(), DecodeError);
  });

  it('reads back every 64-bit number', () => {
    fc.assert(
      fc.property(fc.bigInt(-(2n ** 63n), 2n ** 63n - 1n), (value) => {
        assert.equal(read(...signedLeb(value)).s64(), value);
      }),
    );
  });

  it('says where a file ends too early', () => {
    assert.throws(() => read(0x05, 0x61).name(), {
      problem: { kind: 'truncated', detail: '', offset: 2 },
    });
  });

  it('never reads behind its own part', () => {
    const part = read(1, 2, 3, 4).part(2);
    part.u8();
    part.u8();
    assert.throws(() => part.u8(), { message: 'a section that ends too early at byte 2' });
  });

  it('refuses a count that cannot be true, before it makes room for it', () => {
    assert.throws(() => read(0xff, 0xff, 0xff, 0xff, 0x0f, 1).list(() => 0), DecodeError);
  });

  it('refuses a name that is not UTF-8', () => {
    assert.throws(() => read(2, 0xff, 0xfe).name(), { message: 'a name that is not UTF-8 at byte 1' });
  });
});

function signedLeb(value: bigint): number[] {
  const bytes: number[] = [];
  for (let rest = value; ; rest >>= 7n) {
    const byte = Number(rest & 0x7fn);
    const last = (rest >> 7n === 0n && byte < 64) || (rest >> 7n === -1n && byte >= 64);
    bytes.push(last ? byte : byte | 0x80);
    if (last) return bytes;
  }
}
