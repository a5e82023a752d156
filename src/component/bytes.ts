import { malformed, truncated } from './decode-error';

const utf8 = new TextDecoder('utf-8', { fatal: true });

/**
 * Reads numbers, names and ranges from a part of a file, never outside of that part. Offsets are those of the
 * whole file, so that an error names a place which a hex editor finds. Throws only `DecodeError`.
 */
export class ByteReader {
  /** The whole file. */
  readonly bytes: Uint8Array;
  /** First offset that no longer belongs to this reader's part. */
  readonly end: number;
  /** Offset of the next byte to be read. */
  offset: number;

  constructor(bytes: Uint8Array, offset = 0, end = bytes.length) {
    this.bytes = bytes;
    this.offset = offset;
    this.end = end;
  }

  get atEnd(): boolean {
    return this.offset >= this.end;
  }

  get remaining(): number {
    return this.end - this.offset;
  }

  u8(): number {
    const byte = this.offset < this.end ? this.bytes[this.offset] : undefined;
    if (byte === undefined) throw this.#pastEnd();
    this.offset += 1;
    return byte;
  }

  /** Looks at the next byte without taking it. */
  peek(): number {
    const byte = this.offset < this.end ? this.bytes[this.offset] : undefined;
    if (byte === undefined) throw this.#pastEnd();
    return byte;
  }

  /** A LEB128 number of at most 32 bits, unsigned. */
  u32(): number {
    const start = this.offset;
    let result = 0;
    for (let shift = 0; shift < 35; shift += 7) {
      const byte = this.u8();
      if (shift === 28 && (byte & 0xf0) !== 0) break;
      result |= (byte & 0x7f) << shift;
      if ((byte & 0x80) === 0) return result >>> 0;
    }
    throw malformed('a number of more than 32 bits', start);
  }

  /** A LEB128 number of at most 33 bits, signed: indices where they are at least 0, type codes where negative. */
  s33(): number {
    const start = this.offset;
    let result = 0;
    let scale = 1;
    for (let count = 0; count < 5; count++) {
      const byte = this.u8();
      result += (byte & 0x7f) * scale;
      scale *= 128;
      if ((byte & 0x80) === 0) return (byte & 0x40) === 0 ? result : result - scale;
    }
    throw malformed('a number of more than 33 bits', start);
  }

  /** A LEB128 number of at most 32 bits, signed. */
  s32(): number {
    return this.s33() | 0;
  }

  /** A LEB128 number of at most 64 bits, signed. */
  s64(): bigint {
    const start = this.offset;
    let low = 0;
    let scale = 1;
    let high = 0n;
    for (let count = 0; count < 10; count++) {
      const byte = this.u8();
      if (count < 7) {
        low += (byte & 0x7f) * scale;
        scale *= 128;
      } else {
        high |= BigInt(byte & 0x7f) << BigInt(7 * count);
      }
      if ((byte & 0x80) === 0) {
        return BigInt.asIntN(Math.min(64, 7 * (count + 1)), high | BigInt(low));
      }
    }
    throw malformed('a number of more than 64 bits', start);
  }

  /** A LEB128 number of at most 64 bits, unsigned, as a JavaScript number (exact below 2^53). */
  u64(): number {
    const start = this.offset;
    let result = 0;
    let scale = 1;
    for (let count = 0; count < 10; count++) {
      const byte = this.u8();
      result += (byte & 0x7f) * scale;
      scale *= 128;
      if ((byte & 0x80) === 0) return result;
    }
    throw malformed('a number of more than 64 bits', start);
  }

  /** Length-prefixed UTF-8. */
  name(): string {
    const length = this.u32();
    const start = this.offset;
    this.skip(length);
    try {
      return utf8.decode(this.bytes.subarray(start, this.offset));
    } catch {
      throw malformed('a name that is not UTF-8', start);
    }
  }

  /** The count in front of a list. A list cannot have more items than bytes are left (each takes one at least). */
  count(): number {
    const start = this.offset;
    const count = this.u32();
    if (count <= this.remaining) return count;
    throw this.end === this.bytes.length ? this.#pastEnd() : malformed('an impossible count', start);
  }

  /** A list: its count, then its items, read by `item`. */
  list<T>(item: (index: number) => T): T[] {
    const count = this.count();
    const items: T[] = [];
    for (let index = 0; index < count; index++) items.push(item(index));
    return items;
  }

  skip(length: number): void {
    if (length > this.remaining) throw this.#pastEnd();
    this.offset += length;
  }

  /** A reader of the next `length` bytes; this one continues behind them. */
  part(length: number): ByteReader {
    const start = this.offset;
    this.skip(length);
    return new ByteReader(this.bytes, start, start + length);
  }

  /** The bytes of this reader's part that are not yet read, as a view. */
  rest(): Uint8Array {
    return this.bytes.subarray(this.offset, this.end);
  }

  #pastEnd(): Error {
    return this.end === this.bytes.length
      ? truncated(this.bytes.length)
      : malformed('a section that ends too early', this.end);
  }
}
