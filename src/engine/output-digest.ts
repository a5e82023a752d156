import { createHash, type Hash } from 'node:crypto';

/**
 * Digest of what a guest writes to both of its streams, in order. However the bytes are cut into pieces, the
 * same output gives the same digest.
 */
export class OutputDigest {
  readonly #whole = createHash('sha256');
  #stream: 'stdout' | 'stderr' | undefined;
  #part: Hash = createHash('sha256');
  #bytes = 0;

  /** How many bytes have been added. */
  get bytes(): number {
    return this.#bytes;
  }

  add(stream: 'stdout' | 'stderr', bytes: Uint8Array): void {
    if (bytes.length === 0) return;
    if (stream !== this.#stream) this.#closePart();
    this.#stream = stream;
    this.#part.update(bytes);
    this.#bytes += bytes.length;
  }

  /** The digest of all that was added, in hex. Nothing can be added after it. */
  end(): string {
    this.#closePart();
    return this.#whole.digest('hex');
  }

  #closePart(): void {
    if (this.#stream === undefined) return;
    this.#whole.update(`${this.#stream} ${this.#part.digest('hex')}\n`);
    this.#part = createHash('sha256');
    this.#stream = undefined;
  }
}
