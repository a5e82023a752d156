import { mostFrames } from '../backtrace';

/** How a message of wasmtime's can begin, and how much of it is held back until the process ends, in bytes. */
interface Beginning {
  readonly bytes: Buffer;
  readonly mostBytes: number;
}

/**
 * How wasmtime's own message begins on its stderr, which it shares with the guest. It comes last, when the guest has ended, and names the
 * file, whose path the guest does not know; before version 46 its backtrace has every frame of a full stack. The other beginnings come
 * where the guest never ran, or was cut off.
 */
function beginningsOf(path: string): readonly Beginning[] {
  return [
    { text: `Error: failed to run main module \`${path}\``, mostBytes: 1 << 24 },
    ...['parse WebAssembly module', `parse \`${path}\``, 'compile'].map((what) => ({
      text: `Error: failed to ${what}`,
      mostBytes: 1 << 16,
    })),
    { text: 'Error: timed out after deadline', mostBytes: 1 << 16 },
  ].map(({ text, mostBytes }) => ({ bytes: Buffer.from(text), mostBytes }));
}

/**
 * Separates what a guest prints to stderr from what wasmtime adds at the end. The guest's bytes are passed on as they come, but for those
 * that could be the beginning of wasmtime's message.
 */
export class OwnWords {
  readonly #beginnings: readonly Beginning[];
  readonly #longest: number;
  readonly #guest: (bytes: Uint8Array) => void;
  /** The bytes that are held back, and how many they are. */
  #held: Buffer[] = [];
  #heldBytes = 0;
  /** How many bytes are held at most, since they begin like wasmtime's message; 0 if they do not. */
  #mostBytes = 0;

  /**
   * @param path of the component, as wasmtime was given it
   * @param guest takes what the guest printed
   */
  constructor(path: string, guest: (bytes: Uint8Array) => void) {
    this.#beginnings = beginningsOf(path);
    this.#longest = Math.max(...this.#beginnings.map(({ bytes }) => bytes.length));
    this.#guest = guest;
  }

  /** Takes what came from the process's stderr. */
  write(bytes: Uint8Array): void {
    this.#held.push(Buffer.from(bytes));
    this.#heldBytes += bytes.length;
    if (this.#mostBytes === 0) {
      this.#look(0);
      return;
    }
    // Another beginning behind this one: a guest had printed the first.
    if (this.#find(this.#tail(bytes.length + this.#longest)) >= 0) this.#look(1);
    else if (this.#heldBytes > this.#mostBytes) this.#look(1);
  }

  /**
   * Ends the stream.
   * @param failed whether the process ended with an error: otherwise all of it is the guest's
   * @returns wasmtime's message; empty if there is none
   */
  end(failed: boolean): string {
    const held = Buffer.concat(this.#held);
    this.#held = [];
    if (failed && this.#mostBytes > 0) return held.toString('utf8');
    if (held.length > 0) this.#guest(held);
    return '';
  }

  /** Passes on what is held up to the last beginning of a message that is not before `from`, or up to what could be one. */
  #look(from: number): void {
    const held = Buffer.concat(this.#held);
    const found = this.#find(held.subarray(from));
    const kept = found >= 0 ? from + found : held.length - this.#unsure(held);
    const beginning = this.#beginnings.find(({ bytes }) => held.subarray(kept).indexOf(bytes) === 0);
    this.#mostBytes = found >= 0 ? (beginning?.mostBytes ?? 0) : 0;
    if (kept > 0) this.#guest(held.subarray(0, kept));
    this.#held = [held.subarray(kept)];
    this.#heldBytes = held.length - kept;
    if (this.#mostBytes > 0 && this.#heldBytes > this.#mostBytes) this.#look(1);
  }

  /** The last of the held bytes, about so many. */
  #tail(length: number): Buffer {
    let count = 0;
    let first = this.#held.length;
    while (first > 0 && count < length) count += this.#held[--first]?.length ?? 0;
    const tail = Buffer.concat(this.#held.slice(first));
    // The beginning that is known already.
    return first === 0 ? tail.subarray(1) : tail;
  }

  /** Where the last message begins; a guest may have printed one before. */
  #find(held: Buffer): number {
    return Math.max(...this.#beginnings.map(({ bytes }) => held.lastIndexOf(bytes)));
  }

  /** How many of the last bytes could be the beginning of a message. */
  #unsure(held: Buffer): number {
    let most = 0;
    for (const { bytes } of this.#beginnings) {
      for (let length = Math.min(bytes.length - 1, held.length); length > most; length--) {
        if (held.subarray(held.length - length).equals(bytes.subarray(0, length))) most = length;
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
    frames: frames.slice(0, mostFrames),
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
