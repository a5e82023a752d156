const newline = 0x0a;

/** A longer last line is no result that anyone could read. */
const mostHeldBytes = 1 << 26;

/**
 * Separates the last line of a stream from all before it. With `--invoke`, wasmtime prints what the function returned as the last line of
 * the stdout that the guest has printed to before. Text that a guest has not ended with a newline stands on the same line.
 */
export class LastLine {
  readonly #before: (bytes: Uint8Array) => void;
  #held: Buffer[] = [];
  #heldBytes = 0;
  #endsLine = false;
  #isTooLong = false;

  /** @param before takes everything but the last line */
  constructor(before: (bytes: Uint8Array) => void) {
    this.#before = before;
  }

  write(bytes: Uint8Array): void {
    if (bytes.length === 0) return;
    const chunk = Buffer.from(bytes);
    // The last line begins behind the newline before the last byte, which may end the line.
    const start = chunk.length < 2 ? 0 : chunk.lastIndexOf(newline, -2) + 1;
    if (start > 0 || this.#endsLine) {
      this.#release();
      this.#before(chunk.subarray(0, start));
      this.#isTooLong = false;
    }
    this.#hold(chunk.subarray(start));
    this.#endsLine = chunk.at(-1) === newline;
  }

  /**
   * Ends the stream.
   * @param hasResult whether the last line is not the guest's
   * @returns that line without its newline; null if there is none, or one that is too long
   */
  end(hasResult: boolean): string | null {
    if (!hasResult || this.#isTooLong || !this.#endsLine) {
      this.#release();
      return null;
    }
    const line = Buffer.concat(this.#held).toString('utf8');
    this.#held = [];
    return line.slice(0, -1);
  }

  #hold(bytes: Buffer): void {
    if (this.#isTooLong) {
      this.#before(bytes);
      return;
    }
    this.#held.push(bytes);
    this.#heldBytes += bytes.length;
    if (this.#heldBytes <= mostHeldBytes) return;
    this.#release();
    this.#isTooLong = true;
  }

  #release(): void {
    for (const bytes of this.#held) if (bytes.length > 0) this.#before(bytes);
    this.#held = [];
    this.#heldBytes = 0;
  }
}
