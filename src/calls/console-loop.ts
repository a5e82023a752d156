import { printable } from '../base/sanitize';
import { CallConsole, type ConsoleHost, type ConsoleOutput } from './call-console';
import { LineEditor } from './line-editor';

/** A line that a console shows. */
export interface ConsoleLine {
  /** `result` is WAVE; `error` is about the text or the call; `note` is about the console or the instance. */
  readonly kind: 'result' | 'error' | 'note';
  readonly text: string;
}

/** The terminal around a console. */
export interface ConsoleTerminal {
  write(text: string): void;
  columns(): number;
  hasColours(): boolean;
  /** Puts what the console has to say into words. */
  linesOf(output: ConsoleOutput): readonly ConsoleLine[];
}

const colours = { error: '31', note: '2' } as const;

/**
 * A console in a terminal: the line editor, the calls and their output. While a call runs, Ctrl+C stops it
 * and other keys wait. The front passes on what was typed and says when the terminal goes away.
 */
export class ConsoleLoop {
  readonly #console: CallConsole;
  readonly #editor: LineEditor;
  readonly #terminal: ConsoleTerminal;
  /** The call that runs. */
  #calling: AbortController | undefined;
  /** Settles when the keys so far have been carried out. */
  #working: Promise<void> = Promise.resolve();
  #isOver = false;
  #end!: () => void;

  /** Resolves when the user leaves with Ctrl+D, or after {@link finish} or {@link abort}. */
  readonly ended = new Promise<void>((resolve) => {
    this.#end = resolve;
  });

  constructor(host: Omit<ConsoleHost, 'width'>, terminal: ConsoleTerminal) {
    this.#terminal = terminal;
    this.#console = new CallConsole({
      session: () => host.session(),
      instance: () => host.instance(),
      plan: (ref) => host.plan(ref),
      fresh: () => host.fresh(),
      width: () => terminal.columns(),
    });
    this.#editor = new LineEditor({
      prompt: () => this.#console.prompt,
      complete: (text, offset) => this.#console.complete(text, offset),
      columns: () => terminal.columns(),
    });
  }

  /** Shows the greeting and the first prompt. */
  start(): void {
    this.#show([{ type: 'greeting' }]);
    this.#prompt();
  }

  /** Takes what was typed. */
  input(data: string): void {
    if (this.#calling !== undefined && data.includes('\x03')) this.#calling.abort();
    else this.#working = this.#working.then(() => this.#take(data));
  }

  /** Ends the console after the keys so far. */
  finish(): void {
    void this.#working.then(() => this.#leave());
  }

  /** Stops a running call, ignores keys that wait, and ends the console. */
  abort(): void {
    this.#isOver = true;
    this.#calling?.abort();
    this.finish();
  }

  #leave(): void {
    this.#isOver = true;
    this.#end();
  }

  async #take(data: string): Promise<void> {
    for (const event of this.#editor.input(data)) {
      if (this.#isOver) return;
      switch (event.type) {
        case 'write':
          this.#terminal.write(event.text);
          continue;
        case 'end':
          this.#leave();
          return;
        case 'interrupt':
          this.#console.cancel();
          break;
        case 'line':
          await this.#enter(event.text);
          break;
      }
      this.#prompt();
    }
  }

  async #enter(line: string): Promise<void> {
    this.#calling = new AbortController();
    try {
      const entered = await this.#console.enter(line, this.#calling.signal);
      if (entered.type === 'incomplete') return;
      this.#show(entered.output);
      if (entered.history !== null) this.#editor.remember(entered.history);
    } catch (error) {
      // Only this line has failed.
      this.#show([{ type: 'failure', error }]);
    } finally {
      this.#calling = undefined;
    }
  }

  #prompt(): void {
    if (!this.#isOver) this.#terminal.write(this.#editor.render());
  }

  #show(outputs: readonly ConsoleOutput[]): void {
    for (const { kind, text } of outputs.flatMap((output) => this.#terminal.linesOf(output))) {
      const shown = printable(text).replace(/\n/g, '\r\n');
      const isPlain = kind === 'result' || !this.#terminal.hasColours();
      this.#terminal.write(isPlain ? `${shown}\r\n` : `\x1b[${colours[kind]}m${shown}\x1b[0m\r\n`);
    }
  }
}
