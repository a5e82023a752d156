let listened = false;

/** Writes to stderr, for people. That nobody reads it, or that it cannot be written, changes nothing of what the command does. */
export function tell(text: string): void {
  if (!listened) process.stderr.on('error', () => undefined);
  listened = true;
  process.stderr.write(text);
}
