import { TextDecoder } from 'node:util';
import { Deferred } from '../../base/deferred';

type Stream = 'stdout' | 'stderr';

/** The pause between two writes, in ms: what is printed in between goes in one message. */
const pauseMs = 25;

/** How many characters may wait before the guest is held back. */
const highWaterChars = 256 * 1024;

/** Takes what a guest prints to the debug console: in order, both streams told apart, in few messages, up to a cap. */
export class ConsoleWriter {
  readonly #decoders = { stdout: newDecoder(), stderr: newDecoder() };
  readonly #write: (stream: Stream, text: string) => void;
  readonly #onTruncated: () => void;
  readonly #capBytes: number;
  #takenBytes = 0;
  #waiting: { readonly stream: Stream; text: string }[] = [];
  #timer: NodeJS.Timeout | undefined;
  #drained: Deferred<void> | undefined;

  /** @param capBytes how much is shown: the console keeps all of it in memory */
  constructor(capBytes: number, write: (stream: Stream, text: string) => void, onTruncated: () => void) {
    this.#capBytes = capBytes;
    this.#write = write;
    this.#onTruncated = onTruncated;
  }

  /** Takes output. A promise is returned when the guest should be held back. */
  output(stream: Stream, bytes: Uint8Array): void | Promise<void> {
    const room = this.#capBytes - this.#takenBytes;
    this.#takenBytes += bytes.length;
    if (room < 0) return;
    this.#push(stream, this.#decoders[stream].decode(bytes.subarray(0, room), { stream: true }));
    if (bytes.length > room) {
      this.flush();
      this.#onTruncated();
      return;
    }
    if (this.#waiting.reduce((sum, { text }) => sum + text.length, 0) < highWaterChars) return;
    this.#drained ??= new Deferred();
    return this.#drained.promise;
  }

  /** Writes all that waits. */
  flush(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const { stream, text } of waiting) this.#write(stream, text);
    this.#drained?.resolve();
    this.#drained = undefined;
  }

  #push(stream: Stream, text: string): void {
    const last = this.#waiting.at(-1);
    if (last?.stream === stream) last.text += text;
    else this.#waiting.push({ stream, text });
    this.#timer ??= setTimeout(() => {
      this.flush();
    }, pauseMs);
  }
}

function newDecoder(): TextDecoder {
  return new TextDecoder('utf-8', { ignoreBOM: true });
}
