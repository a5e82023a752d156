import { popNumber } from './operands';
import type { Value } from './state';

/** f32 and f64 compare alike: eq, ne, lt, gt, le, ge from 0x5b and from 0x61. */
export function compareFloats(key: number, stack: Value[]): void {
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

/** f32 from 0x8b, f64 from 0x99, in the same order; f32 results are rounded. */
export function computeFloats(key: number, stack: Value[]): void {
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
