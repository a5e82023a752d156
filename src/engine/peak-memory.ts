import { readFile } from 'node:fs/promises';

/** Delays between two looks, in ms: a short run ends within the first ones, and a long one need not be asked often. */
const delays = { first: 4, later: 100, firstFor: 500 } as const;

/**
 * Follows how much memory a process has had at most, as Linux tells it (`VmHWM`). What a process takes between the last look and its end is
 * missed. Other systems do not tell it.
 */
export class PeakMemory {
  readonly #pid: () => number | undefined;
  readonly #startedAt = performance.now();
  #timer: NodeJS.Timeout | undefined;
  #bytes: number | undefined;
  #isEnded = false;

  /** @param pid the process, once there is one */
  constructor(pid: () => number | undefined) {
    this.#pid = pid;
    if (process.platform === 'linux') void this.#look();
  }

  /** Ends the looks. Returns the most that was seen, in bytes; undefined if nothing was. */
  end(): number | undefined {
    this.#isEnded = true;
    clearTimeout(this.#timer);
    return this.#bytes;
  }

  async #look(): Promise<void> {
    const pid = this.#pid();
    const status =
      pid === undefined ? '' : await readFile(`/proc/${String(pid)}/status`, 'latin1').catch(() => '');
    const [, kibibytes] = /^VmHWM:\s+(\d+) kB$/m.exec(status) ?? [];
    if (kibibytes !== undefined) this.#bytes = Math.max(this.#bytes ?? 0, Number(kibibytes) * 1024);
    if (this.#isEnded) return;
    const isFirst = performance.now() - this.#startedAt < delays.firstFor;
    this.#timer = setTimeout(() => void this.#look(), isFirst ? delays.first : delays.later);
  }
}
