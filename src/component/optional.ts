import { DecodeError } from './decode-error';

/** The value, or null where the bytes are malformed: for sections that a component may get wrong without harm. */
export function orNull<T>(decode: () => T): T | null {
  try {
    return decode();
  } catch (error) {
    if (error instanceof DecodeError) return null;
    throw error;
  }
}
