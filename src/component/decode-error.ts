/**
 * What is wrong with a binary, and where. Readers in this room throw it among themselves; the room's doors
 * (`summarise`, `readComponent`, `readCoreModule`, ...) turn it into a value.
 */
export class DecodeError extends Error {
  readonly code = 'invalid-wasm';
  /** Byte offset in the file at which reading stopped. */
  readonly offset: number;

  constructor(message: string, offset: number) {
    super(message);
    this.name = 'DecodeError';
    this.offset = offset;
  }
}

/** The error for a file that ends in the middle of something. */
export function truncated(offset: number): DecodeError {
  return new DecodeError(`truncated at byte ${offset.toLocaleString('en-US')}`, offset);
}

/** The error for bytes that cannot mean what their place asks for. */
export function malformed(what: string, offset: number): DecodeError {
  return new DecodeError(`${what} at byte ${offset.toLocaleString('en-US')}`, offset);
}
