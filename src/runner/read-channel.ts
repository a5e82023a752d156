import { encodeValue } from '../engine/wire-values';
import type { ReadEnd, Reading, ReadLimits } from '../engine/wire-reading';

/** How a stream or a future is read, see the `read` command. */
export interface ReadOptions {
  readonly numbers: boolean;
  readonly limits: ReadLimits;
  /** Makes an item fit for the wire. */
  readonly toWire: (item: unknown) => unknown;
}

/** What one read of jco's brought. None may be the end of a stream. */
interface Came {
  readonly items: readonly unknown[];
  /** Whether nothing can follow. */
  readonly last: boolean;
}

/**
 * Reads of jco's that have not ended. They cannot be taken back: a stream could be closed, and what the guest
 * writes next were lost; a future cannot even be closed. So they are kept, and what they bring belongs to the
 * next answer.
 */
const begun = new WeakMap<object, Promise<Came>>();

/**
 * Reads what a stream or a future of jco's holds, until its end or a limit. Rejects with what jco passes on
 * of a failure.
 */
export async function readChannel(channel: object, options: ReadOptions): Promise<Reading> {
  const { limits, toWire } = options;
  const items: unknown[] = [];
  const deadline = startDeadline(limits.waitMs);
  const ended = (end: ReadEnd): Reading => ({ items, end });
  let sizeBytes = 0;
  let empty = 0;
  try {
    while (items.length < limits.items && sizeBytes < limits.sizeBytes) {
      const read = begun.get(channel) ?? begin(channel, options.numbers, limits.items - items.length);
      begun.set(channel, read);
      const came = await Promise.race([read, deadline.passed]);
      if (came === null) return ended('waiting');
      begun.delete(channel);
      for (const item of came.items) {
        const sent = toWire(item);
        sizeBytes += encodeValue(sent).length;
        items.push(sent);
      }
      // jco reports a write of nothing like the end; the end is reported twice.
      empty = came.items.length === 0 ? empty + 1 : 0;
      if (came.last || empty === 2) return ended('done');
    }
    return ended('more');
  } finally {
    deadline.stop();
  }
}

function begin(channel: object, numbers: boolean, most: number): Promise<Came> {
  const read = isStream(channel) ? readStream(channel, numbers, most) : readFuture(channel);
  // Its failure must not end the process if it is not read again.
  read.catch(() => undefined);
  return read;
}

/**
 * Numbers come as many as there are. Other items come one by one, since jco would lift all at once, however
 * large they are.
 */
async function readStream(stream: JcoStream, numbers: boolean, most: number): Promise<Came> {
  const { value, done } = await stream.read({ count: numbers ? most : 1 });
  if (done) return { items: [], last: false };
  return { items: numbers && isSeveral(value) ? Array.from(value) : [value], last: false };
}

/** The value is boxed where it arrives, since one that is a future itself would be waited for, too. */
function readFuture(future: object): Promise<Came> {
  const then: unknown = Reflect.get(future, 'then');
  if (typeof then !== 'function') throw new Error('This handle is neither of a stream nor of a future.');
  return new Promise((resolve, reject) => {
    then.call(
      future,
      (value: unknown) => {
        resolve({ items: [value], last: true });
      },
      reject,
    );
  });
}

/** What jco gives for a stream; at `done` there is no value. */
interface JcoStream {
  read(options: { readonly count: number }): Promise<{ readonly value: unknown; readonly done: boolean }>;
}

function isStream(channel: object): channel is JcoStream {
  return 'read' in channel && typeof channel.read === 'function';
}

function isSeveral(value: unknown): value is ArrayLike<unknown> {
  return Array.isArray(value) || ArrayBuffer.isView(value);
}

function startDeadline(waitMs: number): { readonly passed: Promise<null>; stop(): void } {
  let timer: NodeJS.Timeout | undefined;
  const passed = new Promise<null>((resolve) => {
    timer = setTimeout(resolve, waitMs, null);
  });
  return {
    passed,
    stop: () => {
      clearTimeout(timer);
    },
  };
}
