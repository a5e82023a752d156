import { WireError } from './wire';

/**
 * Commands and reports as bytes: what JSON has, and the other values that jco's code takes and gives
 * (undefined, bigint, Map, typed arrays). V8's own serialiser is not used, since whatever `v8.deserialize`
 * gives outlives a garbage collection: with thousands of calls V8 takes that for a reason to let its heap
 * grow, in both processes.
 */

/** The first byte of each value. */
const tag = {
  undefined: 0,
  null: 1,
  false: 2,
  true: 3,
  integer: 4,
  number: 5,
  bigint: 6,
  text: 7,
  list: 8,
  record: 9,
  map: 10,
  numbers: 11,
} as const;

/** Their places are the numbers that stand for them. */
const arrays = [
  Uint8Array,
  Int8Array,
  Uint16Array,
  Int16Array,
  Uint32Array,
  Int32Array,
  BigUint64Array,
  BigInt64Array,
  Float32Array,
  Float64Array,
] as const;

/** In one message. A byte on the wire may become many in memory. */
const mostValues = 8_000_000;

/** Of a bigint, its sign included. */
const mostDigits = 100;

/** The bytes of a value. Throws TypeError for one that cannot leave its process: a function, a symbol. */
export function encodeValue(value: unknown): Buffer {
  const writer = new Writer();
  writer.value(value);
  return writer.written();
}

/** The value of which {@link encodeValue} made the bytes. Throws an Error for other bytes. */
export function decodeValue(bytes: Buffer): unknown {
  const reader = new Reader(bytes);
  const value = reader.value();
  reader.end();
  return value;
}

class Writer {
  #bytes = Buffer.allocUnsafe(512);
  #length = 0;

  written(): Buffer {
    return this.#bytes.subarray(0, this.#length);
  }

  value(value: unknown): void {
    switch (typeof value) {
      case 'undefined':
        this.#byte(tag.undefined);
        break;
      case 'boolean':
        this.#byte(value ? tag.true : tag.false);
        break;
      case 'number':
        this.#number(value);
        break;
      case 'bigint':
        this.#byte(tag.bigint);
        this.#text(String(value));
        break;
      case 'string':
        this.#byte(tag.text);
        this.#text(value);
        break;
      case 'object':
        this.#object(value);
        break;
      default:
        throw new TypeError(`A ${typeof value} cannot leave its process.`);
    }
  }

