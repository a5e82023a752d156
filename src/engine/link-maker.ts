import { realpathSync } from 'node:fs';
import { constants, open, readlink, realpath, symlink } from 'node:fs/promises';
import { basename, dirname, isAbsolute, join, sep } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { WireDirectory, WireLink } from './wire';

/** Node's codes for why a link was not made. Others are told as `EIO`. */
const told = new Set('EACCES EEXIST EIO ELOOP ENAMETOOLONG ENOENT ENOSPC ENOTDIR EPERM EROFS'.split(' '));

/** Time between two links, in ms: a guest that makes links without end does not keep the engine busy. */
const apartMs = 1;

/**
 * Makes symbolic links for a runner, which Node's permission model does not let make them: it does not look where links lead
 * (https://nodejs.org/api/permissions.html#permission-model-constraints). So a runner that was taken over must not get a link that leads out
 * of its grants, now or after it was renamed:
 *
 * - The target is below the folder of the link: no `..`, no absolute path. Wherever such a link is moved, it leads to nothing that cannot be
 *   named without it.
 * - The folder is opened, the place of what was opened is checked, and the link is made in what was opened. Nothing changes if a name on the
 *   way is replaced meanwhile. Only Linux can do this (`/proc/self/fd`), so links are made there only.
 */
export class LinkMaker {
  readonly #roots: readonly string[];

  /** @param dirs the grants, whose places are looked up before the guest can move anything */
  constructor(dirs: readonly WireDirectory[]) {
    this.#roots = dirs.filter(({ readOnly }) => !readOnly).flatMap(({ host }) => placeOf(host));
  }

  /** Makes a link. Resolves with undefined, or with Node's code for why it was not made. */
  async make(link: WireLink): Promise<string | undefined> {
    await sleep(apartMs);
    try {
      return await this.#make(link);
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? String(error.code) : '';
      return told.has(code) ? code : 'EIO';
    }
  }

  async #make({ path, target }: WireLink): Promise<string | undefined> {
    if (target === '') return 'ENOENT';
    if (process.platform !== 'linux' || !isAbsolute(path) || !leadsDown(target)) return 'EPERM';
    const name = basename(path);
    if (name === '' || name === '.' || name === '..') return 'EPERM';
    const folder = await open(dirname(path), constants.O_RDONLY | constants.O_DIRECTORY);
    try {
      const opened = `/proc/self/fd/${String(folder.fd)}`;
      const place = await readlink(opened);
      if (!this.#holds(place) || !(await this.#mayLeadTo(join(place, target)))) return 'EPERM';
      await symlink(target, `${opened}/${name}${path.endsWith(sep) ? sep : ''}`);
      return undefined;
    } finally {
      await folder.close();
    }
  }

  #holds(place: string): boolean {
    return this.#roots.some((root) => place === root || place.startsWith(join(root, sep)));
  }

  /** Whether a target is not there, or inside: links of the user's may lead out, which the guest cannot follow. */
  async #mayLeadTo(target: string): Promise<boolean> {
    const place = await realpath(target).catch(() => undefined);
    return place === undefined || this.#holds(place);
  }
}

function leadsDown(target: string): boolean {
  const plain = target.replaceAll('\\', '/');
  return !plain.startsWith('/') && !plain.includes('\0') && !plain.split('/').includes('..');
}

/** Where a granted folder is; nowhere if it is not there. */
function placeOf(host: string): readonly string[] {
  try {
    return [realpathSync(host)];
  } catch {
    return [];
  }
}
