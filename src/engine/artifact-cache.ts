import { StartError } from './errors';
import { createHash, randomUUID } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Build } from '../instance/registry';
import { manifestFormat, parseManifest, type Manifest, type ManifestFile } from './manifest';

/** A transpiled component on disk, whole as its manifest says. */
export interface Artifact {
  readonly folder: string;
  readonly manifest: Manifest;
}

/** Fills an empty folder and says what it put there. */
export type Fill = (folder: string) => Promise<Manifest>;

const manifestName = 'manifest.json';

/** How old an unfinished folder must be before it counts as left behind by a process that died. */
const abandonedAfterMs = 60 * 60 * 1000;

/**
 * Transpiled components on disk, by content. A folder appears complete, by one rename, so that two windows
 * can fill the cache at once; a broken one is deleted and made again. The least recently used ones are
 * deleted when the cache exceeds its limit.
 */
export class ArtifactCache {
  readonly #root: string;
  readonly #salt: string;
  readonly #maxBytes: number;
  /** Folders whose content this process has checked against the manifest, and those being filled. */
  readonly #known = new Map<string, Promise<Artifact>>();

  /** @param salt what else decides the content, such as the version of the JS engine that the code cache is for */
  constructor(root: string, salt: string, maxBytes = 512 * 1024 * 1024) {
    this.#root = root;
    this.#salt = salt;
    this.#maxBytes = maxBytes;
  }

  /**
   * The transpilation of a build, made with `fill` if it is not there. Several calls for one build share the work.
   * `variant` names what `fill` does differently from other fills of the same build.
   */
  async get(build: Build, variant: string, fill: Fill): Promise<Artifact> {
    const key = createHash('sha256')
      .update(`${build.sha256}\n${manifestFormat}\n${this.#salt}\n${variant}`)
      .digest('hex');
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    const made = this.#findOrMake(key, fill).catch((error: unknown) => {
      throw aboutFolder(error, this.#root);
    });
    this.#known.set(key, made);
    try {
      return await made;
    } catch (error) {
      this.#known.delete(key);
      throw error;
    }
  }

  /** Throws a transpilation away that turned out to be broken, so that the next `get` makes it again. */
  async forget(artifact: Artifact): Promise<void> {
    for (const [key, known] of this.#known) {
      const same = await known.then(
        ({ folder }) => folder === artifact.folder,
        () => false,
      );
      if (same) this.#known.delete(key);
    }
    await rm(artifact.folder, { recursive: true, force: true });
  }

  async #findOrMake(key: string, fill: Fill): Promise<Artifact> {
    const folder = join(this.#root, key);
    const found = await readArtifact(folder);
    if (found !== null) {
      const now = new Date();
      await utimes(join(folder, manifestName), now, now).catch(ignore);
      return found;
    }
    await rm(folder, { recursive: true, force: true });
    return this.#make(folder, fill);
  }

  async #make(folder: string, fill: Fill): Promise<Artifact> {
    const half = `${folder}.${randomUUID()}.tmp`;
    await makeFolder(half);
    try {
      const manifest = await fill(half);
      await writeFile(join(half, manifestName), JSON.stringify(manifest));
      await rename(half, folder).catch(async (error: unknown) => {
        // Another window was quicker; what it made is as good.
        if ((await readArtifact(folder)) === null) throw error;
      });
      await this.#prune(folder);
      return { folder, manifest };
    } finally {
      await rm(half, { recursive: true, force: true });
    }
  }

  /** Removes the least recently used folders until the rest fits, and what dead processes left half made. */
  async #prune(keep: string): Promise<void> {
    const folders: { path: string; usedAt: number; sizeBytes: number }[] = [];
    for (const name of await readdir(this.#root)) {
      const path = join(this.#root, name);
      const manifest = await readManifest(path);
      const usedAt = await stat(manifest === null ? path : join(path, manifestName)).then(
        ({ mtimeMs }) => mtimeMs,
        () => Date.now(),
      );
      if (manifest !== null) folders.push({ path, usedAt, sizeBytes: sizeOf(manifest) });
      else if (Date.now() - usedAt > abandonedAfterMs)
        await rm(path, { recursive: true, force: true }).catch(ignore);
    }
    let total = folders.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
    for (const { path, sizeBytes } of folders.sort((a, b) => a.usedAt - b.usedAt)) {
      if (total <= this.#maxBytes) return;
      if (path === keep) continue;
      await rm(path, { recursive: true, force: true }).catch(ignore);
      total -= sizeBytes;
    }
  }
}

/** The files of a role, with their full paths. */
export function filesOf(
  { folder, manifest }: Artifact,
  role: ManifestFile['role'],
): { name: string; path: string }[] {
  return manifest.files
    .filter((file) => file.role === role)
    .map(({ name }) => ({ name, path: join(folder, name) }));
}

async function readArtifact(folder: string): Promise<Artifact | null> {
  const manifest = await readManifest(folder);
  if (manifest === null) return null;
  const checks = await Promise.all(manifest.files.map((file) => isWhole(folder, file)));
  return checks.every(Boolean) ? { folder, manifest } : null;
}

async function readManifest(folder: string): Promise<Manifest | null> {
  return readFile(join(folder, manifestName), 'utf8').then(parseManifest, () => null);
}

async function isWhole(folder: string, { name, sizeBytes, sha256 }: ManifestFile): Promise<boolean> {
  try {
    const bytes = await readFile(join(folder, name));
    return bytes.length === sizeBytes && createHash('sha256').update(bytes).digest('hex') === sha256;
  } catch {
    return false;
  }
}

/**
 * Runners execute these files, so only their owner may read and write them. Without effect where the system
 * has no such modes.
 */
const ownerOnly = 0o700;

/**
 * Makes a folder and its parents. Node's recursive `mkdir` does not end where the system always answers "no
 * such file", as in `/proc`.
 */
async function makeFolder(path: string): Promise<void> {
  const codeOf = (error: unknown) => (error instanceof Error && 'code' in error ? error.code : undefined);
  try {
    await mkdir(path, { mode: ownerOnly });
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return;
    if (codeOf(error) !== 'ENOENT' || dirname(path) === path) throw error;
    await makeFolder(dirname(path));
    await mkdir(path, { mode: ownerOnly }).catch((again: unknown) => {
      if (codeOf(again) !== 'EEXIST') throw again;
    });
  }
}

/** Names the cache folder in a system error: the error itself names a temporary path, or none. */
function aboutFolder(error: unknown, root: string): unknown {
  const words = error instanceof Error ? /^(E[A-Z]+: [^,]+)/.exec(error.message)?.[1] : undefined;
  if (words === undefined) return error;
  return new StartError({ code: 'cache-unwritable', folder: root, words }, { cause: error });
}

function sizeOf({ files }: Manifest): number {
  return files.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
}

function ignore(): void {
  // A folder that another window removed or is using; there is nothing to do about either.
}
