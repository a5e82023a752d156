import { Trap, Unsupported } from './trap';
import type { Value } from './state';

const scratch = new DataView(new ArrayBuffer(8));

/** Takes an i32 or a float off the stack. Unvalidated code may have something else there. */
export function popNumber(stack: Value[]): number {
  const value = stack.pop();
  if (typeof value !== 'number') throw new Unsupported('code that would not validate');
  return value;
}

/** Takes an i64 off the stack. */
export function popWide(stack: Value[]): bigint {
  const value = stack.pop();
  if (typeof value !== 'bigint') throw new Unsupported('code that would not validate');
  return value;
}

/** Carries out a numeric instruction (0x45 - 0xc4) on the stack. Throws `Trap` as the specification says. */
export function arithmetic(key: number, stack: Value[]): void {
  if (key === 0x45) stack.push(popNumber(stack) === 0 ? 1 : 0);
  else if (key <= 0x4f) compare32(key, stack);
  else if (key === 0x50) stack.push(popWide(stack) === 0n ? 1 : 0);
  else if (key <= 0x5a) compare64(key, stack);
  else if (key <= 0x66) compareFloats(key, stack);
  else if (key <= 0x69) stack.push(count32(key, popNumber(stack)));
  else if (key <= 0x78) binary32(key, stack);
  else if (key <= 0x7b) stack.push(count64(key, popWide(stack)));
  else if (key <= 0x8a) binary64(key, stack);
  else if (key <= 0xa6) floats(key, stack);
  else convert(key, stack);
}

function compare32(key: number, stack: Value[]): void {
  const right = popNumber(stack);
  const left = popNumber(stack);
  const [unsignedLeft, unsignedRight] = [left >>> 0, right >>> 0];
  let holds: boolean;
  switch (key) {
    case 0x46:
      holds = left === right;
      break;
    case 0x47:
      holds = left !== right;
      break;
    case 0x48:
      holds = left < right;
      break;
    case 0x49:
      holds = unsignedLeft < unsignedRight;
      break;
    case 0x4a:
      holds = left > right;
      break;
    case 0x4b:
      holds = unsignedLeft > unsignedRight;
      break;
    case 0x4c:
      holds = left <= right;
      break;
    case 0x4d:
      holds = unsignedLeft <= unsignedRight;
      break;
    case 0x4e:
      holds = left >= right;
      break;
    default:
      holds = unsignedLeft >= unsignedRight;
  }
  stack.push(holds ? 1 : 0);
}

function compare64(key: number, stack: Value[]): void {
  const right = popWide(stack);
  const left = popWide(stack);
  const unsigned = (value: bigint) => BigInt.asUintN(64, value);
  let holds: boolean;
  switch (key) {
    case 0x51:
      holds = left === right;
      break;
    case 0x52:
      holds = left !== right;
      break;
    case 0x53:
      holds = left < right;
      break;
    case 0x54:
      holds = unsigned(left) < unsigned(right);
      break;
    case 0x55:
      holds = left > right;
      break;
    case 0x56:
      holds = unsigned(left) > unsigned(right);
      break;
    case 0x57:
      holds = left <= right;
      break;
    case 0x58:
      holds = unsigned(left) <= unsigned(right);
      break;
    case 0x59:
      holds = left >= right;
      break;
    default:
      holds = unsigned(left) >= unsigned(right);
  }
  stack.push(holds ? 1 : 0);
}

/** f32 and f64 compare alike: eq, ne, lt, gt, le, ge from 0x5b and from 0x61. */
function compareFloats(key: number, stack: Value[]): void {
  const right = popNumber(stack);
  const left = popNumber(stack);
  let holds: boolean;
  switch ((key - 0x5b) % 6) {
    case 0:
      holds = left === right;
      break;
    case 1:
      holds = left !== right;
      break;
    case 2:
      holds = left < right;
      break;
    case 3:
      holds = left > right;
      break;
    case 4:
      holds = left <= right;
      break;
    default:
      holds = left >= right;
  }
  stack.push(holds ? 1 : 0);
}

function count32(key: number, value: number): number {
  if (key === 0x67) return Math.clz32(value);
  if (key === 0x68) return value === 0 ? 32 : 31 - Math.clz32(value & -value);
  return ones(value);
}

