import { clocks } from '../wasi/clocks';
import type { Granted } from '../wasi/granted';
import { closed, type IoClasses } from '../wasi/io-classes';
import { writerFor, type Sink } from '../wasi/sink';
import { disposeSymbol } from '../dispose-symbol';
import { alwaysReady, readyAt, readyOf, waitForAny, type Waitable } from './waitable';

/** Bytes that come in. */
export interface ByteSource {
  /** The bytes that are there now, at most so many, perhaps none. Null at the end. Throws what the guest is to get of a failure. */
  take(most: number): Uint8Array | null;
  readonly arrival: Waitable;
  /** The guest has dropped the stream. */
  dropped(): void;
}

/** Bytes that go out. */
export interface ByteTarget {
  /** How much may be written now. Throws what the guest is to get of a failure. */
  room(): number;
  write(bytes: Uint8Array): void;
  /** Ready when there is room, or an error. */
  readonly drain: Waitable;
  /** The guest has dropped the stream. */
  dropped(): void;
}

const waitsFor = Symbol('waitsFor');

/**
 * Streams and pollables of wasi:io 0.2 whose blocking functions return promises, so that other instances of the same process run
 * meanwhile. One set of classes serves all instances of a runner: a guest reaches objects by its own handles only.
 */
export interface ServeIo {
  inputStream(source: ByteSource): object;
  outputStream(target: ByteTarget): object;
  /** A standard stream of this process, which takes everything at once. */
  standardOutput(sink: Sink): object;
  pollable(waitable: Waitable): object;
  readonly interfaces: Readonly<Record<string, object>>;
}

/** Makes them over a set of resource classes, those of the shim where something is granted that only it has. */
export function serveIo(classes: IoClasses, granted: Granted | undefined): ServeIo {
  const Pollable = pollableClass(classes);
  const pollable = (waitable: Waitable) => new Pollable(waitable);
  const Input = inputClass(classes, pollable);
  const Output = outputClass(classes, pollable);
  const write = writerFor(classes);
  const time = clocks((instant) => pollable(readyAt(instant)));
  const waitableOf = (each: object): Waitable =>
    each instanceof Pollable ? each[waitsFor] : foreign(each, granted);
  return {
    inputStream: (source) => new Input(source),
    outputStream: (target) => new Output(target),
    standardOutput: (sink) =>
      new Output({
        room: () => Number(mostAtOnce),
        write: (bytes) => {
          write(sink, bytes);
        },
        drain: alwaysReady,
        dropped: () => undefined,
      }),
    pollable,
    interfaces: {
      'wasi:io/error': { Error: classes.IoError },
      'wasi:io/streams': { InputStream: classes.InputStream, OutputStream: classes.OutputStream },
      'wasi:io/poll': {
        Pollable: classes.Pollable,
        poll: (pollables: readonly object[]) => {
          if (pollables.length === 0) throw new TypeError('poll was called with an empty list');
          const waitables = pollables.map(waitableOf);
          const ready = readyOf(waitables);
          return ready.length > 0 ? ready : waitForAny(waitables);
        },
      },
      'wasi:clocks/monotonic-clock': time.monotonicClock,
      'wasi:clocks/wall-clock': time.wallClock,
    },
  };
}

/** How often a pollable of the shim is asked, in ms: it cannot call back. */
const askEveryMs = 5;

function foreign(pollable: object, granted: Granted | undefined): Waitable {
  return {
    ready: () => granted !== undefined && granted.poll([pollable], 0n).length > 0,
    watch: (changed) => {
      const timer = setInterval(changed, askEveryMs);
      return () => {
        clearInterval(timer);
      };
    },
  };
}

type MakePollable = (waitable: Waitable) => object;

