import type { IncomingMessage } from 'node:http';
import { fromRaw, type Field } from './fields';
import type { ByteSource } from './io';
import { Watched, type Waitable } from './waitable';

/**
 * The body of a message that comes in: a request to the guest, or a response that it asked for. Nothing is read of it before the guest
 * asks, so that what sends it is held back.
 */
export class BodySource implements ByteSource {
  readonly #message: IncomingMessage;
  /** The error of the stream where the sender is gone before the end. */
  readonly #cutOff: () => unknown;
  readonly #watched = new Watched();
  #kept: Uint8Array | undefined;
  #listens = false;
  #ended = false;
  #failed = false;

  constructor(message: IncomingMessage, cutOff: () => unknown) {
    this.#message = message;
    this.#cutOff = cutOff;
  }

  readonly arrival: Waitable = {
    ready: () => {
      this.#fill();
      return this.#kept !== undefined || this.#ended || this.#failed;
    },
    watch: (changed) => {
      this.#listen();
      return this.#watched.watch(changed);
    },
  };

  /** Ready when the end has come, with the trailers, or never will. */
  readonly end: Waitable = {
    ready: () => this.#ended || this.#failed,
    watch: (changed) => {
      this.#listen();
      return this.#watched.watch(changed);
    },
  };

  get failed(): boolean {
    return this.#failed;
  }

  /** The trailers, once the end has come. */
  get trailers(): readonly Field[] {
    return fromRaw(this.#message.rawTrailers);
  }

  take(most: number): Uint8Array | null {
    this.#fill();
    const kept = this.#kept;
    if (kept === undefined) {
      if (this.#failed) throw this.#cutOff();
      return this.#ended ? null : new Uint8Array(0);
    }
    this.#kept = kept.length > most ? kept.subarray(most) : undefined;
    return kept.length > most ? kept.subarray(0, most) : kept;
  }

  dropped(): void {
    // What was not read is skipped when the message is over.
  }

  /** Reads the rest and forgets it, so that the trailers come. */
  skip(): void {
    this.#listen();
    this.#kept = undefined;
    this.#message.removeAllListeners('readable');
    this.#message.resume();
  }

  #fill(): void {
    this.#listen();
    if (this.#kept !== undefined || this.#ended || this.#failed) return;
    const chunk: unknown = this.#message.read();
    if (chunk instanceof Uint8Array && chunk.length > 0) this.#kept = chunk;
  }

  #listen(): void {
    if (this.#listens) return;
    this.#listens = true;
    const message = this.#message;
    const changed = () => {
      this.#watched.changed();
    };
    const cut = () => {
      if (!message.complete) this.#failed = true;
      else this.#ended ||= message.readableEnded;
      changed();
    };
    message.on('readable', changed);
    message.on('end', () => {
      this.#ended = true;
      changed();
    });
    message.on('error', cut);
    message.on('close', cut);
    if (message.readableEnded) this.#ended = true;
    else if (message.destroyed) cut();
  }
}
