import { read, readSync, writeSync, writevSync } from 'node:fs';
import {
  frameHeadBytes,
  frameKind,
  longestPath,
  wireFds,
  type Command,
  type Report,
  type WireLink,
} from '../engine/wire';
import { decodeValue, encodeValue } from '../engine/wire-values';

/**
 * The runner's ends of the wire. All of it is synchronous by default: a runner that waits has its main thread
 * in one read, and wakes without a turn of the event loop.
 */

/** Commands that came while an answer was waited for. */
const early: Command[] = [];
let isWaiting = false;

/** Waits for the next command, with the whole thread. Null at the end of the pipe: the engine is gone. */
export function nextCommandSync(): Command | null {
  return early.shift() ?? readCommandSync();
}

function readCommandSync(): Command | null {
  const head = readFullySync(4);
  const body = head === null ? null : readFullySync(head.readUInt32LE(0));
  return body === null ? null : (toCommand(body) as Command);
}

/** Waits for the next command while the event loop runs, as asynchronous guests and the inspector need. */
export async function nextCommand<C = Command>(): Promise<C | null> {
  const before = early.shift();
  // Commands of another kind never come early.
  if (before !== undefined) return before as C;
  isWaiting = true;
  try {
    const head = await readFully(4);
    const body = head === null ? null : await readFully(head.readUInt32LE(0));
    return body === null ? null : (toCommand(body) as C);
  } finally {
    isWaiting = false;
  }
}

/**
 * Has the engine make a symbolic link, and waits for it. Gives Node's code for why it was not made. A guest that works on after its call has
 * ended gets none: the answer would be taken for a command.
 */
export function askForLink(link: WireLink): string | undefined {
  if (link.path.length > longestPath || link.target.length > longestPath) return 'ENAMETOOLONG';
  if (isWaiting) return 'EACCES';
  send({ type: 'link', link });
  for (;;) {
    const answer = readCommandSync();
    if (answer === null) return 'EIO';
    if (answer.type === 'linked') return answer.error;
    early.push(answer);
  }
}

/** Sends a report; returns when it is in the pipe. */
export function send(report: Report): void {
  writeFrame(frameKind.report, encodeValue(report));
}

/** Writes one frame whole, waiting while the pipe is full. */
export function writeFrame(kind: (typeof frameKind)[keyof typeof frameKind], content: Uint8Array): void {
  const head = Buffer.allocUnsafe(frameHeadBytes);
  head.writeUInt8(kind, 0);
  head.writeUInt32LE(content.length, 1);
  let written = retryWhenFull(() => writevSync(wireFds.frames, [head, content]));
  const total = frameHeadBytes + content.length;
  while (written < total) {
    const rest =
      written < frameHeadBytes ? head.subarray(written) : content.subarray(written - frameHeadBytes);
    written += retryWhenFull(() => writeSync(wireFds.frames, rest));
  }
}

/** Writes all bytes to a descriptor, waiting while it is full. */
export function writeAll(fd: number, bytes: Uint8Array): void {
  let written = 0;
  while (written < bytes.length) written += retryWhenFull(() => writeSync(fd, bytes, written));
}

/**
 * Waits a little where the descriptor says "again": another process may have made the terminal or pipe
 * non-blocking.
 */
function retryWhenFull(write: () => number): number {
  for (;;) {
    try {
      return write();
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'EAGAIN')) throw error;
      pause(1);
    }
  }
}

const never = new Int32Array(new SharedArrayBuffer(4));

/** Holds the thread for so many ms. */
export function pause(ms: number): void {
  Atomics.wait(never, 0, 0, ms);
}

function toCommand(bytes: Buffer): unknown {
  // The engine started this process and is the only writer of the pipe; both ends are of one build.
  return decodeValue(bytes);
}

function readFullySync(length: number): Buffer | null {
  const bytes = Buffer.allocUnsafe(length);
  let filled = 0;
  while (filled < length) {
    const count = readSync(wireFds.control, bytes, filled, length - filled, null);
    if (count === 0) return null;
    filled += count;
  }
  return bytes;
}

async function readFully(length: number): Promise<Buffer | null> {
  const bytes = Buffer.allocUnsafe(length);
  let filled = 0;
  while (filled < length) {
    const count = await new Promise<number>((resolve, reject) => {
      read(wireFds.control, bytes, filled, length - filled, null, (error, bytesRead) => {
        if (error === null) resolve(bytesRead);
        else reject(error);
      });
    });
    if (count === 0) return null;
    filled += count;
  }
  return bytes;
}
