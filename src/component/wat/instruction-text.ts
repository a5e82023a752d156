import type { ByteReader } from '../bytes';
import { malformed } from '../decode-error';
import { takeOpcode } from '../instructions';
import type { Immediate, Opcode } from '../opcodes';
import { floatText } from './float-text';
import { referenceText, type WatNames } from './identifier';
import { bigText, takeHeapText, takeTypeText } from './type-text';

/** An instruction as text. */
export interface InstructionText {
  readonly name: string;
  readonly text: string;
}

/**
 * Takes the next instruction as text of the text format, not folded, with indices; functions and globals by name where they have one, with
 * the index in a comment. Throws `DecodeError` for an instruction that we do not know.
 */
export function takeInstructionText(reader: ByteReader, names: WatNames): InstructionText {
  const { opcode } = takeOpcode(reader);
  const parts = opcode.immediates.map((immediate) => takeImmediateText(immediate, opcode, reader, names));
  // In the text format, whether null passes too is told by the type.
  const word = opcode.name.replace(/^(ref\.(?:test|cast))_null$/, '$1');
  const words = [word, ...arranged(opcode.name, parts)];
  return { name: opcode.name, text: words.filter((word) => word !== '').join(' ') };
}

/** The order of the text format, where it is not that of the binary. */
function arranged(name: string, parts: readonly string[]): readonly string[] {
  const [first = '', second = '', ...others] = parts;
  switch (name) {
    case 'call_indirect':
    case 'return_call_indirect':
      return [second, `(type ${first})`];
    case 'memory.init':
    case 'table.init':
      return [second, first];
    case 'memory.copy':
    case 'table.copy':
      return first === '' && second === '' ? [] : [first === '' ? '0' : first, second === '' ? '0' : second];
    case 'ref.test':
    case 'ref.cast':
      return [`(ref ${first})`];
    case 'ref.test_null':
    case 'ref.cast_null':
      return [`(ref null ${first})`];
    case 'br_on_cast':
    case 'br_on_cast_fail': {
      const [from = '', to = ''] = others;
      const flags = Number(first);
      const reference = (type: string, bit: number) =>
        (flags & bit) === 0 ? `(ref ${type})` : `(ref null ${type})`;
      return [second, reference(from, 1), reference(to, 2)];
    }
    case 'atomic.fence':
      return [];
    default:
      return parts;
  }
}

function takeImmediateText(
  immediate: Immediate,
  opcode: Opcode,
  reader: ByteReader,
  names: WatNames,
): string {
  switch (immediate) {
    case '':
      return '';
    case 'block':
      return takeBlockText(reader);
    case 'labels':
      return [...reader.list(() => String(reader.u32())), String(reader.u32())].join(' ');
    case 'memarg':
      return takeMemoryArgument(opcode.name, reader);
    case 'i32': {
      const value = reader.s32();
      // Addresses are told in hexadecimal everywhere else.
      return value >= 1024 ? `${String(value)} (;0x${value.toString(16)};)` : String(value);
    }
    case 'i64':
      return String(reader.s64());
    case 'f32':
    case 'f64': {
      const size = immediate === 'f32' ? 4 : 8;
      const at = reader.offset;
      reader.skip(size);
      return floatText(reader.bytes, at, size);
    }
    case 'v128':
      return `i32x4 ${[0, 4, 8, 12].map(() => hex32(reader)).join(' ')}`;
    case 'lanes':
      return Array.from({ length: 16 }, () => String(reader.u8())).join(' ');
    case 'lane':
    case 'byte':
      return String(reader.u8());
    case 'heap':
      return takeHeapText(reader);
    case 'types':
      return reader.list(() => `(result ${takeTypeText(reader)})`).join(' ');
    case 'catches':
      return reader.list(() => takeCatch(reader)).join(' ');
    case 'resumes':
      return reader.list(() => takeHandler(reader)).join(' ');
    case 'func':
    case 'global': {
      const index = reader.u32();
      return referenceText(index, names[immediate](index));
    }
    case 'memory':
    case 'table':
      return takeDefault(reader, opcode.name);
    default:
      return String(reader.u32());
  }
}

/** A memory or table, which may be left out where it is the first one. `table.get` and the like take it in any case. */
function takeDefault(reader: ByteReader, name: string): string {
  const index = reader.u32();
  return index === 0 && !/^table\.(?:get|set|grow|size|fill)$/.test(name) ? '' : String(index);
}

function takeBlockText(reader: ByteReader): string {
  const code = reader.peek();
  if (code === 0x40) {
    reader.u8();
    return '';
  }
  // A type code has bit 6 set and no continuation: as a signed number it is negative, which no index is.
  if ((code & 0xc0) === 0x40) return `(result ${takeTypeText(reader)})`;
  return `(type ${String(reader.s33())})`;
}

/** `1 offset=8 align=2`: the memory where it is not the first, the alignment where it is not the natural one. */
function takeMemoryArgument(name: string, reader: ByteReader): string {
  const flags = reader.u32();
  const memory = (flags & 0x40) === 0 ? 0 : reader.u32();
  const offset = bigText(reader);
  const exponent = flags & 0x3f;
  if (exponent > 31) throw malformed('an impossible alignment', reader.offset);
  const align = 2 ** exponent;
  return [
    memory === 0 ? '' : String(memory),
    offset === '0' ? '' : `offset=${offset}`,
    align === naturalAlignment(name) ? '' : `align=${String(align)}`,
  ]
    .filter((word) => word !== '')
    .join(' ');
}

/** How many bytes an instruction reads or writes, which its name tells. */
function naturalAlignment(name: string): number {
  if (name === 'memory.atomic.notify' || name === 'memory.atomic.wait32') return 4;
  if (name === 'memory.atomic.wait64') return 8;
  const [, bits, lanes] = /(?:load|store|rmw)(\d+)(x\d)?/.exec(name) ?? [];
  if (bits !== undefined) return lanes === undefined ? Number(bits) / 8 : 8;
  if (name.startsWith('v128')) return 16;
  return name.startsWith('i64') || name.startsWith('f64') ? 8 : 4;
}

function hex32(reader: ByteReader): string {
  const bytes = [reader.u8(), reader.u8(), reader.u8(), reader.u8()];
  return `0x${bytes
    .reverse()
    .map((byte) => byte.toString(16).padStart(2, '0'))
    .join('')}`;
}

function takeCatch(reader: ByteReader): string {
  const form = reader.u8();
  const word = ['catch', 'catch_ref', 'catch_all', 'catch_all_ref'][form];
  if (word === undefined) throw malformed('an unknown form of catch', reader.offset - 1);
  const tag = form < 2 ? `${String(reader.u32())} ` : '';
  return `(${word} ${tag}${String(reader.u32())})`;
}

function takeHandler(reader: ByteReader): string {
  const form = reader.u8();
  if (form > 1) throw malformed('an unknown form of handler', reader.offset - 1);
  const tag = String(reader.u32());
  return form === 0 ? `(on ${tag} ${String(reader.u32())})` : `(on ${tag} switch)`;
}
