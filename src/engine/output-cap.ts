import { defined } from '../base/defined';
import type { GuestIo } from './guest-io';

/**
 * Passes a guest's output on up to a limit and drops the rest, so that a flood does not fill a terminal's
 * memory; the guest runs on. Lifting the cap lets as much through again.
 */
export class OutputCap {
  readonly io: GuestIo;
  readonly #limitBytes: number;
  #leftBytes: number;
  #droppedBytes = 0;

  /** @param onTruncated called at the first byte that is dropped, and at the first one after each lift */
  constructor(io: GuestIo, limitBytes: number, onTruncated: () => void) {
    this.#limitBytes = limitBytes;
    this.#leftBytes = limitBytes;
    this.io = {
      ...defined({ terminal: io.terminal }),
      output: (stream, bytes) => {
        const passed = bytes.subarray(0, this.#leftBytes);
        const dropped = bytes.length - passed.length;
        this.#leftBytes -= passed.length;
        const taken = passed.length > 0 ? io.output(stream, passed) : undefined;
        const first = dropped > 0 && this.#droppedBytes === 0;
        this.#droppedBytes += dropped;
        if (first) onTruncated();
        return taken;
      },
    };
  }

  /** How much was dropped since the beginning or the last lift, in bytes. */
  get droppedBytes(): number {
    return this.#droppedBytes;
  }

  /** Lets as much through again as at first. */
  lift(): void {
    this.#leftBytes = this.#limitBytes;
    this.#droppedBytes = 0;
  }
}
