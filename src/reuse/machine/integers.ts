import { popNumber, popWide } from './operands';
import type { Value } from './state';
import { MachineTrap } from './trap';

/** Compares two i32 (0x46 - 0x4f). */
export function compare32(key: number, stack: Value[]): void {
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

/** Compares two i64 (0x51 - 0x5a). */
export function compare64(key: number, stack: Value[]): void {
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

/** Counts bits of an i32: clz, ctz, popcnt from 0x67. */
export function count32(key: number, value: number): number {
  if (key === 0x67) return Math.clz32(value);
  if (key === 0x68) return value === 0 ? 32 : 31 - Math.clz32(value & -value);
  return ones(value);
}

function ones(value: number): number {
  let bits = value - ((value >>> 1) & 0x55555555);
  bits = (bits & 0x33333333) + ((bits >>> 2) & 0x33333333);
  return Math.imul((bits + (bits >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}

/** Carries out an i32 operation with two operands (0x6a - 0x78). Throws `Trap` as the specification says. */
export function binary32(key: number, stack: Value[]): void {
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
      if (right === 0) throw new MachineTrap('divide-by-zero');
      if (left === -0x80000000 && right === -1) throw new MachineTrap('integer-overflow');
      return left / right;
    case 0x6e:
      if (right === 0) throw new MachineTrap('divide-by-zero');
      return (left >>> 0) / (right >>> 0);
    case 0x6f:
      if (right === 0) throw new MachineTrap('divide-by-zero');
      return left % right;
    case 0x70:
      if (right === 0) throw new MachineTrap('divide-by-zero');
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

/** Counts bits of an i64: clz, ctz, popcnt from 0x79. */
export function count64(key: number, value: bigint): bigint {
  const high = Number(BigInt.asIntN(32, value >> 32n));
  const low = Number(BigInt.asIntN(32, value));
  if (key === 0x79) return BigInt(high === 0 ? 32 + Math.clz32(low) : Math.clz32(high));
  if (key === 0x7a) return BigInt(low === 0 ? 32 + count32(0x68, high) : count32(0x68, low));
  return BigInt(ones(high) + ones(low));
}

/** Carries out an i64 operation with two operands (0x7c - 0x8a). Throws `Trap` as the specification says. */
export function binary64(key: number, stack: Value[]): void {
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
      if (right === 0n) throw new MachineTrap('divide-by-zero');
      if (key === 0x81) return left % right;
      if (right === -1n && left === -(1n << 63n)) throw new MachineTrap('integer-overflow');
      return left / right;
    case 0x80:
    case 0x82: {
      if (right === 0n) throw new MachineTrap('divide-by-zero');
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
