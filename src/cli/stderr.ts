import { printable } from '../base/sanitize';

let listened = false;

/** Writes to stderr for people. The command does the same if this cannot be written. */
export function tell(text: string): void {
  draw(printable(text));
}

/** The same with what moves a terminal's cursor. */
export function draw(text: string): void {
  if (!listened) process.stderr.on('error', () => undefined);
  listened = true;
  process.stderr.write(text);
}
