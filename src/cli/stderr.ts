import { printable } from '../base/sanitize';

let listened = false;

/** Tells people something on stderr. That nobody reads it, or that it cannot be written, changes nothing of what the command does. */
export function tell(text: string): void {
  draw(printable(text));
}

/** The same with what moves a terminal's cursor. */
export function draw(text: string): void {
  if (!listened) process.stderr.on('error', () => undefined);
  listened = true;
  process.stderr.write(text);
}
