import { TextDecoder } from 'node:util';
import * as vscode from 'vscode';
import type { Disposable } from '../../base/disposable';
import { printable } from '../../base/sanitize';
import { terminalText } from '../../words/terminal';
import { EscapeFilter } from './escape-filter';
import { LineDiscipline } from './line-discipline';
import { PacedWriter } from './paced-writer';

/** What a terminal reports to whatever runs the guest. */
export interface TerminalEvents {
  /** Typed lines, for the guest's standard input. */
  readonly onInput: (bytes: Uint8Array) => void;
  /** Ctrl+D. */
  readonly onInputEnd: () => void;
  /** Ctrl+C. */
  readonly onInterrupt: () => void;
  /** The output reached the cap for the first time. */
  readonly onCut: () => void;
  /** The user closed the terminal. */
  readonly onClosed: () => void;
}

const stderrColour = '\x1b[31m';
const quietColour = '\x1b[2m';
/** Yellow: what a guest writes to stderr is red. */
const warningColour = '\x1b[33m';
const reset = '\x1b[0m';

/** The terminal of one instance: what the guest prints, live and in order, and what the user types. */
export class GuestTerminal implements Disposable {
  readonly #terminal: vscode.Terminal;
  readonly #events: TerminalEvents;
  readonly #written = new vscode.EventEmitter<string>();
  readonly #writer = new PacedWriter((text) => {
    this.#written.fire(text);
  });
  readonly #streams = { stdout: newStream(), stderr: newStream() };
  readonly #typing = new LineDiscipline();
  /** Output that came before the terminal was drawn: VS Code drops what is written earlier. */
  #early: string[] | undefined = [];
  #capBytes: number;
  #shownBytes = 0;
  #leftOutBytes = 0;
  #atLineStart = true;
  #open = true;

  /** @param capBytes how much of the guest's output is shown until the user asks for all */
  constructor(title: string, capBytes: number, events: TerminalEvents) {
    this.#events = events;
    this.#capBytes = capBytes;
    this.#terminal = vscode.window.createTerminal({
      name: title,
      iconPath: new vscode.ThemeIcon('package'),
      pty: {
        onDidWrite: this.#written.event,
        open: () => {
          this.#onDrawn();
        },
        close: () => {
          this.#onClosed();
        },
        handleInput: (data: string) => {
          this.#onTyped(data);
        },
      },
      isTransient: true,
    });
  }

  /** Bytes of output that were not shown because of the cap. */
  get leftOutBytes(): number {
    return this.#leftOutBytes;
  }

  is(terminal: vscode.Terminal): boolean {
    return this.#terminal === terminal;
  }

  show(): void {
    this.#terminal.show(true);
  }

  /** Shows what the guest wrote. A promise is returned when the guest should be held back. */
  output(stream: 'stdout' | 'stderr', bytes: Uint8Array): void | Promise<void> {
    if (!this.#open) return;
    const room = this.#capBytes - this.#shownBytes;
    const shown = bytes.length > room ? bytes.subarray(0, Math.max(0, room)) : bytes;
    this.#shownBytes += shown.length;
    if (shown.length < bytes.length && this.#leftOutBytes === 0) {
      this.#leftOutBytes += bytes.length - shown.length;
      const pushed = this.#push(stream, shown);
      this.#events.onCut();
      this.note(terminalText.truncated());
      return pushed;
    }
    this.#leftOutBytes += bytes.length - shown.length;
    if (shown.length > 0) return this.#push(stream, shown);
  }

  /** Shows all output that comes from now on. */
  liftCap(): void {
    this.#capBytes = Infinity;
    this.#leftOutBytes = 0;
  }

  /** A line of ours, told apart from the guest's. */
  note(text: string): void {
    this.#say(text, quietColour);
  }

  /** Shows lines of ours that stand out. */
  warn(text: string): void {
    this.#say(text, warningColour);
  }

  /** Resolves when all that was written so far has been handed to the terminal. */
  async drained(): Promise<void> {
    await this.#writer.flushed();
  }

  dispose(): void {
    // Closes the pane, which calls #onClosed.
    this.#terminal.dispose();
    this.#writer.dispose();
    this.#written.dispose();
  }

  #say(text: string, colour: string): void {
    const lines = printable(text)
      .split('\n')
      .map((line) => `${colour}${line}${reset}\r\n`);
    void this.#write(`${this.#atLineStart ? '' : '\r\n'}${lines.join('')}`);
    this.#atLineStart = true;
  }

  #push(stream: 'stdout' | 'stderr', bytes: Uint8Array): void | Promise<void> {
    const { decoder, escapes } = this.#streams[stream];
    const text = escapes.filter(decoder.decode(bytes, { stream: true })).replace(/\r?\n/g, '\r\n');
    if (text === '') return;
    this.#atLineStart = text.endsWith('\n');
    return this.#write(stream === 'stderr' ? `${stderrColour}${text}${reset}` : text);
  }

  #write(text: string): void | Promise<void> {
    if (this.#early !== undefined) {
      this.#early.push(text);
      return;
    }
    return this.#writer.push(text);
  }

  #onDrawn(): void {
    const early = this.#early ?? [];
    this.#early = undefined;
    void this.#writer.push(early.join(''));
  }

  #onTyped(data: string): void {
    for (const typed of this.#typing.type(data)) {
      switch (typed.type) {
        case 'echo':
          void this.#write(typed.text);
          break;
        case 'input':
          this.#events.onInput(new TextEncoder().encode(typed.text));
          break;
        case 'end':
          this.#events.onInputEnd();
          break;
        case 'interrupt':
          this.#events.onInterrupt();
          break;
      }
    }
  }

  #onClosed(): void {
    if (!this.#open) return;
    this.#open = false;
    this.#early = undefined;
    this.#writer.dispose();
    this.#events.onClosed();
  }
}

function newStream(): { readonly decoder: TextDecoder; readonly escapes: EscapeFilter } {
  // Invalid UTF-8 is shown as U+FFFD; a byte order mark is part of what the guest printed.
  return { decoder: new TextDecoder('utf-8', { ignoreBOM: true }), escapes: new EscapeFilter() };
}
