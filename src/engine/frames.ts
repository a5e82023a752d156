import { frameHeadBytes, frameKind, maxReportBytes, WireError, type Report } from './wire';
import { decodeValue } from './wire-values';

/** Where the parts of a runner's pipe go, in the order in which they arrive. */
export interface FrameSink<R = Report> {
  /** Bytes that the guest wrote; neighbouring frames of one stream come as one. */
  output(stream: 'stdout' | 'stderr', bytes: Uint8Array): void;
  /** @param sizeBytes how long it was on the wire */
  report(report: R, sizeBytes: number): void;
}

/** Takes a runner's pipe apart, whatever the chunks. Throws WireError at what is not a frame. */
export class FrameReader<R> {
  readonly #sink: FrameSink<R>;
  readonly #parse: (value: unknown) => R;
  readonly #head = Buffer.alloc(frameHeadBytes);
  #headFilled = 0;
  #kind = 0;
  /** Bytes that are still missing of the frame's content. */
  #missing = 0;
  #reportParts: Buffer[] = [];
  #pending: { stream: 'stdout' | 'stderr'; parts: Buffer[] } | undefined;

  /** @param parse checks what a runner reported; throws WireError */
  constructor(sink: FrameSink<R>, parse: (value: unknown) => R) {
    this.#sink = sink;
    this.#parse = parse;
  }

  read(chunk: Buffer): void {
    let at = 0;
    while (at < chunk.length) {
      if (this.#missing === 0) {
        at += this.#takeHead(chunk, at);
        continue;
      }
      const end = Math.min(chunk.length, at + this.#missing);
      this.#missing -= end - at;
      this.#takeContent(chunk.subarray(at, end));
      at = end;
    }
    this.#flush();
  }

  #takeHead(chunk: Buffer, at: number): number {
    const taken = chunk.copy(this.#head, this.#headFilled, at);
    this.#headFilled += taken;
    if (this.#headFilled < frameHeadBytes) return taken;
    this.#headFilled = 0;
    this.#kind = this.#head.readUInt8(0);
    this.#missing = this.#head.readUInt32LE(1);
    if (this.#kind === frameKind.report && this.#missing > maxReportBytes) {
      throw new WireError(`A runner announced a report of ${String(this.#missing)} bytes.`);
    }
    if (this.#kind < frameKind.stdout || this.#kind > frameKind.report) {
      throw new WireError(`A runner sent a frame of unknown kind ${String(this.#kind)}.`);
    }
    return taken;
  }

  #takeContent(part: Buffer): void {
    if (this.#kind === frameKind.report) {
      this.#reportParts.push(part);
      if (this.#missing > 0) return;
      const bytes = Buffer.concat(this.#reportParts);
      this.#reportParts = [];
      this.#flush();
      this.#sink.report(this.#parse(readValue(bytes)), bytes.length);
      return;
    }
    const stream = this.#kind === frameKind.stdout ? 'stdout' : 'stderr';
    if (this.#pending !== undefined && this.#pending.stream !== stream) this.#flush();
    this.#pending ??= { stream, parts: [] };
    this.#pending.parts.push(part);
  }

  #flush(): void {
    const pending = this.#pending;
    if (pending === undefined) return;
    this.#pending = undefined;
    const [only] = pending.parts;
    this.#sink.output(
      pending.stream,
      pending.parts.length === 1 && only !== undefined ? only : Buffer.concat(pending.parts),
    );
  }
}

function readValue(bytes: Buffer): unknown {
  try {
    return decodeValue(bytes);
  } catch (cause) {
    throw new WireError(`A runner sent a report that cannot be read: ${String(cause)}`);
  }
}