/** Our pollables get representation numbers of their own, far from those that a shim's I/O worker gives its pollables. */
function pollableClass(classes: IoClasses): new (waitable: Waitable) => { readonly [waitsFor]: Waitable } {
  let lastRep = 0x2000_0000;
  const repSymbol = Symbol.for('cabiRep');

  return class ServePollable extends classes.Pollable {
    readonly [waitsFor]: Waitable;

    constructor(waitable: Waitable) {
      super();
      this[waitsFor] = waitable;
      lastRep = lastRep === 0x3fff_ffff ? 0x2000_0001 : lastRep + 1;
      Object.defineProperty(this, repSymbol, { value: lastRep });
    }

    ready(): boolean {
      return this[waitsFor].ready();
    }

    async block(): Promise<void> {
      if (!this[waitsFor].ready()) await waitForAny([this[waitsFor]]);
    }
  };
}

function inputClass(classes: IoClasses, pollable: MakePollable): new (source: ByteSource) => object {
  return class ServeInput extends classes.InputStream {
    readonly #source: ByteSource;

    constructor(source: ByteSource) {
      super();
      this.#source = source;
    }

    read(length: bigint): Uint8Array {
      return orClosed(this.#source.take(clamped(length)));
    }

    async blockingRead(length: bigint): Promise<Uint8Array> {
      for (;;) {
        const bytes = this.read(length);
        if (bytes.length > 0 || length === 0n) return bytes;
        await waitForAny([this.#source.arrival]);
      }
    }

    skip(length: bigint): bigint {
      return BigInt(this.read(length).length);
    }

    async blockingSkip(length: bigint): Promise<bigint> {
      return BigInt((await this.blockingRead(length)).length);
    }

    subscribe(): object {
      return pollable(this.#source.arrival);
    }

    [disposeSymbol](): void {
      this.#source.dropped();
    }
  };
}

/** Waits until something can be written. Rejects with what the guest is to get of a failure. */
async function roomIn(target: ByteTarget): Promise<void> {
  while (target.room() === 0) await waitForAny([target.drain]);
}

async function writeAndFlush(target: ByteTarget, bytes: Uint8Array): Promise<void> {
  await roomIn(target);
  target.write(bytes);
  await roomIn(target);
}

function pass(target: ByteTarget, bytes: Uint8Array): bigint {
  if (bytes.length > 0) target.write(bytes);
  return BigInt(bytes.length);
}

function outputClass(classes: IoClasses, pollable: MakePollable): new (target: ByteTarget) => object {
  return class ServeOutput extends classes.OutputStream {
    readonly #target: ByteTarget;

    constructor(target: ByteTarget) {
      super();
      this.#target = target;
    }

    checkWrite(): bigint {
      return BigInt(this.#target.room());
    }

    write(bytes: Uint8Array): void {
      this.#target.write(bytes);
    }

    blockingWriteAndFlush(bytes: Uint8Array): Promise<void> {
      return writeAndFlush(this.#target, bytes);
    }

    flush(): void {
      // What is written is on its way.
    }

    blockingFlush(): Promise<void> {
      return roomIn(this.#target);
    }

    writeZeroes(length: bigint): void {
      this.write(new Uint8Array(clamped(length)));
    }

    blockingWriteZeroesAndFlush(length: bigint): Promise<void> {
      return writeAndFlush(this.#target, new Uint8Array(clamped(length)));
    }

    splice(source: { read(length: bigint): Uint8Array }, length: bigint): bigint {
      const room = BigInt(this.#target.room());
      return pass(this.#target, source.read(length < room ? length : room));
    }

    async blockingSplice(
      source: { blockingRead(length: bigint): Promise<Uint8Array> | Uint8Array },
      length: bigint,
    ): Promise<bigint> {
      const bytes = await source.blockingRead(length);
      await writeAndFlush(this.#target, bytes);
      return BigInt(bytes.length);
    }

    subscribe(): object {
      return pollable(this.#target.drain);
    }

    [disposeSymbol](): void {
      this.#target.dropped();
    }
  };
}

/** The most that is read or made at once: a guest can ask for any number. */
const mostAtOnce = 1_048_576n;

function clamped(length: bigint): number {
  return Number(length < mostAtOnce ? length : mostAtOnce);
}

function orClosed(bytes: Uint8Array | null): Uint8Array {
  if (bytes === null) throw closed as unknown as Error;
  return bytes;
}

/** A stream at its end. */
export const noBytes: ByteSource = {
  take: () => null,
  arrival: alwaysReady,
  dropped: () => undefined,
};
