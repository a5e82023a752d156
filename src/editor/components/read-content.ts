import { readBuild } from '../../engine/read-build';
import type { KnownContent } from './known-component';

/** Reads a file for the library: its summary and what its binary tells about a repeated call. */
export async function readContent(path: string): Promise<Exclude<KnownContent, { type: 'reading' }>> {
  const read = await readBuild(path);
  if (!read.ok) return { type: 'problem', message: read.error.message, advice: read.error.nextStep };
  const { build, summary, bytes } = read.value;
  return {
    type: 'component',
    build,
    summary,
    finding: { type: 'nothing-found', reason: String(bytes.length), evidence: [] },
  };
}
