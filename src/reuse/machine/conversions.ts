import { popNumber, popWide } from './operands';
import type { Value } from './state';
import { MachineTrap, Unsupported } from './trap';

const scratch = new DataView(new ArrayBuffer(8));

type Conversion = (stack: Value[]) => Value;

const toI32 =
  (signed: boolean): Conversion =>
  (stack) =>
    truncate32(popNumber(stack), signed, false) | 0;
const toI64 =
  (signed: boolean): Conversion =>
  (stack) =>
    truncate64(popNumber(stack), signed, false);

/** The conversions 0xa7 - 0xc4, in the order of their opcodes. */
const conversions: readonly Conversion[] = [
  (stack) => Number(BigInt.asIntN(32, popWide(stack))), // i32.wrap_i64
  toI32(true), // i32.trunc_f32_s
  toI32(false),
  toI32(true), // i32.trunc_f64_s
  toI32(false),
  (stack) => BigInt(popNumber(stack) | 0), // i64.extend_i32_s
  (stack) => BigInt(popNumber(stack) >>> 0),
  toI64(true), // i64.trunc_f32_s
  toI64(false),
  toI64(true), // i64.trunc_f64_s
  toI64(false),
  (stack) => Math.fround(popNumber(stack) | 0), // f32.convert_i32_s
  (stack) => Math.fround(popNumber(stack) >>> 0),
  (stack) => single(popWide(stack)), // f32.convert_i64_s
  (stack) => single(BigInt.asUintN(64, popWide(stack))),
  (stack) => Math.fround(popNumber(stack)), // f32.demote_f64
  (stack) => popNumber(stack) | 0, // f64.convert_i32_s
  (stack) => popNumber(stack) >>> 0,
  (stack) => Number(popWide(stack)), // f64.convert_i64_s
  (stack) => Number(BigInt.asUintN(64, popWide(stack))),
  (stack) => popNumber(stack), // f64.promote_f32
  (stack) => {
    scratch.setFloat32(0, popNumber(stack)); // i32.reinterpret_f32
    return scratch.getInt32(0);
  },
  (stack) => {
    scratch.setFloat64(0, popNumber(stack)); // i64.reinterpret_f64
    return scratch.getBigInt64(0);
  },
  (stack) => {
    scratch.setInt32(0, popNumber(stack)); // f32.reinterpret_i32
    return scratch.getFloat32(0);
  },
  (stack) => {
    scratch.setBigInt64(0, popWide(stack)); // f64.reinterpret_i64
    return scratch.getFloat64(0);
  },
  (stack) => (popNumber(stack) << 24) >> 24, // i32.extend8_s
  (stack) => (popNumber(stack) << 16) >> 16, // i32.extend16_s
  (stack) => BigInt.asIntN(8, popWide(stack)), // i64.extend8_s
  (stack) => BigInt.asIntN(16, popWide(stack)), // i64.extend16_s
  (stack) => BigInt.asIntN(32, popWide(stack)), // i64.extend32_s
];

/** Carries out a conversion (0xa7 - 0xc4). Throws `MachineTrap` as the specification says. */
export function convert(key: number, stack: Value[]): void {
  const conversion = conversions[key - 0xa7];
  if (conversion === undefined) throw new Unsupported('instruction');
  stack.push(conversion(stack));
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
