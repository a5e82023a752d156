import type { Runners } from '../engine/runners';

/** One command of the command line. */
export interface Command {
  readonly name: string;
  /** What it does, in a few words for the list of commands. */
  readonly summary: string;
  readonly usage: string;
  /** The options, one a line. */
  readonly help: string;
  /**
   * Runs it and resolves with the exit status. Rejects with {@link UsageError} for arguments that make no
   * sense. `runners` were started ahead for it; they end with this process at the latest.
   */
  run(args: readonly string[], runners?: Runners): Promise<number>;
}

/**
 * Arguments that make no sense: the program ends with status 2 and this message. The cause may be a typed
 * error.
 */
export class UsageError extends Error {
  constructor(message: string, cause?: unknown) {
    super(message, { cause });
    this.name = 'UsageError';
  }
}

/** Whether it is a {@link UsageError}, known by its name: every bundle has a class of its own. */
export function isUsageError(error: unknown): error is UsageError {
  return error instanceof Error && error.name === 'UsageError';
}

/** Makes a {@link UsageError}. */
export function usageError(message: string, cause?: unknown): UsageError {
  return new UsageError(message, cause);
}
