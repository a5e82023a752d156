/** One command of the command line. */
export interface Command {
  readonly name: string;
  /** What it does, in a few words for the list of commands. */
  readonly summary: string;
  readonly usage: string;
  /** The options, one a line. */
  readonly help: string;
  /** Runs it and resolves with the exit status. Rejects with {@link UsageError} for arguments that make no sense. */
  run(args: readonly string[]): Promise<number>;
}

/** Arguments that make no sense: the program ends with status 2 and this message. */
export class UsageError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'UsageError';
  }
}

/** Makes a {@link UsageError}. */
export function usageError(message: string): UsageError {
  return new UsageError(message);
}
