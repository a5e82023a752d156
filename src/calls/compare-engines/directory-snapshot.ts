import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { lstat, readdir, readlink } from 'node:fs/promises';
import { join } from 'node:path';
import type { DirectoryGrant } from '../../instance/profile';

/** A file, or what else has a name in a directory. */
export type Entry =
  | { readonly kind: 'file'; readonly bytes: number; readonly sha256: string }
  | { readonly kind: 'link'; readonly target: string }
  | { readonly kind: 'directory' | 'other' };

/** What is in directories, by the paths that the guest knows. */
export type Snapshot = ReadonlyMap<string, Entry>;

/** What a guest may have written and is still compared. */
const limits = { entries: 20_000, bytes: 512 * 1024 * 1024 } as const;

/** Reads what is in directories. Null where it is more than can be compared. */
export async function snapshotOf(dirs: readonly DirectoryGrant[]): Promise<Snapshot | null> {
  const found = new Map<string, Entry>();
  const left = { bytes: limits.bytes };
  const walk = async (folder: string, guest: string): Promise<boolean> => {
    // A guest can take away the right to read what it made.
    for (const name of await readdir(folder).catch(() => [])) {
      const path = join(folder, name);
      const entry = await entryOf(path, left);
      if (entry === null || found.size >= limits.entries) return false;
      const known = `${guest === '/' ? '' : guest}/${name}`;
      found.set(known, entry);
      if (entry.kind === 'directory' && !(await walk(path, known))) return false;
    }
    return true;
  };
  for (const { host, guest } of dirs) if (!(await walk(host, guest))) return null;
  return found;
}

async function entryOf(path: string, left: { bytes: number }): Promise<Entry | null> {
  try {
    const found = await lstat(path);
    if (found.isDirectory()) return { kind: 'directory' };
    if (found.isSymbolicLink()) return { kind: 'link', target: await readlink(path) };
    if (!found.isFile()) return { kind: 'other' };
    left.bytes -= found.size;
    if (left.bytes < 0) return null;
    return { kind: 'file', bytes: found.size, sha256: await digestOf(path) };
  } catch {
    return { kind: 'other' };
  }
}

async function digestOf(path: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const bytes of createReadStream(path)) hash.update(bytes as Buffer);
  return hash.digest('hex');
}
