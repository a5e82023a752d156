import { createHash } from 'node:crypto';

/** Of each stream so much is kept, in bytes; of the rest only the digest. */
const keptBytes = 1 << 18;

/** What a guest wrote to one of its streams. */
export interface Captured {
  /** The beginning, as text; bytes that are no UTF-8 are U+FFFD. */
  readonly text: string;
  /** How many bytes there were. */
  readonly bytes: number;
  /** Of all bytes, in hex. */
  readonly sha256: string;
  /** Whether `text` is not all of it. */
  readonly isCut: boolean;
}

/** Captures one stream of a guest, which may print endlessly. */
export class Capture {
  readonly #hash = createHash('sha256');
  readonly #beginning: Uint8Array[] = [];
  #kept = 0;
  #bytes = 0;

  add(bytes: Uint8Array): void {
    this.#hash.update(bytes);
    this.#bytes += bytes.length;
    if (this.#kept === keptBytes) return;
    // A copy, since a view would hold the whole chunk in memory.
    const kept = Uint8Array.from(bytes.subarray(0, keptBytes - this.#kept));
    this.#beginning.push(kept);
    this.#kept += kept.length;
  }

  /** What was captured. Nothing can be added after it. */
  end(): Captured {
    return {
      text: Buffer.concat(this.#beginning).toString(),
      bytes: this.#bytes,
      sha256: this.#hash.digest('hex'),
      isCut: this.#bytes > this.#kept,
    };
  }
}
