import { closed, type IoClasses } from './io-classes';
import { alwaysReady, waitForAny, type Readiness } from './readiness';
import { writerFor, type Sink } from './sink';
import type { Stdin } from './stdin';

/** Key under which one of our pollables says what it waits for. */
const waitsFor = Symbol('waitsFor');

/** What the guest may write at once. p1 adapters send 4 KiB pieces; others may send more. */
const writeBudget = 1_048_576n;

/** Standard streams and polling over one set of resource classes. */
export interface OwnIo {
  inputStream(stdin: Stdin): object;
  outputStream(sink: Sink): object;
  pollable(readiness: Readiness): object;
  /** What a pollable of ours waits for; undefined for a pollable of the shim. */
  readinessOf(pollable: object): Readiness | undefined;
}

/** Makes them over a set of resource classes. */
export function ownIo(classes: IoClasses): OwnIo {
  const OwnPollable = pollableClass(classes);
  const pollable = (readiness: Readiness) => new OwnPollable(readiness);
  const StandardInput = inputClass(classes, pollable);
  const StandardOutput = outputClass(classes, pollable);
  return {
    inputStream: (stdin) => new StandardInput(stdin),
    outputStream: (sink) => new StandardOutput(sink),
    pollable,
    readinessOf: (each) => (each instanceof OwnPollable ? each[waitsFor] : undefined),
  };
}

type MakePollable = (readiness: Readiness) => object;

/**
 * Our pollables get representation numbers of their own, far from those that a shim's I/O worker gives its
 * pollables.
 */
function pollableClass(classes: IoClasses): new (readiness: Readiness) => { readonly [waitsFor]: Readiness } {
  let lastRep = 0x2000_0000;
  const repSymbol = Symbol.for('cabiRep');

  return class OwnPollable extends classes.Pollable {
    readonly [waitsFor]: Readiness;

    constructor(readiness: Readiness) {
      super();
      this[waitsFor] = readiness;
      lastRep += 1;
      Object.defineProperty(this, repSymbol, { value: lastRep });
    }

    ready(): boolean {
      return this[waitsFor].ready();
    }

    block(): void {
      waitForAny([this[waitsFor]]);
    }
  };
}

function inputClass(classes: IoClasses, pollable: MakePollable): new (stdin: Stdin) => object {
  return class StandardInput extends classes.InputStream {
    readonly #stdin: Stdin;

    constructor(stdin: Stdin) {
      super();
      this.#stdin = stdin;
    }

    read(length: bigint): Uint8Array {
      return orClosed(this.#stdin.read(Number(length)));
    }

    blockingRead(length: bigint): Uint8Array {
      return orClosed(this.#stdin.blockingRead(Number(length)));
    }

    skip(length: bigint): bigint {
      return BigInt(this.read(length).length);
    }

    blockingSkip(length: bigint): bigint {
      return BigInt(this.blockingRead(length).length);
    }

    subscribe(): object {
      return pollable(this.#stdin.readiness);
    }
  };
}

function outputClass(classes: IoClasses, pollable: MakePollable): new (sink: Sink) => object {
  const write = writerFor(classes);
  return class StandardOutput extends classes.OutputStream {
    readonly #sink: Sink;

    constructor(sink: Sink) {
      super();
      this.#sink = sink;
    }

    checkWrite(): bigint {
      return writeBudget;
    }

    write(bytes: Uint8Array): void {
      write(this.#sink, bytes);
    }

    blockingWriteAndFlush(bytes: Uint8Array): void {
      write(this.#sink, bytes);
    }

    flush(): void {
      // Every write is handed over before it returns.
    }

    blockingFlush(): void {
      // As flush.
    }

    writeZeroes(length: bigint): void {
      write(this.#sink, new Uint8Array(Number(length)));
    }

    blockingWriteZeroesAndFlush(length: bigint): void {
      this.writeZeroes(length);
    }

    splice(source: { read(length: bigint): Uint8Array }, length: bigint): bigint {
      return this.#pass(source.read(length));
    }

    blockingSplice(source: { blockingRead(length: bigint): Uint8Array }, length: bigint): bigint {
      return this.#pass(source.blockingRead(length));
    }

    subscribe(): object {
      return pollable(alwaysReady);
    }

    #pass(bytes: Uint8Array): bigint {
      write(this.#sink, bytes);
      return BigInt(bytes.length);
    }
  };
}

function orClosed(bytes: Uint8Array | null): Uint8Array {
  if (bytes === null) throw closed as unknown as Error;
  return bytes;
}
