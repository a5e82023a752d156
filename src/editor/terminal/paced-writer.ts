import { Deferred } from '../../base/deferred';

/** What a {@link PacedWriter} writes with. */
export interface Pace {
  /** The most characters that are written at once. */
  readonly burstChars: number;
  /** The wait between two bursts, in ms. */
  readonly pauseMs: number;
  /** How many characters may wait before the sender is held back. */
  readonly highWaterChars: number;
}

/** About 10 MB a second: as fast as the workbench draws without falling behind, since its own queue has no end. */
export const terminalPace: Pace = { burstChars: 256 * 1024, pauseMs: 25, highWaterChars: 512 * 1024 };

/** Writes text in bursts with pauses, and holds the sender back while too much waits. */
export class PacedWriter {
  readonly #write: (text: string) => void;
  readonly #pace: Pace;
  #waiting: string[] = [];
  #waitingChars = 0;
  #timer: NodeJS.Timeout | undefined;
  #drained: Deferred<void> | undefined;

  constructor(write: (text: string) => void, pace: Pace = terminalPace) {
    this.#write = write;
    this.#pace = pace;
  }

  /** Takes text to write. A promise is returned when the sender should wait for it before sending more. */
  push(text: string): void | Promise<void> {
    if (text === '') return;
    this.#waiting.push(text);
    this.#waitingChars += text.length;
    if (this.#timer === undefined) this.#burst();
    if (this.#waitingChars <= this.#pace.highWaterChars) return;
    this.#drained ??= new Deferred();
    return this.#drained.promise;
  }

  /** Resolves when all that was pushed has been written. */
  async flushed(): Promise<void> {
    while (this.#waitingChars > 0) {
      this.#drained ??= new Deferred();
      await this.#drained.promise;
    }
  }

  dispose(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#waiting = [];
    this.#waitingChars = 0;
    this.#release();
  }

  #burst(): void {
    this.#timer = undefined;
    if (this.#waitingChars === 0) return;
    let room = this.#pace.burstChars;
    let burst = '';
    while (room > 0) {
      const head = this.#waiting.shift();
      if (head === undefined) break;
      burst += head.slice(0, room);
      if (head.length > room) this.#waiting.unshift(head.slice(room));
      room -= Math.min(room, head.length);
    }
    this.#waitingChars -= burst.length;
    this.#write(burst);
    if (this.#waitingChars === 0) this.#release();
    this.#timer = setTimeout(() => {
      this.#burst();
    }, this.#pace.pauseMs);
  }

  #release(): void {
    this.#drained?.resolve();
    this.#drained = undefined;
  }
}