  #number(value: number): void {
    if ((value | 0) === value && !Object.is(value, -0)) {
      this.#byte(tag.integer);
      const at = this.#room(4);
      this.#bytes.writeInt32LE(value, at);
    } else {
      this.#byte(tag.number);
      const at = this.#room(8);
      this.#bytes.writeDoubleLE(value, at);
    }
  }

  #object(value: object | null): void {
    if (value === null) this.#byte(tag.null);
    else if (Array.isArray(value)) {
      this.#head(tag.list, value.length);
      for (const item of value) this.value(item);
    } else if (ArrayBuffer.isView(value)) this.#numbers(value);
    else if (value instanceof Map) {
      this.#head(tag.map, value.size);
      for (const [key, item] of value) {
        this.value(key);
        this.value(item);
      }
    } else {
      const names = Object.keys(value);
      this.#head(tag.record, names.length);
      for (const name of names) {
        this.#text(name);
        this.value(Reflect.get(value, name));
      }
    }
  }

  #numbers(value: ArrayBufferView): void {
    const kind = arrays.findIndex((type) => value instanceof type);
    if (kind < 0) throw new TypeError(`A ${value.constructor.name} cannot leave its process.`);
    this.#head(tag.numbers, value.byteLength);
    this.#byte(kind);
    const at = this.#room(value.byteLength);
    this.#bytes.set(new Uint8Array(value.buffer, value.byteOffset, value.byteLength), at);
  }

  #head(kind: number, count: number): void {
    this.#byte(kind);
    this.#count(count);
  }

  #text(text: string): void {
    const sizeBytes = Buffer.byteLength(text);
    this.#count(sizeBytes);
    const at = this.#room(sizeBytes);
    this.#bytes.write(text, at, sizeBytes);
  }

  #count(count: number): void {
    const at = this.#room(4);
    this.#bytes.writeUInt32LE(count, at);
  }

  #byte(byte: number): void {
    const at = this.#room(1);
    this.#bytes[at] = byte;
  }

  /** Where the next so many bytes belong; `#bytes` may be others afterwards. */
  #room(sizeBytes: number): number {
    const at = this.#length;
    this.#length += sizeBytes;
    if (this.#length > this.#bytes.length) {
      const larger = Buffer.allocUnsafe(Math.max(this.#length, this.#bytes.length * 2));
      larger.set(this.#bytes.subarray(0, at));
      this.#bytes = larger;
    }
    return at;
  }
}

class Reader {
  readonly #bytes: Buffer;
  #at = 0;
  #values = 0;

  constructor(bytes: Buffer) {
    this.#bytes = bytes;
  }

  end(): void {
    if (this.#at !== this.#bytes.length) throw new WireError('A message is longer than its value.');
  }

  value(): unknown {
    this.#values += 1;
    if (this.#values > mostValues) throw new WireError('A message has too many values.');
    const kind = this.#byte();
    switch (kind) {
      case tag.undefined:
        return undefined;
      case tag.null:
        return null;
      case tag.false:
        return false;
      case tag.true:
        return true;
      case tag.integer:
        return this.#bytes.readInt32LE(this.#skip(4));
      case tag.number:
        return this.#bytes.readDoubleLE(this.#skip(8));
      case tag.bigint:
        return this.#bigint();
      case tag.text:
        return this.#text();
      case tag.list:
        return this.#list();
      case tag.record:
        return this.#record();
      case tag.map:
        return this.#map();
      case tag.numbers:
        return this.#numbers();
      default:
        throw new WireError(`A message has a value of unknown kind ${String(kind)}.`);
    }
  }

  /** Those of components have 64 bits; to read a much longer one would take the reader's thread for long. */
  #bigint(): bigint {
    const digits = this.#text();
    if (digits.length > mostDigits) throw new WireError('A message has a number that is too long.');
    return BigInt(digits);
  }

  #list(): unknown[] {
    const items: unknown[] = [];
    for (let missing = this.#count(); missing > 0; missing--) items.push(this.value());
    return items;
  }

  #record(): Record<string, unknown> {
    const record: Record<string, unknown> = {};
    for (let missing = this.#count(); missing > 0; missing--) {
      const name = this.#text();
      const value = this.value();
      // An assignment would set the prototype.
      if (name === '__proto__')
        Object.defineProperty(record, name, { value, enumerable: true, configurable: true, writable: true });
      else record[name] = value;
    }
    return record;
  }

  #map(): Map<unknown, unknown> {
    const map = new Map<unknown, unknown>();
    for (let missing = this.#count(); missing > 0; missing--) {
      const key = this.value();
      map.set(key, this.value());
    }
    return map;
  }

  #numbers(): ArrayBufferView {
    const sizeBytes = this.#count();
    const type = arrays[this.#byte()];
    if (type === undefined) throw new WireError('A message has an array of unknown kind.');
    const start = this.#bytes.byteOffset + this.#skip(sizeBytes);
    // Every Buffer of Node's is over an ArrayBuffer; what is read has one of its own, where its numbers are aligned.
    return new type((this.#bytes.buffer as ArrayBuffer).slice(start, start + sizeBytes));
  }

  #text(): string {
    const sizeBytes = this.#count();
    const start = this.#skip(sizeBytes);
    return this.#bytes.toString('utf8', start, start + sizeBytes);
  }

  #count(): number {
    return this.#bytes.readUInt32LE(this.#skip(4));
  }

  #byte(): number {
    return this.#bytes.readUInt8(this.#skip(1));
  }

  /** Takes the next so many bytes; says where they are. */
  #skip(sizeBytes: number): number {
    const start = this.#at;
    this.#at += sizeBytes;
    if (this.#at > this.#bytes.length) throw new WireError('A message is shorter than its value.');
    return start;
  }
}
