import type { SizeTable } from '../../component/anatomy/sizes';
import { formatClock } from '../common/format';
import type { EarlierSizes } from './page-sizes';

/** How many files are remembered; the sizes of one take up to some hundred KiB. */
const kept = 16;

interface Seen {
  readonly modifiedAt: number;
  readonly table: SizeTable;
}

/** The sizes of the builds that were seen in this window: of each file the last one, and the one before. */
export class SizeHistory {
  readonly #files = new Map<string, { readonly now: Seen; readonly before: Seen | undefined }>();

  /**
   * Remembers the sizes of a file and returns those of the build before, if that was seen.
   * @param modifiedAt when the file was written, in ms since the epoch
   */
  note(path: string, modifiedAt: number, table: SizeTable): EarlierSizes | undefined {
    const known = this.#files.get(path);
    const isNew = known?.now.modifiedAt !== modifiedAt;
    const before = isNew ? known?.now : known.before;
    this.#files.delete(path);
    this.#files.set(path, { now: { modifiedAt, table }, before });
    for (const oldest of [...this.#files.keys()].slice(0, -kept)) this.#files.delete(oldest);
    return before && { table: before.table, time: formatClock(before.modifiedAt) };
  }
}
