import type { ByteReader } from './bytes';
import { takeHeapType } from './core-types';
import { malformed } from './decode-error';

/** One instruction of a constant expression, as far as we evaluate them. */
export type ConstOp =
  | { readonly op: 'const'; readonly value: number | bigint }
  | { readonly op: 'global'; readonly index: number }
  | { readonly op: 'func'; readonly index: number }
  | { readonly op: 'null' }
  | { readonly op: 'add' | 'sub' | 'mul' }
  /** An instruction that we skip over; the value of the expression is then not known. */
  | { readonly op: 'other' };

export type ConstExpr = readonly ConstOp[];

/** Takes a constant expression up to its `end`. */
export function takeConstExpr(reader: ByteReader): ConstExpr {
  const ops: ConstOp[] = [];
  for (;;) {
    const start = reader.offset;
    const code = reader.u8();
    switch (code) {
      case 0x0b:
        return ops;
      case 0x41:
        ops.push({ op: 'const', value: reader.s32() });
        break;
      case 0x42:
        ops.push({ op: 'const', value: reader.s64() });
        break;
      case 0x43:
      case 0x44:
        ops.push({ op: 'const', value: takeFloat(reader, code === 0x43 ? 4 : 8) });
        break;
      case 0x23:
        ops.push({ op: 'global', index: reader.u32() });
        break;
      case 0xd0:
        takeHeapType(reader);
        ops.push({ op: 'null' });
        break;
      case 0xd2:
        ops.push({ op: 'func', index: reader.u32() });
        break;
      case 0x6a:
      case 0x7c:
        ops.push({ op: 'add' });
        break;
      case 0x6b:
      case 0x7d:
        ops.push({ op: 'sub' });
        break;
      case 0x6c:
      case 0x7e:
        ops.push({ op: 'mul' });
        break;
      case 0xfb:
        takeGcConstant(reader);
        ops.push({ op: 'other' });
        break;
      case 0xfd: {
        if (reader.u32() !== 12) throw malformed('an unknown constant', start);
        reader.skip(16);
        ops.push({ op: 'other' });
        break;
      }
      default:
        throw malformed('an unknown constant', start);
    }
  }
}

function takeFloat(reader: ByteReader, size: 4 | 8): number {
  const view = new DataView(reader.bytes.buffer, reader.bytes.byteOffset, reader.bytes.byteLength);
  const at = reader.offset;
  reader.skip(size);
  return size === 4 ? view.getFloat32(at, true) : view.getFloat64(at, true);
}

/** struct.new, struct.new_default, array.new, array.new_default, array.new_fixed, any/extern conversions, ref.i31. */
function takeGcConstant(reader: ByteReader): void {
  const start = reader.offset;
  switch (reader.u32()) {
    case 0:
    case 1:
    case 6:
    case 7:
      reader.u32();
      break;
    case 8:
      reader.u32();
      reader.u32();
      break;
    case 26:
    case 27:
    case 28:
      break;
    default:
      throw malformed('an unknown constant', start);
  }
}
