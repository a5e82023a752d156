import { stat } from 'node:fs/promises';
import type { Disposable } from '../../base/disposable';
import type { Overview } from '../../component/anatomy/overview';
import type { SizeTable } from '../../component/anatomy/sizes';
import type { Anatomy } from '../anatomy/anatomy';
import type { EarlierSizes } from './page-sizes';
import type { SizeHistory } from './size-history';

/** A build writes a file in several steps: it is read this much after the last one that was noticed, in ms. */
const settleMs = 250;

/** A file that is away for longer is gone, in ms. */
const goneMs = 800;

/** What a page is told of the inside of its file, in this order, and again after each build. */
export interface InsideListener {
  readonly onOverview: (overview: Overview) => void;
  /** The sizes are being read: a share from 0 to 1. */
  readonly onProgress: (share: number) => void;
  readonly onSizes: (table: SizeTable, earlier: EarlierSizes | undefined) => void;
  /** The file cannot be read: it may be gone. */
  readonly onNothing: () => void;
}

/** What {@link PageInside} works with. */
export interface PageInsideParts {
  readonly anatomy: Anatomy;
  readonly sizeHistory: SizeHistory;
}

/** Looks into the file of a page: first its structure, then its sizes, which take longer. */
export class PageInside implements Disposable {
  readonly #parts: PageInsideParts;
  readonly #path: string;
  readonly #listener: InsideListener;
  /** What was read last, or is being read, by the time and the size of the file. */
  #identity = '';
  #reading = new AbortController();
  #settling: NodeJS.Timeout | undefined;

  constructor(parts: PageInsideParts, path: string, listener: InsideListener) {
    this.#parts = parts;
    this.#path = path;
    this.#listener = listener;
  }

  /** The file may have been written: reads it once it is left alone. */
  noteChange(): void {
    clearTimeout(this.#settling);
    this.#settling = setTimeout(() => void this.read(), settleMs);
  }

  /** Reads the file, unless it is as it was. */
  async read(): Promise<void> {
    const found = await stat(this.#path).catch(() => undefined);
    const identity = found === undefined ? 'none' : `${String(found.mtimeMs)} ${String(found.size)}`;
    if (identity === this.#identity) return;
    this.#identity = identity;
    this.#reading.abort();
    const { signal } = (this.#reading = new AbortController());
    if (found === undefined) {
      // A build may take the file away before it writes the new one.
      await new Promise((resolve) => setTimeout(resolve, goneMs));
      if (this.#identity === identity) this.#listener.onNothing();
      return;
    }
    const { anatomy, sizeHistory } = this.#parts;
    const overview = await anatomy.overview(this.#path);
    if (this.#identity !== identity) return;
    if (!overview.ok) {
      this.#identity = '';
      this.#listener.onNothing();
      return;
    }
    this.#listener.onOverview(overview.value);
    const sizes = await anatomy.sizes(this.#path, {
      signal,
      onProgress: (done, total) => {
        this.#listener.onProgress(total === 0 ? 1 : done / total);
      },
    });
    if (this.#identity !== identity || !sizes.ok) return;
    this.#listener.onSizes(sizes.value, sizeHistory.note(this.#path, found.mtimeMs, sizes.value));
  }

  dispose(): void {
    this.#identity = 'disposed';
    clearTimeout(this.#settling);
    this.#reading.abort();
  }
}
