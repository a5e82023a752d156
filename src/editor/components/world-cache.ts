import type { World } from '../../component/world';
import type { Build } from '../../instance/registry';

/** How many worlds are kept; one has some tens of KiB. */
const kept = 16;

/** What components import and export, read when it is first asked for. */
export class WorldCache {
  readonly #read: (path: string) => Promise<World | null>;
  readonly #worlds = new Map<string, Promise<World | null>>();

  /** @param read reads a file; null if it is no component or cannot be read */
  constructor(read: (path: string) => Promise<World | null>) {
    this.#read = read;
  }

  /** The world of a build; null if it cannot be read. */
  async of({ path, sha256 }: Build): Promise<World | null> {
    const known = this.#worlds.get(sha256);
    if (known !== undefined) return await known;
    const reading = this.#read(path);
    this.#worlds.set(sha256, reading);
    for (const oldest of [...this.#worlds.keys()].slice(0, -kept)) this.#worlds.delete(oldest);
    const world = await reading;
    if (world === null) this.#worlds.delete(sha256);
    return world;
  }
}
