import { readFile } from 'node:fs/promises';
import { ByteReader } from '../component/bytes';
import { CoreModule } from '../component/core-module';
import { filesOf, type Artifact } from './artifact-cache';
import { StartError } from './errors';

const pageBytes = 65_536;

/** The largest of the sizes that the memories of modules begin with, in bytes. */
export function largestMemory(modules: readonly CoreModule[]): number {
  return Math.max(0, ...modules.flatMap(({ memories }) => memories.map(({ min }) => min * pageBytes)));
}

/** Throws a {@link StartError} for a memory that is larger than the limit from its beginning. */
export function refuseAbove(bytes: number, limitBytes: number): void {
  if (bytes > limitBytes) throw new StartError({ code: 'memory-too-large', bytes, limitBytes });
}

/** Rejects with a {@link StartError} if a memory is larger than the limit from its beginning. */
export async function refuseIfTooLarge(artifact: Artifact, limitBytes: number): Promise<void> {
  for (const { path } of filesOf(artifact, 'core')) {
    const module = new CoreModule(new ByteReader(await readFile(path)), 0);
    refuseAbove(largestMemory([module]), limitBytes);
  }
}
