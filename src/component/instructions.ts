import type { ByteReader } from './bytes';
import { takeHeapType, takeValueType } from './core-types';
import { malformed } from './decode-error';
import { isPrefix, keyBehind, opcodeOf, type Immediate, type Opcode } from './opcodes';

/** One decoded instruction. Numbers stand in the order of the opcode's immediates. */
export interface Instruction {
  /** Offset in the file. */
  readonly offset: number;
  readonly key: number;
  readonly opcode: Opcode;
  /** What the immediates are, as numbers; a `memarg` gives the memory index and the offset. */
  readonly numbers: readonly number[];
  /** The constant of an `i64.const`. */
  readonly wide: bigint | null;
}

/** Block types that are no type index are given as these: no result, or one result. */
export const BLOCK = { empty: -1, oneResult: -2 } as const;

/** Takes the next instruction of a function body. Throws `DecodeError` for one that we do not know. */
export function takeInstruction(reader: ByteReader): Instruction {
  const offset = reader.offset;
  const { key, opcode } = takeOpcode(reader);
  if (opcode.immediates.length === 0) return { offset, key, opcode, numbers: NO_NUMBERS, wide: null };
  const numbers: number[] = [];
  let wide: bigint | null = null;
  for (const immediate of opcode.immediates) {
    if (immediate === 'i64') wide = reader.s64();
    else takeImmediate(immediate, reader, numbers);
  }
  return { offset, key, opcode, numbers, wide };
}

/** Takes what says which instruction follows, without its immediates. Throws `DecodeError` for one that we do not know. */
export function takeOpcode(reader: ByteReader): { readonly key: number; readonly opcode: Opcode } {
  const offset = reader.offset;
  const byte = reader.u8();
  const key = isPrefix(byte) ? keyBehind(byte, reader.u32()) : byte;
  const opcode = opcodeOf(key);
  if (opcode === undefined) throw malformed('an unknown instruction', offset);
  return { key, opcode };
}

const NO_NUMBERS: readonly number[] = [];

function takeImmediate(immediate: Immediate, reader: ByteReader, numbers: number[]): void {
  switch (immediate) {
    case 'block':
      numbers.push(takeBlockType(reader));
      break;
    case 'labels':
      for (let left = reader.count() + 1; left > 0; left--) numbers.push(reader.u32());
      break;
    case 'memarg': {
      const flags = reader.u32();
      numbers.push((flags & 0x40) === 0 ? 0 : reader.u32());
      numbers.push(reader.u64());
      break;
    }
    case 'lane':
    case 'byte':
      numbers.push(reader.u8());
      break;
    case 'i32':
      numbers.push(reader.s32());
      break;
    case 'f32':
    case 'f64':
      numbers.push(takeFloat(reader, immediate === 'f32' ? 4 : 8));
      break;
    case 'v128':
    case 'lanes':
      reader.skip(16);
      break;
    case 'heap':
      takeHeapType(reader);
      break;
    case 'types':
      reader.list(() => takeValueType(reader));
      break;
    case 'catches':
      for (let left = reader.count(); left > 0; left--) {
        if (reader.u8() < 2) reader.u32();
        reader.u32();
      }
      break;
    case 'resumes':
      for (let left = reader.count(); left > 0; left--) {
        const form = reader.u8();
        reader.u32();
        if (form === 0) reader.u32();
      }
      break;
    default:
      numbers.push(reader.u32());
  }
}

function takeBlockType(reader: ByteReader): number {
  const code = reader.peek();
  if (code === 0x40) {
    reader.u8();
    return BLOCK.empty;
  }
  // A type code has bit 6 set and no continuation: as a signed number it is negative, which no index is.
  if ((code & 0xc0) === 0x40) {
    takeValueType(reader);
    return BLOCK.oneResult;
  }
  return reader.s33();
}

function takeFloat(reader: ByteReader, size: 4 | 8): number {
  const view = new DataView(reader.bytes.buffer, reader.bytes.byteOffset, reader.bytes.byteLength);
  const at = reader.offset;
  reader.skip(size);
  return size === 4 ? view.getFloat32(at, true) : view.getFloat64(at, true);
}
