import { cp, lstat, mkdtemp, readdir, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { messageOf } from '../../base/error';
import { isWithin } from '../../base/is-within';
import { err, ok, type Result } from '../../base/result';
import type { DirectoryGrant } from '../../instance/profile';
import { snapshotOf, type Snapshot } from './directory-snapshot';

/** What the copies of one turn may hold. A comparison makes up to four of them. */
export const copyLimits = { entries: 5000, bytes: 128 * 1024 * 1024 } as const;

/** Why directories cannot be copied. `host` is the path of the one. */
export type CopyError =
  | { readonly type: 'directory-too-large'; readonly host: string }
  | { readonly type: 'directory-unreadable'; readonly host: string; readonly words: string };

/** Directories that guests may write to, each copied for every turn, so that no turn sees what another one wrote. */
export class DirectoryCopies {
  readonly #dirs: readonly DirectoryGrant[];
  /** The real paths of what is copied, none within another. */
  readonly #roots: readonly string[];

  private constructor(dirs: readonly DirectoryGrant[], roots: readonly string[]) {
    this.#dirs = dirs;
    this.#roots = roots;
  }

  /** Finds out what has to be copied, and whether it can be. */
  static async plan(dirs: readonly DirectoryGrant[]): Promise<Result<DirectoryCopies, CopyError>> {
    const real: DirectoryGrant[] = [];
    for (const dir of dirs) {
      // One that is not there is what the start of an instance says.
      real.push({ ...dir, host: await realpath(dir.host).catch(() => dir.host) });
    }
    const roots = rootsOf(real);
    const left = { entries: copyLimits.entries, bytes: copyLimits.bytes };
    for (const host of roots) {
      try {
        if (!(await fits(host, left))) return err({ type: 'directory-too-large', host });
      } catch (error) {
        return err({ type: 'directory-unreadable', host, words: messageOf(error) });
      }
    }
    return ok(new DirectoryCopies(real, roots));
  }

  /** Whether anything is copied. */
  get areAny(): boolean {
    return this.#roots.length > 0;
  }

  /** Makes the copies of a turn. Rejects with the system's error. */
  async make(): Promise<TurnDirectories> {
    if (!this.areAny) return new TurnDirectories(this.#dirs, undefined, []);
    const folder = await mkdtemp(join(tmpdir(), 'fresh-instance-compare-'));
    const copies = this.#roots.map((root, index) => ({ root, copy: join(folder, String(index)) }));
    try {
      for (const { root, copy } of copies) {
        await cp(root, copy, {
          recursive: true,
          verbatimSymlinks: true,
          preserveTimestamps: true,
          filter: isOrdinary,
        });
      }
    } catch (error) {
      await rm(folder, { recursive: true, force: true });
      throw error;
    }
    const dirs = this.#dirs.map((dir) => {
      const copied = copies.find(({ root }) => isWithin(dir.host, root));
      return copied === undefined
        ? dir
        : { ...dir, host: join(copied.copy, relative(copied.root, dir.host)) };
    });
    const writable = dirs.filter(({ readOnly }) => !readOnly);
    return new TurnDirectories(dirs, folder, outermost(writable));
  }
}

/** The directories of one turn. */
export class TurnDirectories {
  /** What the guest is granted. */
  readonly dirs: readonly DirectoryGrant[];
  readonly #folder: string | undefined;
  readonly #written: readonly DirectoryGrant[];

  constructor(
    dirs: readonly DirectoryGrant[],
    folder: string | undefined,
    written: readonly DirectoryGrant[],
  ) {
    this.dirs = dirs;
    this.#folder = folder;
    this.#written = written;
  }

  /** What is in the directories that can be written to, by the guest's paths. Null where it is too much to be compared. */
  async snapshot(): Promise<Snapshot | null> {
    return await snapshotOf(this.#written);
  }

  /** Deletes the copies. */
  async dispose(): Promise<void> {
    if (this.#folder === undefined) return;
    // A guest may have taken away the right to delete what it made; the system clears its folder for temporary files.
    await rm(this.#folder, { recursive: true, force: true, maxRetries: 3 }).catch(() => undefined);
  }
}

/** The directories that can be written to, and those that overlap with one of them: in a copy both must be the same files. */
function rootsOf(dirs: readonly DirectoryGrant[]): readonly string[] {
  const chosen = new Set(dirs.filter(({ readOnly }) => !readOnly).map(({ host }) => host));
  for (let size = -1; size !== chosen.size;) {
    size = chosen.size;
    for (const { host } of dirs)
      if ([...chosen].some((other) => isWithin(host, other) || isWithin(other, host))) chosen.add(host);
  }
  return [...chosen].filter((host) => ![...chosen].some((other) => other !== host && isWithin(host, other)));
}

/** Of directories within one another, the outer ones: a file is reported once. */
function outermost(dirs: readonly DirectoryGrant[]): readonly DirectoryGrant[] {
  return dirs.filter(
    (dir, index) =>
      !dirs.some(
        (other, at) =>
          other !== dir && isWithin(dir.host, other.host) && (other.host !== dir.host || at < index),
      ),
  );
}

/** Whether a tree is within what is left of the limits, from which it is taken. */
async function fits(folder: string, left: { entries: number; bytes: number }): Promise<boolean> {
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    left.entries -= 1;
    if (entry.isFile()) left.bytes -= (await lstat(path)).size;
    if (left.entries < 0 || left.bytes < 0) return false;
    if (entry.isDirectory() && !(await fits(path, left))) return false;
  }
  return true;
}

/** Sockets, pipes and devices are not copied. */
async function isOrdinary(path: string): Promise<boolean> {
  const found = await lstat(path);
  return found.isFile() || found.isDirectory() || found.isSymbolicLink();
}
