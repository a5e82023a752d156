import type { Value } from './state';
import { Unsupported } from './trap';

/** Takes an i32 or a float off the stack. Unvalidated code may have something else there. */
export function popNumber(stack: Value[]): number {
  const value = stack.pop();
  if (typeof value !== 'number') throw new Unsupported('invalid-code');
  return value;
}

/** Takes an i64 off the stack. */
export function popWide(stack: Value[]): bigint {
  const value = stack.pop();
  if (typeof value !== 'bigint') throw new Unsupported('invalid-code');
  return value;
}