function ones(value: number): number {
  let bits = value - ((value >>> 1) & 0x55555555);
  bits = (bits & 0x33333333) + ((bits >>> 2) & 0x33333333);
  return Math.imul((bits + (bits >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}

function binary32(key: number, stack: Value[]): void {
  const right = popNumber(stack);
  const left = popNumber(stack);
  stack.push(compute32(key, left, right) | 0);
}

function compute32(key: number, left: number, right: number): number {
  switch (key) {
    case 0x6a:
      return left + right;
    case 0x6b:
      return left - right;
    case 0x6c:
      return Math.imul(left, right);
    case 0x6d:
      if (right === 0) throw new Trap('integer divide by zero');
      if (left === -0x80000000 && right === -1) throw new Trap('integer overflow');
      return left / right;
    case 0x6e:
      if (right === 0) throw new Trap('integer divide by zero');
      return (left >>> 0) / (right >>> 0);
    case 0x6f:
      if (right === 0) throw new Trap('integer divide by zero');
      return left % right;
    case 0x70:
      if (right === 0) throw new Trap('integer divide by zero');
      return (left >>> 0) % (right >>> 0);
    case 0x71:
      return left & right;
    case 0x72:
      return left | right;
    case 0x73:
      return left ^ right;
    case 0x74:
      return left << right;
    case 0x75:
      return left >> right;
    case 0x76:
      return left >>> right;
    case 0x77:
      return rotateRight(left, 32 - (right & 31));
    default:
      return rotateRight(left, right);
  }
}

function rotateRight(left: number, right: number): number {
  const by = right & 31;
  return by === 0 ? left : (left >>> by) | (left << (32 - by));
}

function count64(key: number, value: bigint): bigint {
  const high = Number(BigInt.asIntN(32, value >> 32n));
  const low = Number(BigInt.asIntN(32, value));
  if (key === 0x79) return BigInt(high === 0 ? 32 + Math.clz32(low) : Math.clz32(high));
  if (key === 0x7a) return BigInt(low === 0 ? 32 + count32(0x68, high) : count32(0x68, low));
  return BigInt(ones(high) + ones(low));
}

function binary64(key: number, stack: Value[]): void {
  const right = popWide(stack);
  const left = popWide(stack);
  stack.push(BigInt.asIntN(64, compute64(key, left, right)));
}

function compute64(key: number, left: bigint, right: bigint): bigint {
  const by = right & 63n;
  switch (key) {
    case 0x7c:
      return left + right;
    case 0x7d:
      return left - right;
    case 0x7e:
      return left * right;
    case 0x7f:
    case 0x81:
      if (right === 0n) throw new Trap('integer divide by zero');
      if (key === 0x81) return left % right;
      if (right === -1n && left === -(1n << 63n)) throw new Trap('integer overflow');
      return left / right;
    case 0x80:
    case 0x82: {
      if (right === 0n) throw new Trap('integer divide by zero');
      const [dividend, divisor] = [BigInt.asUintN(64, left), BigInt.asUintN(64, right)];
      return key === 0x80 ? dividend / divisor : dividend % divisor;
    }
    case 0x83:
      return left & right;
    case 0x84:
      return left | right;
    case 0x85:
      return left ^ right;
    case 0x86:
      return left << by;
    case 0x87:
      return left >> by;
    case 0x88:
      return BigInt.asUintN(64, left) >> by;
    case 0x89:
      return (left << by) | (BigInt.asUintN(64, left) >> (64n - by));
    default:
      return (BigInt.asUintN(64, left) >> by) | (left << (64n - by));
  }
}

/** f32 from 0x8b, f64 from 0x99, in the same order; f32 results are rounded. */
function floats(key: number, stack: Value[]): void {
  const single = key < 0x99;
  const operation = key - (single ? 0x8b : 0x99);
  const right = popNumber(stack);
  const result =
    operation < 7 ? unaryFloat(operation, right) : binaryFloat(operation, popNumber(stack), right);
  stack.push(single ? Math.fround(result) : result);
}

function unaryFloat(operation: number, value: number): number {
  switch (operation) {
    case 0:
      return Math.abs(value);
    case 1:
      return -value;
    case 2:
      return Math.ceil(value);
    case 3:
      return Math.floor(value);
    case 4:
      return Math.trunc(value);
    case 5:
      return nearest(value);
    default:
      return Math.sqrt(value);
  }
}

/** Rounds to the nearest integer, halves to the even one. */
function nearest(value: number): number {
  if (!Number.isFinite(value) || value === 0) return value;
  const floor = Math.floor(value);
  const distance = value - floor;
  if (distance < 0.5) return floor === 0 && value < 0 ? -0 : floor;
  const up = distance > 0.5 || floor % 2 !== 0;
  return up ? floor + 1 || -0 : floor;
}

function binaryFloat(operation: number, left: number, right: number): number {
  switch (operation) {
    case 7:
      return left + right;
    case 8:
      return left - right;
    case 9:
      return left * right;
    case 10:
      return left / right;
    case 11:
      return Math.min(left, right);
    case 12:
      return Math.max(left, right);
    default: {
      const negative = right < 0 || Object.is(right, -0);
      return negative ? -Math.abs(left) : Math.abs(left);
    }
  }
}

function convert(key: number, stack: Value[]): void {
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
      stack.push(Math.fround(Number(popWide(stack))));
      break;
    case 0xb5:
      stack.push(Math.fround(Number(BigInt.asUintN(64, popWide(stack)))));
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
      throw new Unsupported('an instruction that is not modelled');
  }
}

/** A float as a 32-bit integer. `saturate`: the nearest one there is instead of a trap. */
export function truncate32(value: number, signed: boolean, saturate: boolean): number {
  const [min, max] = signed ? [-0x80000000, 0x7fffffff] : [0, 0xffffffff];
  const whole = Math.trunc(value);
  if (whole >= min && whole <= max) return whole;
  if (!saturate) throw new Trap(outOfRange(value));
  return Number.isNaN(whole) ? 0 : Math.min(max, Math.max(min, whole));
}

/** A float as a 64-bit integer. `saturate`: the nearest one there is instead of a trap. */
export function truncate64(value: number, signed: boolean, saturate: boolean): bigint {
  const [min, max] = signed ? [-(2 ** 63), 2 ** 63] : [0, 2 ** 64];
  const whole = Math.trunc(value);
  if (whole >= min && whole < max) return BigInt.asIntN(64, BigInt(whole));
  if (!saturate) throw new Trap(outOfRange(value));
  if (Number.isNaN(whole)) return 0n;
  if (whole < min) return BigInt.asIntN(64, BigInt(min));
  return BigInt.asIntN(64, BigInt(max) - 1n);
}

function outOfRange(value: number): string {
  return Number.isNaN(value) ? 'invalid conversion to integer' : 'integer overflow';
}
