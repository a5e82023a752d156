/** Where one answer to a `read` ends, however much there is. */
export interface ReadLimits {
  /** Items of a stream. */
  readonly items: number;
  /** On the wire; the item that goes beyond them is the last. */
  readonly sizeBytes: number;
  /** How long what does not come is waited for, from the beginning of the read. */
  readonly waitMs: number;
}

/** What a user is shown at once, and waits for without having asked to wait. */
export const readLimits: ReadLimits = { items: 1000, sizeBytes: 65_536, waitMs: 2000 };

/** How a read ended. Its handle is gone after `done`, and can be read on otherwise. */
export type ReadEnd = 'done' | 'more' | 'waiting';

/**
 * What a stream or a future held, the value of a `read` that ended well; of a future there is one item, or
 * none yet.
 */
export interface Reading {
  readonly items: readonly unknown[];
  /** `more`: a limit was reached, and there may be more; `waiting`: nothing (more) came in time. */
  readonly end: ReadEnd;
}

/**
 * What a runner answered a `read` with; null if that is something else, which a runner that is beyond trust
 * could send.
 */
export function asReading(value: unknown): Reading | null {
  if (typeof value !== 'object' || value === null || !('items' in value) || !('end' in value)) return null;
  const { items, end } = value;
  return Array.isArray(items) && (end === 'done' || end === 'more' || end === 'waiting')
    ? { items, end }
    : null;
}
