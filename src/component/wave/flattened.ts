import type { ValueType } from '../types';

/** Whether `some(x)` and `ok(x)` may be written as the bare `x`: not where x is itself an option or a result. */
export function isFlattened(payload: ValueType): boolean {
  return payload.kind !== 'option' && payload.kind !== 'result';
}
