import { convert } from './conversions';
import { compareFloats, computeFloats } from './floats';
import { binary32, binary64, compare32, compare64, count32, count64 } from './integers';
import { popNumber, popWide } from './operands';
import type { Value } from './state';

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
  else if (key <= 0xa6) computeFloats(key, stack);
  else convert(key, stack);
}
