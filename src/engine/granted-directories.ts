import { stat } from 'node:fs/promises';
import type { DirectoryGrant } from '../instance/profile';

/**
 * Rejects with an Error that names the first granted directory that is none; a guest would find out late, and
 * say something else.
 */
export async function refuseMissingDirectories(dirs: readonly DirectoryGrant[]): Promise<void> {
  for (const { host } of dirs) {
    const found = await stat(host).catch(() => undefined);
    if (found === undefined) throw new Error(`it is granted ${host}, which is not there`);
    if (!found.isDirectory()) throw new Error(`it is granted ${host}, which is not a directory`);
  }
}
