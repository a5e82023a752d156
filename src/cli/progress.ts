import { checkedText } from '../words/cli-outcome';
import { monotonicMs } from '../base/clock';
import { isatty } from 'node:tty';
import { printable } from '../base/sanitize';
import { draw, tell } from './stderr';

/** Without a terminal, a line is written after so many ms, and again after as many. */
const patienceMs = 5000;

/**
 * Shows on stderr how many files are checked: live on a terminal, else a line every few seconds.
 * Errors of stderr are ignored.
 */
export class Progress {
  readonly #total: number;
  readonly #live = isatty(2);
  #done = 0;
  #saidAt = monotonicMs();

  constructor(total: number) {
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
    return checkedText(this.#done, this.#total);
  }
}

/** As much as fits a line of the terminal: what is wrapped onto the next one cannot be taken away again. */
function fitting(text: string): string {
  const columns = process.stderr.columns || 80;
  return text.length < columns ? text : `${text.slice(0, columns - 2)}…`;
}
