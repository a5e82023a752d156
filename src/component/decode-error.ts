/** What is wrong with a binary, and where. */
export interface DecodeProblem {
  /**
   * `truncated`: the file ends in the middle of something; `malformed`: bytes that cannot mean what their place asks for; `unread`: nothing is
   * wrong, but this decoder does not know it.
   */
  readonly kind: 'truncated' | 'malformed' | 'unread';
  /** What was found there, in the decoder's terms: "an unknown section (14)". Empty for `truncated`. */
  readonly detail: string;
  /** Byte offset in the file at which reading stopped. */
  readonly offset: number;
}

/**
 * Readers in this room throw it among themselves; the room's doors (`summarise`, `readComponent`, `readCoreModule`, ...)
 * turn it into a value.
 */
export class DecodeError extends Error {
  readonly problem: DecodeProblem;

  constructor(problem: DecodeProblem) {
    super(
      `${problem.kind === 'truncated' ? problem.kind : problem.detail} at byte ${String(problem.offset)}`,
    );
    this.name = 'DecodeError';
    this.problem = problem;
  }
}

/** The error for a file that ends in the middle of something. */
export function truncated(offset: number): DecodeError {
  return new DecodeError({ kind: 'truncated', detail: '', offset });
}

/** The error for bytes that cannot mean what their place asks for. */
export function malformed(detail: string, offset: number): DecodeError {
  return new DecodeError({ kind: 'malformed', detail, offset });
}

/** The error for values of components, an experiment of the component model that this decoder does not read. */
export function unreadValues(offset: number): DecodeError {
  return new DecodeError({ kind: 'unread', detail: 'component values', offset });
}
