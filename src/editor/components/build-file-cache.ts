import { dirname, join } from 'node:path';
import type { BuildFile } from '../../source/component-candidate';

/** Names of the files that say what a build makes of which source. */
export const buildFileNames = ['Cargo.toml', 'package.json', 'Makefile', 'makefile', 'justfile', 'build.sh'];

/** Reads a file as text; resolves to undefined if there is none. */
export type ReadText = (path: string) => Promise<string | undefined>;

/**
 * Build files by folder. Each folder is read once, until {@link drop} says that one of its files changed. Lenses
 * ask for the same folders again and again while instances run.
 */
export class BuildFileCache {
  readonly #readText: ReadText;
  /** By folder. Promises, so that callers that ask at the same time share one reading. */
  readonly #folders = new Map<string, Promise<readonly BuildFile[]>>();

  constructor(readText: ReadText) {
    this.#readText = readText;
  }

  /**
   * The build files beside a source and in the folders above it, nearest first.
   * @param root the last folder that is looked at, an absolute path
   */
  async filesAbove(source: string, root: string): Promise<readonly BuildFile[]> {
    const folders: string[] = [];
    for (let folder = dirname(source); isInside(folder, root); folder = dirname(folder)) {
      folders.push(folder);
      if (folder === dirname(folder)) break;
    }
    return (await Promise.all(folders.map((folder) => this.#filesIn(folder)))).flat();
  }

  /** Forgets the folder of a build file that was created, changed or deleted. */
  drop(file: string): void {
    this.#folders.delete(dirname(file));
  }

  /** Forgets all folders. */
  clear(): void {
    this.#folders.clear();
  }

  #filesIn(folder: string): Promise<readonly BuildFile[]> {
    const known = this.#folders.get(folder);
    if (known !== undefined) return known;
    const reading = this.#readFolder(folder);
    this.#folders.set(folder, reading);
    return reading;
  }

  async #readFolder(folder: string): Promise<readonly BuildFile[]> {
    const files = await Promise.all(
      buildFileNames.map(async (name) => {
        const path = join(folder, name);
        return { path, text: await this.#readText(path) };
      }),
    );
    return files.flatMap(({ path, text }) => (text === undefined ? [] : [{ path, text }]));
  }
}

function isInside(folder: string, root: string): boolean {
  return (
    folder === root || folder.startsWith(root.endsWith('/') || root.endsWith('\\') ? root : join(root, '/'))
  );
}
