/**
 * The resource classes of wasi:io. jco's glue checks with `instanceof` that what a host hands out is of the
 * class that the host's import names, so everything that makes streams must extend the same three.
 */
export interface IoClasses {
  readonly InputStream: new () => object;
  readonly OutputStream: new () => object;
  readonly Pollable: new () => object;
  /** `wasi:io/error`; the payload is what the guest's `to-debug-string` tells. */
  readonly IoError: new (payload: unknown) => object;
}

/** The classes for guests that need nothing of the shim. */
export function ownIoClasses(): IoClasses {
  return {
    InputStream: resourceClass(),
    OutputStream: resourceClass(),
    Pollable: resourceClass(),
    IoError: class IoError extends Error {
      constructor(payload: unknown) {
        super(String(payload));
      }

      toDebugString(): string {
        return this.message;
      }
    },
  };
}

/** A class for a resource that has no functions of its own, or of which the guest never gets one. */
export function resourceClass(): new () => object {
  return class extends Object {};
}

/** What a stream's function throws at its end, as `stream-error` of wasi:io. */
export const closed = { tag: 'closed' } as const;
