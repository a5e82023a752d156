import { popNumber, popWide } from './operands';
import type { Value } from './state';
import { MachineTrap, Unsupported } from './trap';

const scratch = new DataView(new ArrayBuffer(8));

/** Carries out a conversion (0xa7 - 0xc4). Throws `Trap` as the specification says. */
export function convert(key: number, stack: Value[]): void {
  switch (key) {
    case 0xa7:
      stack.push(Number(BigInt.asIntN(32, popWide(stack))));
      break;
    case 0xa8:
    case 0xaa:
      stack.push(truncate32(popNumber(stack), true, false) | 0);
      break;
    case 0xa9:
    case 0xab:
      stack.push(truncate32(popNumber(stack), false, false) | 0);
      break;
    case 0xac:
      stack.push(BigInt(popNumber(stack) | 0));
      break;
    case 0xad:
      stack.push(BigInt(popNumber(stack) >>> 0));
      break;
    case 0xae:
    case 0xb0:
      stack.push(truncate64(popNumber(stack), true, false));
      break;
    case 0xaf:
    case 0xb1:
      stack.push(truncate64(popNumber(stack), false, false));
      break;
    case 0xb2:
      stack.push(Math.fround(popNumber(stack) | 0));
      break;
    case 0xb3:
      stack.push(Math.fround(popNumber(stack) >>> 0));
      break;
    case 0xb4:
      stack.push(single(popWide(stack)));
      break;
    case 0xb5:
      stack.push(single(BigInt.asUintN(64, popWide(stack))));
      break;
    case 0xb6:
      stack.push(Math.fround(popNumber(stack)));
      break;
    case 0xb7:
      stack.push(popNumber(stack) | 0);
      break;
    case 0xb8:
      stack.push(popNumber(stack) >>> 0);
      break;
    case 0xb9:
      stack.push(Number(popWide(stack)));
      break;
    case 0xba:
      stack.push(Number(BigInt.asUintN(64, popWide(stack))));
      break;
    case 0xbb:
      stack.push(popNumber(stack));
      break;
    case 0xbc:
      scratch.setFloat32(0, popNumber(stack));
      stack.push(scratch.getInt32(0));
      break;
    case 0xbd:
      scratch.setFloat64(0, popNumber(stack));
      stack.push(scratch.getBigInt64(0));
      break;
    case 0xbe:
      scratch.setInt32(0, popNumber(stack));
      stack.push(scratch.getFloat32(0));
      break;
    case 0xbf:
      scratch.setBigInt64(0, popWide(stack));
      stack.push(scratch.getFloat64(0));
      break;
    case 0xc0:
      stack.push((popNumber(stack) << 24) >> 24);
      break;
    case 0xc1:
      stack.push((popNumber(stack) << 16) >> 16);
      break;
    case 0xc2:
      stack.push(BigInt.asIntN(8, popWide(stack)));
      break;
    case 0xc3:
      stack.push(BigInt.asIntN(16, popWide(stack)));
      break;
    case 0xc4:
      stack.push(BigInt.asIntN(32, popWide(stack)));
      break;
    default:
      throw new Unsupported('instruction');
  }
}

/** An integer as f32, rounded once: f64 rounds large ones a first time, so the bits that it has no room for are told by an odd last bit. */
function single(value: bigint): number {
  const near = Number(value);
  if (Number.isSafeInteger(near)) return Math.fround(near);
  const whole = value >> 11n;
  return Math.fround(Number((value & 2047n) === 0n ? whole : whole | 1n) * 2048);
}

/** A float as a 32-bit integer. `saturate`: the nearest one there is instead of a trap. */
export function truncate32(value: number, signed: boolean, saturate: boolean): number {
  const [min, max] = signed ? [-0x80000000, 0x7fffffff] : [0, 0xffffffff];
  const whole = Math.trunc(value);
  if (whole >= min && whole <= max) return whole;
  if (!saturate) throw new MachineTrap(outOfRange(value));
  return Number.isNaN(whole) ? 0 : Math.min(max, Math.max(min, whole));
}

/** A float as a 64-bit integer. `saturate`: the nearest one there is instead of a trap. */
export function truncate64(value: number, signed: boolean, saturate: boolean): bigint {
  const [min, max] = signed ? [-(2 ** 63), 2 ** 63] : [0, 2 ** 64];
  const whole = Math.trunc(value);
  if (whole >= min && whole < max) return BigInt.asIntN(64, BigInt(whole));
  if (!saturate) throw new MachineTrap(outOfRange(value));
  if (Number.isNaN(whole)) return 0n;
  if (whole < min) return BigInt.asIntN(64, BigInt(min));
  return BigInt.asIntN(64, BigInt(max) - 1n);
}

function outOfRange(value: number): 'invalid-conversion' | 'integer-overflow' {
  return Number.isNaN(value) ? 'invalid-conversion' : 'integer-overflow';
}
