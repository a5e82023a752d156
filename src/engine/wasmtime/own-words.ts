/**
 * How wasmtime's own message begins on its stderr, which it shares with the guest. It comes last, when the guest has ended, and names the
 * file, whose path the guest does not know. The other beginnings come where the guest never ran, or was cut off.
 */
function beginnings(path: string): readonly Buffer[] {
  return [
    `Error: failed to run main module \`${path}\``,
    'Error: failed to parse WebAssembly module',
    `Error: failed to parse \`${path}\``,
    'Error: timed out after deadline',
  ].map((text) => Buffer.from(text));
}

/** As much of a message as is kept; backtraces have 20 frames. A guest that prints more behind such a beginning has printed it itself. */
const mostHeldBytes = 1 << 16;

/**
 * Separates what a guest prints to stderr from what wasmtime adds at the end. The guest's bytes are passed on as they come, but for those
 * that could be the beginning of wasmtime's message.
 */
export class OwnWords {
  readonly #beginnings: readonly Buffer[];
  readonly #guest: (bytes: Uint8Array) => void;
  #held = Buffer.alloc(0);
  /** Whether what is held begins like wasmtime's message. */
  #begun = false;

  /**
   * @param path of the component, as wasmtime was given it
   * @param guest takes what the guest printed
   */
  constructor(path: string, guest: (bytes: Uint8Array) => void) {
    this.#beginnings = beginnings(path);
    this.#guest = guest;
  }

  /** Takes what came from the process's stderr. */
  write(bytes: Uint8Array): void {
    this.#held = Buffer.concat([this.#held, bytes]);
    if (this.#begun && this.#held.length <= mostHeldBytes) return;
    if (this.#begun) {
      this.#pass(1);
      this.#begun = false;
    }
    const found = this.#find();
    if (found >= 0) {
      this.#pass(found);
      this.#begun = true;
      if (this.#held.length > mostHeldBytes) this.write(Buffer.alloc(0));
      return;
    }
    this.#pass(this.#held.length - this.#unsure());
  }

  /**
   * Ends the stream.
   * @param failed whether the process ended with an error: otherwise all of it is the guest's
   * @returns wasmtime's message; empty if there is none
   */
  end(failed: boolean): string {
    if (!failed || !this.#begun) this.#pass(this.#held.length);
    const words = this.#held.toString('utf8');
    this.#held = Buffer.alloc(0);
    return words;
  }

  #pass(length: number): void {
    if (length <= 0) return;
    this.#guest(this.#held.subarray(0, length));
    this.#held = this.#held.subarray(length);
  }

  /** Where the last message begins; a guest may have printed one before. */
  #find(): number {
    return Math.max(...this.#beginnings.map((beginning) => this.#held.indexOf(beginning)));
  }

  /** How many of the last bytes could be the beginning of a message. */
  #unsure(): number {
    const held = this.#held;
    let most = 0;
    for (const beginning of this.#beginnings) {
      for (let length = Math.min(beginning.length - 1, held.length); length > most; length--) {
        if (held.subarray(held.length - length).equals(beginning.subarray(0, length))) most = length;
      }
    }
    return most;
  }
}

/** A frame of wasmtime's backtrace. */
export interface WordsFrame {
  /** Byte offset in the file of the component. */
  readonly offset: number;
  /** The name of the function, with that of its module: `boom!explode`. */
  readonly name: string;
}

/** What wasmtime's message says. */
export interface WordsRead {
  /** The innermost cause, without `wasm trap: `. */
  readonly cause: string;
  /** Whether it is a trap or, since there are frames, another error that code of the guest was ended by. */
  readonly inGuest: boolean;
  /** Innermost first. */
  readonly frames: readonly WordsFrame[];
}

const trapPrefix = 'wasm trap: ';

/** Reads wasmtime's message: of `anyhow`'s form, with the causes from the outermost to the innermost, one a line. */
export function readWords(text: string): WordsRead {
  const lines = text.split('\n');
  const frames = lines.flatMap((line): WordsFrame[] => {
    const [, offset = '', name = ''] = /^\s+\d+:\s+0x([0-9a-f]+) - (.*)$/.exec(line) ?? [];
    return offset === '' ? [] : [{ offset: Number.parseInt(offset, 16), name }];
  });
  const isFrame = /^\s+\d+:\s+(?:0x[0-9a-f]+ - |\S+!)/;
  const causes = lines.flatMap((line) => {
    const cause = line.trim();
    const isCause = cause !== '' && !isFrame.test(line) && !/^(?:at |note: |Caused by:)/.test(cause);
    return isCause ? [cause.replace(/^\d+: /, '')] : [];
  });
  const last = causes.at(-1) ?? '';
  const hasBacktrace = text.includes('error while executing at wasm backtrace');
  return {
    cause: last.startsWith(trapPrefix) ? last.slice(trapPrefix.length) : last.replace(/^Error: /, ''),
    inGuest:
      last.startsWith(trapPrefix) || hasBacktrace || causes.includes('failed to invoke `run` function'),
    frames,
  };
}

/** The causes of an error that came before the guest ran, on one line. */
export function startWords(text: string): string {
  const causes = text
    .split('\n')
    .map((line) => line.trim().replace(/^\d+: /, ''))
    .filter((line) => line !== '' && line !== 'Caused by:' && !line.startsWith('note: '));
  const rest = causes[0]?.startsWith('Error: failed to run main module') === true ? causes.slice(1) : causes;
  return rest.map((cause) => cause.replace(/^Error: /, '')).join(': ');
}
