import { readFile } from 'node:fs/promises';
import { ByteReader } from '../component/bytes';
import { CoreModule } from '../component/core-module';
import { filesOf, type Artifact } from './artifact-cache';
import { StartError } from './errors';

const pageBytes = 65_536;

/** Rejects with a {@link StartError} if a memory is larger than the limit from its beginning. */
export async function refuseIfTooLarge(artifact: Artifact, limitBytes: number): Promise<void> {
  for (const { path } of filesOf(artifact, 'core')) {
    const module = new CoreModule(new ByteReader(await readFile(path)), 0);
    const largest = Math.max(0, ...module.memories.map(({ min }) => min * pageBytes));
    if (largest > limitBytes) {
      throw new StartError({ code: 'memory-too-large', bytes: largest, limitBytes });
    }
  }
}
