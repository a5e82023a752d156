import { monotonicMs } from '../base/clock';
import { isatty } from 'node:tty';
import { printable } from '../base/sanitize';
import { draw, tell } from './stderr';

/** Where nobody looks on live, a line is written only after so many ms, and then as often. */
const patienceMs = 5000;

/**
 * Tells on stderr how far the work on many files is: live where that is a terminal, else a line now and then if it takes long.
 * Errors of stderr are not the work's.
 */
export class Progress {
  readonly #verb: string;
  readonly #total: number;
  readonly #live = isatty(2);
  #done = 0;
  #saidAt = monotonicMs();

  constructor(verb: string, total: number) {
    this.#verb = verb;
    this.#total = total;
  }

  /** A file was begun. */
  begin(file: string): void {
    if (this.#live && this.#total > 1) draw(`\r\u001b[K${fitting(printable(`${this.#words()}: ${file}`))}`);
  }

  /** A file is done. */
  done(): void {
    this.#done += 1;
    const now = monotonicMs();
    if (this.#live || this.#done === this.#total || now - this.#saidAt < patienceMs) return;
    this.#saidAt = now;
    tell(`fresh-instance: ${this.#words()}\n`);
  }

  /** Takes the live line away, so that something else can be written. */
  clear(): void {
    if (this.#live && this.#total > 1) draw('\r\u001b[K');
  }

  #words(): string {
    return `${this.#verb} ${String(this.#done)} of ${String(this.#total)} files`;
  }
}

/** As much as fits a line of the terminal: what is wrapped onto the next one cannot be taken away again. */
function fitting(text: string): string {
  const columns = process.stderr.columns || 80;
  return text.length < columns ? text : `${text.slice(0, columns - 2)}…`;
}
