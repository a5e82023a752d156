import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { StartError } from '../errors';

/** Reads a file that was told by its SHA-256. Throws a {@link StartError} if it is another one by now. */
export async function readUnchanged(path: string, sha256: string): Promise<Buffer> {
  const bytes = await readFile(path);
  if (sha256Of(bytes) !== sha256) throw new StartError({ code: 'rebuilt' });
  return bytes;
}

/** The SHA-256 of bytes, in hexadecimal. */
export function sha256Of(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
