/** What was thrown, in words for people: the message of an Error, or whatever else it was as text. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** What was thrown as an Error, where something takes nothing else. */
export function asError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error));
}
