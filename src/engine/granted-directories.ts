import { stat } from 'node:fs/promises';
import type { DirectoryGrant } from '../instance/profile';
import { StartError } from './errors';

/** Rejects with a {@link StartError} for the first granted directory that is none: a guest would fail later, with another error. */
export async function refuseMissingDirectories(dirs: readonly DirectoryGrant[]): Promise<void> {
  for (const { host } of dirs) {
    const found = await stat(host).catch(() => undefined);
    if (found === undefined) throw new StartError({ code: 'no-directory', host, found: 'nothing' });
    if (!found.isDirectory()) throw new StartError({ code: 'no-directory', host, found: 'no-directory' });
  }
}
