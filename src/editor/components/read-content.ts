import { basename } from 'node:path';
import { dwarfSources } from '../../component/dwarf-sources';
import { readBuild } from '../../engine/read-build';
import { analyseFile } from '../../reuse/analyse';
import type { KnownContent } from './known-component';

/** Reads a file for the library: its summary and what its binary tells about a repeated call. */
export async function readContent(path: string): Promise<Exclude<KnownContent, { type: 'reading' }>> {
  const read = await readBuild(path);
  if (!read.ok) {
    const { code, message, nextStep } = read.error;
    // The row and the notification name the file already, and say where it is.
    const short = code === 'not-found' ? 'there is no such file' : withoutName(message, basename(path));
    return { type: 'problem', message: short, advice: nextStep };
  }
  const { build, summary, bytes } = read.value;
  const finding = analyseFile(bytes);
  if (!finding.ok) {
    const { message, offset } = finding.error;
    return {
      type: 'problem',
      message: `not a whole component: ${message} (byte ${offset.toLocaleString('en-US')})`,
      advice: 'Build it again.',
    };
  }
  const sources = summary.hasDebugInfo ? dwarfSources(bytes) : [];
  return { type: 'component', build, summary, finding: finding.value, sources };
}

/** A row names the file already: "core.wasm is a core module." becomes "a core module". */
function withoutName(message: string, name: string): string {
  return message.replace(`${name} is `, '').replace(`${name} `, '').replace(/\.$/, '');
}
