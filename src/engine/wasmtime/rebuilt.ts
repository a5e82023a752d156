import { createHash } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import type { Build } from '../../instance/registry';

/**
 * Whether the file of a build holds something else by now. The program reads the file itself, so this is asked right before. Reads the file
 * only if its time or size is another one.
 */
export async function wasRebuilt({ path, sha256, modifiedAt, sizeBytes }: Build): Promise<boolean> {
  try {
    const { mtimeMs, size } = await stat(path);
    if (mtimeMs === modifiedAt && size === sizeBytes) return false;
    return (
      createHash('sha256')
        .update(await readFile(path))
        .digest('hex') !== sha256
    );
  } catch {
    // It is gone, as files are for a moment while they are rebuilt.
    return true;
  }
}
