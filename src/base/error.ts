/** The message of what was thrown: that of an Error, or any other value as text. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** What was thrown as an Error, where something takes nothing else. */
export function asError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error));
}
