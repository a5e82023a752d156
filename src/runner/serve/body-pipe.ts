import type { OutgoingMessage } from 'node:http';
import { flushHead } from '../../base/flush-head';
import { closed } from '../wasi/io-classes';
import { refuse, toPairs, type Field } from './fields';
import type { ByteTarget } from './io';
import { Watched, type Waitable } from './waitable';

/** How much a guest may write before it has been given a message to write to, and how much at once afterwards, in bytes. */
const roomBytes = 65_536;

/** What the body of a message became. */
export type BodyEnd =
  | { readonly type: 'whole' }
  /** The guest let go of it before its end, or its receiver is gone. */
  | { readonly type: 'unfinished' | 'receiver-gone' }
  | { readonly type: 'wrong-length'; readonly declared: number; readonly written: number };

/**
 * The body of a message that a guest writes: the answer to a request, or a request of its own. It can be written before the message is
 * there; then it is kept, within bounds.
 */
export class BodyPipe implements ByteTarget {
  #message: OutgoingMessage | undefined;
  #held: Uint8Array[] = [];
  #heldBytes = 0;
  #declared: number | undefined;
  #written = 0;
  #end: BodyEnd | undefined;
  /** Trailers of a body that was finished before it had its message. */
  #finishedWith: readonly Field[] | undefined;
  readonly #watched = new Watched();

  readonly drain: Waitable = {
    ready: () => this.#end !== undefined || this.#room() > 0,
    watch: (changed) => this.#watched.watch(changed),
  };

  /** What became of it; undefined while it is open. */
  get end(): BodyEnd | undefined {
    return this.#end;
  }

  /** Gives it its message, whose head is ready to be sent, and finishes what was finished before that. */
  attach(message: OutgoingMessage, declared: number | undefined): void {
    this.#message = message;
    this.#declared = declared;
    message.on('drain', () => {
      this.#watched.changed();
    });
    message.on('close', () => {
      if (!message.writableFinished) this.#close({ type: 'receiver-gone' });
      this.#watched.changed();
    });
    message.on('error', () => {
      this.#close({ type: 'receiver-gone' });
    });
    if (message.destroyed) this.#close({ type: 'receiver-gone' });
    const held = this.#held;
    this.#held = [];
    for (const bytes of held) this.#send(message, bytes);
    // A guest that waits before it writes shows its head at once.
    setImmediate(() => {
      if (this.#end === undefined && this.#written === 0) flushHead(message);
    });
    this.#watched.changed();
    this.#settle();
  }

  room(): number {
    if (this.#end !== undefined) throw closed as unknown as Error;
    return this.#room();
  }

  write(bytes: Uint8Array): void {
    if (this.#end !== undefined) throw closed as unknown as Error;
    if (bytes.length === 0) return;
    if (this.#message === undefined) {
      this.#held.push(bytes);
      this.#heldBytes += bytes.length;
      return;
    }
    if (!this.#send(this.#message, bytes)) throw closed as unknown as Error;
  }

  dropped(): void {
    // The stream alone says nothing of the body's end.
  }

  /** The guest says that this was all. Throws the error code where the length is another one than declared. */
  finish(trailers: readonly Field[]): void {
    if (this.#end !== undefined) {
      if (this.#end.type === 'wrong-length') refuseLength(this.#end.written);
      return;
    }
    const message = this.#message;
    if (message === undefined) {
      this.#finishedWith = trailers;
      return;
    }
    if (this.#declared !== undefined && this.#written !== this.#declared) {
      const { written } = this.#mismatch(this.#declared);
      refuseLength(written);
    }
    this.#end = { type: 'whole' };
    if (trailers.length > 0) message.addTrailers(toPairs(trailers));
    message.end();
    this.#watched.changed();
  }

  /** Lets go of a body that is not finished: its receiver learns that it is not whole. */
  abandon(): void {
    this.#close({ type: 'unfinished' });
  }

  #settle(): void {
    if (this.#finishedWith === undefined || this.#end !== undefined) return;
    const trailers = this.#finishedWith;
    this.#finishedWith = undefined;
    try {
      this.finish(trailers);
    } catch {
      // It has been cut, and the end says why.
    }
  }

  #room(): number {
    if (this.#message === undefined) return Math.max(0, roomBytes - this.#heldBytes);
    return this.#message.writableNeedDrain ? 0 : roomBytes;
  }

  /** Returns whether the body is still open. */
  #send(message: OutgoingMessage, bytes: Uint8Array): boolean {
    if (this.#end !== undefined) return false;
    this.#written += bytes.length;
    if (this.#declared !== undefined && this.#written > this.#declared) {
      this.#mismatch(this.#declared);
      return false;
    }
    message.write(bytes);
    return true;
  }

  #mismatch(declared: number): Extract<BodyEnd, { type: 'wrong-length' }> {
    const end = { type: 'wrong-length', declared, written: this.#written } as const;
    this.#close(end);
    return end;
  }

  #close(end: BodyEnd): void {
    if (this.#end !== undefined) return;
    this.#end = end;
    if (this.#message !== undefined && end.type !== 'receiver-gone') cut(this.#message);
    this.#watched.changed();
  }
}

function refuseLength(written: number): never {
  refuse({ tag: 'HTTP-response-body-size', val: BigInt(written) });
}

/**
 * Ends a message's connection behind what was written so far, so that the receiver sees that it is not whole. To destroy the message
 * would drop what is still buffered.
 */
export function cut(message: OutgoingMessage): void {
  const { socket } = message;
  if (socket === null) {
    message.destroy();
    return;
  }
  flushHead(message);
  socket.destroySoon();
}
