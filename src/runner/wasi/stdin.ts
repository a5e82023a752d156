import { readSync } from 'node:fs';
import { Worker } from 'node:worker_threads';
import { pause } from '../pipes';
import type { Readiness } from './readiness';

/** The guest's standard input, from descriptor 0 or from nowhere. */
export interface Stdin {
  /** Waits for bytes, at most `length` of them. Null at the end. */
  blockingRead(length: number): Uint8Array | null;
  /** The bytes that are there now, perhaps none. Null at the end. */
  read(length: number): Uint8Array | null;
  readonly readiness: Readiness;
  /** Whether bytes may have been taken from the descriptor that the guest never asked for. */
  readonly readAhead: boolean;
}

export const emptyStdin: Stdin = {
  blockingRead: () => null,
  read: () => null,
  readiness: { ready: () => true },
  readAhead: false,
};

const largestRead = 65_536;

/**
 * Descriptor 0. Reads directly, so nothing is taken that the guest did not ask for, until it asks whether
 * there is something.
 */
export function stdinOfDescriptor(): Stdin {
  let ahead: ReadAhead | undefined;
  let ended = false;
  const readAhead = () => (ahead ??= new ReadAhead());
  return {
    blockingRead: (length) => {
      if (ended) return null;
      const bytes = ahead === undefined ? readDescriptor(length) : ahead.take(length, true);
      ended = bytes === null;
      return bytes;
    },
    read: (length) => {
      if (ended) return null;
      const bytes = readAhead().take(length, false);
      ended = bytes === null;
      return bytes;
    },
    readiness: {
      ready: () => ended || readAhead().filled(),
      wait: (timeoutMs) => {
        readAhead().wait(timeoutMs);
      },
    },
    get readAhead() {
      return ahead !== undefined;
    },
  };
}

function readDescriptor(length: number): Uint8Array | null {
  const bytes = new Uint8Array(Math.min(Math.max(length, 1), largestRead));
  for (;;) {
    try {
      const count = readSync(0, bytes, 0, bytes.length, null);
      return count === 0 ? null : bytes.subarray(0, count);
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? error.code : undefined;
      if (code === 'EOF') return null;
      if (code !== 'EAGAIN') throw error;
      pause(5);
    }
  }
}

/**
 * A thread that reads ahead, one piece at a time: the only way to tell without waiting whether a descriptor
 * has something.
 */
class ReadAhead {
  readonly #state = new Int32Array(new SharedArrayBuffer(8));
  readonly #bytes = new Uint8Array(new SharedArrayBuffer(largestRead));
  #taken = 0;

  constructor() {
    const worker = new Worker(readAheadSource, {
      eval: true,
      env: {},
      stdin: false,
      workerData: { state: this.#state, bytes: this.#bytes },
    });
    worker.unref();
  }

  filled(): boolean {
    return Atomics.load(this.#state, 0) !== 0;
  }

  wait(timeoutMs: number): void {
    Atomics.wait(this.#state, 0, 0, timeoutMs);
  }

  take(length: number, block: boolean): Uint8Array | null {
    while (!this.filled()) {
      if (!block) return new Uint8Array(0);
      this.wait(60_000);
    }
    const count = Atomics.load(this.#state, 1);
    if (count === 0) return null;
    const end = Math.min(count, this.#taken + length);
    const bytes = this.#bytes.slice(this.#taken, end);
    this.#taken = end;
    if (end === count) {
      this.#taken = 0;
      Atomics.store(this.#state, 0, 0);
      Atomics.notify(this.#state, 0);
    }
    return bytes;
  }
}

/** State 0 is 1 while there is a piece, whose length state 1 tells; a length of 0 is the end. */
const readAheadSource = `
const { readSync } = require('node:fs');
const { workerData: { state, bytes } } = require('node:worker_threads');
for (;;) {
  let count = 0;
  try {
    count = readSync(0, bytes, 0, bytes.length, null);
  } catch (error) {
    if (error.code === 'EAGAIN') { Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 5); continue; }
  }
  Atomics.store(state, 1, count);
  Atomics.store(state, 0, 1);
  Atomics.notify(state, 0);
  if (count === 0) break;
  Atomics.wait(state, 0, 1);
}`;
