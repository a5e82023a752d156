import type { ByteReader } from '../bytes';
import { malformed } from '../decode-error';

/** Types without parts by their code (core specification, 5.3); references are the shorthands of nullable ones. */
const codes: Readonly<Record<number, string>> = {
  0x7f: 'i32',
  0x7e: 'i64',
  0x7d: 'f32',
  0x7c: 'f64',
  0x7b: 'v128',
  0x78: 'i8',
  0x77: 'i16',
};

/** Abstract heap types by their code. */
const heapTypes: Readonly<Record<number, string>> = {
  0x75: 'nocont',
  0x74: 'noexn',
  0x73: 'nofunc',
  0x72: 'noextern',
  0x71: 'none',
  0x70: 'func',
  0x6f: 'extern',
  0x6e: 'any',
  0x6d: 'eq',
  0x6c: 'i31',
  0x6b: 'struct',
  0x6a: 'array',
  0x69: 'exn',
  0x68: 'cont',
};

/** Takes a value type, or a packed type of a field. Throws `DecodeError`. */
export function takeTypeText(reader: ByteReader): string {
  const start = reader.offset;
  const code = reader.u8();
  if (code === 0x63) return `(ref null ${takeHeapText(reader)})`;
  if (code === 0x64) return `(ref ${takeHeapText(reader)})`;
  const simple = codes[code];
  if (simple !== undefined) return simple;
  const heap = heapTypes[code];
  if (heap === undefined) throw malformed('an unknown core type', start);
  return `(ref null ${heap})`;
}

/** Takes a heap type: an index, or an abstract type. */
export function takeHeapText(reader: ByteReader): string {
  const start = reader.offset;
  const code = reader.peek();
  if (code === 0x62 || code === 0x65) {
    reader.u8();
    const inner = takeHeapText(reader);
    return code === 0x62 ? `(exact ${inner})` : `(shared ${inner})`;
  }
  const index = reader.s33();
  if (index >= 0) return String(index);
  const heap = heapTypes[index & 0x7f];
  if (heap === undefined) throw malformed('an unknown heap type', start);
  return heap;
}

/** A type of a type section. */
export interface TypeText {
  /** `(func (param i32) (result i32))` */
  readonly definition: string;
  /** Parameters and results of a function type, null for other types. */
  readonly signature: string | null;
}

/** Takes one entry of a type section: a group of types that may refer to each other. */
export function takeGroupText(reader: ByteReader): {
  readonly isGroup: boolean;
  readonly types: readonly TypeText[];
} {
  if (reader.peek() !== 0x4e) return { isGroup: false, types: [takeSubText(reader)] };
  reader.u8();
  return { isGroup: true, types: reader.list(() => takeSubText(reader)) };
}

function takeSubText(reader: ByteReader): TypeText {
  const form = reader.peek();
  if (form !== 0x50 && form !== 0x4f) return takeCompositeText(reader);
  reader.u8();
  const above = reader.list(() => String(reader.u32()));
  const type = takeCompositeText(reader);
  const words = ['sub', ...(form === 0x4f ? ['final'] : []), ...above, type.definition];
  return { ...type, definition: `(${words.join(' ')})` };
}

function takeCompositeText(reader: ByteReader): TypeText {
  const start = reader.offset;
  const plain = (definition: string): TypeText => ({ definition, signature: null });
  switch (reader.u8()) {
    case 0x65: {
      const inner = takeCompositeText(reader);
      return { ...inner, definition: `(shared ${inner.definition})` };
    }
    case 0x60: {
      const params = reader.list(() => takeTypeText(reader));
      const results = reader.list(() => takeTypeText(reader));
      const signature = [listText('param', params), listText('result', results)]
        .filter((part) => part !== '')
        .join(' ');
      return { definition: signature === '' ? '(func)' : `(func ${signature})`, signature };
    }
    case 0x5f: {
      const fields = reader.list(() => `(field ${takeFieldText(reader)})`);
      return plain(`(${['struct', ...fields].join(' ')})`);
    }
    case 0x5e:
      return plain(`(array ${takeFieldText(reader)})`);
    case 0x5d:
      return plain(`(cont ${takeHeapText(reader)})`);
    default:
      throw malformed('an unknown core type', start);
  }
}

/** `(param i32 i64)`, or nothing for no types. */
export function listText(word: string, types: readonly string[]): string {
  return types.length === 0 ? '' : `(${word} ${types.join(' ')})`;
}

function takeFieldText(reader: ByteReader): string {
  const type = takeTypeText(reader);
  return (reader.u8() & 1) === 1 ? `(mut ${type})` : type;
}

/** Takes the type of a global. */
export function takeGlobalText(reader: ByteReader): string {
  return takeFieldText(reader);
}

/** Takes the limits of a memory or table, in words. */
export function takeLimitsText(reader: ByteReader): string {
  const flags = reader.u8();
  if (flags > 0x0f) throw malformed('unknown limits', reader.offset - 1);
  const words = [...((flags & 4) === 0 ? [] : ['i64']), bigText(reader)];
  if ((flags & 1) !== 0) words.push(bigText(reader));
  if ((flags & 2) !== 0) words.push('shared');
  if ((flags & 8) !== 0) words.push(`(pagesize ${String(2 ** Math.min(reader.u32(), 31))})`);
  return words.join(' ');
}

/** A number of up to 64 bits without a sign. */
export function bigText(reader: ByteReader): string {
  let value = 0n;
  for (let shift = 0n; shift < 70n; shift += 7n) {
    const byte = reader.u8();
    value |= BigInt(byte & 0x7f) << shift;
    if ((byte & 0x80) === 0) return String(BigInt.asUintN(64, value));
  }
  throw malformed('a number of more than 64 bits', reader.offset);
}

/** Takes the type of a table. */
export function takeTableText(reader: ByteReader): string {
  const type = takeTypeText(reader);
  return `${takeLimitsText(reader)} ${type}`;
}
