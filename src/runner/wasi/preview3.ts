import { read } from 'node:fs';
import { hrtime } from 'node:process';
import type { Sink } from './sink';

/** A stream of bytes as jco's glue hands it to a host. */
interface ByteStream {
  read(options: { count: number }): Promise<unknown>;
}

type StreamResult =
  { readonly tag: 'ok'; readonly val: undefined } | { readonly tag: 'err'; readonly val: string };

const chunkBytes = 65_536;

/** What the 0.3 interfaces are made of, shared with those of 0.2. */
export interface Preview3Parts {
  readonly stdin: boolean;
  readonly stdout: Sink;
  readonly stderr: Sink;
  /** wasi:cli and wasi:random of 0.2, by interface name: the parts that did not change. */
  readonly p2: Readonly<Record<string, object>>;
}

/** The interfaces of WASI 0.3, under `wasi3:`, and what still waits to be written when a call ends. */
export function preview3(parts: Preview3Parts): {
  readonly interfaces: Readonly<Record<string, object>>;
  settled(): Promise<void>;
} {
  const writes = new Set<Promise<unknown>>();
  const writer = (sink: Sink) => ({
    writeViaStream: (stream: ByteStream) => {
      const write = drain(stream, sink).finally(() => writes.delete(write));
      writes.add(write);
      return write;
    },
  });
  const unchanged = Object.entries(parts.p2).map(([name, value]): [string, object] => [
    name.replace(/^wasi:/, 'wasi3:'),
    value,
  ]);
  const environment = parts.p2['wasi:cli/environment'] ?? {};
  const seed = parts.p2['wasi:random/insecure-seed'] ?? {};
  return {
    interfaces: {
      ...Object.fromEntries(unchanged),
      'wasi3:cli/environment': { ...environment, getInitialCwd: () => undefined },
      'wasi3:cli/stdin': { readViaStream: () => readStdin(parts.stdin) },
      'wasi3:cli/stdout': writer(parts.stdout),
      'wasi3:cli/stderr': writer(parts.stderr),
      'wasi3:cli/types': {},
      'wasi3:clocks/types': {},
      'wasi3:clocks/monotonic-clock': {
        now: () => hrtime.bigint(),
        getResolution: () => 1n,
        waitUntil: (instant: bigint) => sleepUntil(instant),
        waitFor: (duration: bigint) => sleepUntil(hrtime.bigint() + duration),
      },
      'wasi3:clocks/system-clock': {
        now: () => {
          const now = Date.now();
          return { seconds: BigInt(Math.floor(now / 1000)), nanoseconds: (now % 1000) * 1_000_000 };
        },
        getResolution: () => 1_000_000n,
      },
      'wasi3:random/insecure-seed': {
        ...seed,
        getInsecureSeed: Reflect.get(seed, 'insecureSeed') as unknown,
      },
    },
    settled: async () => {
      await Promise.allSettled(writes);
    },
  };
}

/** Writes a stream out to its end. */
async function drain(stream: ByteStream, sink: Sink): Promise<StreamResult> {
  for (;;) {
    const { done, value } = toResult(await stream.read({ count: chunkBytes }));
    if (value !== undefined && value !== null) sink(toBytes(value));
    if (done) return { tag: 'ok', val: undefined };
  }
}

/** The glue's reader gives iterator results; its older form gave the value alone, and null at the end. */
function toResult(result: unknown): { done: boolean; value: unknown } {
  if (typeof result === 'object' && result !== null && 'done' in result) {
    return { done: result.done === true, value: 'value' in result ? result.value : undefined };
  }
  return { done: result === null, value: result };
}

function toBytes(value: unknown): Uint8Array {
  if (value instanceof Uint8Array) return value;
  if (value instanceof ArrayBuffer) return new Uint8Array(value);
  if (typeof value === 'number') return Uint8Array.of(value);
  if (Array.isArray(value)) return Uint8Array.from(value as number[]);
  throw new TypeError('A stream of bytes gave something else.');
}

/** Standard input as a stream, and the future of how it ended. */
function readStdin(present: boolean): [AsyncIterable<Uint8Array>, Promise<StreamResult>] {
  let finish: (result: StreamResult) => void = () => undefined;
  const finished = new Promise<StreamResult>((resolve) => {
    finish = resolve;
  });
  let ended = !present;
  const end = () => {
    ended = true;
    finish({ tag: 'ok', val: undefined });
    return Promise.resolve({ done: true as const, value: undefined });
  };
  const iterator: AsyncIterator<Uint8Array> = {
    next: async () => {
      const bytes = ended ? null : await readChunk();
      return bytes === null ? end() : { done: false, value: bytes };
    },
    return: end,
  };
  if (ended) void end();
  return [{ [Symbol.asyncIterator]: () => iterator }, finished];
}

function readChunk(): Promise<Uint8Array | null> {
  return new Promise((resolve, reject) => {
    const bytes = new Uint8Array(chunkBytes);
    read(0, bytes, 0, bytes.length, null, (error, count) => {
      if (error?.code === 'EAGAIN') setTimeout(() => void readChunk().then(resolve, reject), 5);
      else if (error?.code === 'EOF') resolve(null);
      else if (error === null) resolve(count === 0 ? null : bytes.subarray(0, count));
      else reject(error);
    });
  });
}

/** The longest time that a timer takes. */
const longestTimerMs = 2 ** 31 - 1;

async function sleepUntil(instant: bigint): Promise<void> {
  for (;;) {
    const left = Number(instant - hrtime.bigint()) / 1e6;
    if (left <= 0) return;
    await new Promise((resolve) => setTimeout(resolve, Math.min(Math.ceil(left), longestTimerMs)));
  }
}
