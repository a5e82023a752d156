import { stat } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import { readUnsupported } from '../../component/unsupported';
import { dwarfSources } from '../../component/dwarf-sources';
import type { EngineErrorCode } from '../../engine/errors';
import { readBuild } from '../../engine/read-build';
import { analyseFile } from '../../reuse/analyse';
import type { KnownContent, ProblemContent } from './known-component';

/** What a file looks like that a build has begun and not ended. */
const unfinished: readonly EngineErrorCode[] = ['empty', 'invalid', 'not-wasm', 'not-found'];

/** A build that has left a file alone for longer has failed, in ms. */
const buildMs = 5000;

/** Reads a file for the library: its summary and what its binary tells about a repeated call. */
export async function readContent(path: string): Promise<Exclude<KnownContent, { type: 'reading' }>> {
  const read = await readBuild(path);
  if (!read.ok) {
    const { code, message, nextStep } = read.error;
    // The row and the notification name the file already, and say where it is.
    const short = code === 'not-found' ? 'there is no such file' : withoutName(message, basename(path));
    return await problem(path, short, nextStep, unfinished.includes(code));
  }
  const { build, summary, bytes } = read.value;
  const finding = analyseFile(bytes);
  if (!finding.ok) {
    const { message, offset } = finding.error;
    const what = `not a whole component: ${message} (byte ${offset.toLocaleString('en-US')})`;
    return await problem(path, what, 'Build it again.', true);
  }
  const sources = summary.hasDebugInfo ? dwarfSources(bytes) : [];
  const unsupported = readUnsupported(bytes);
  return { type: 'component', build, summary, finding: finding.value, unsupported, sources };
}

async function problem(
  path: string,
  message: string,
  advice: string,
  mayBeUnfinished: boolean,
): Promise<ProblemContent> {
  const beingBuilt = mayBeUnfinished && Date.now() - (await changedAt(path)) < buildMs;
  return { type: 'problem', message, advice, ...(beingBuilt ? { beingBuilt } : {}) };
}

/** When a file was changed, or its folder where it is not there: it may have been taken away. In ms since the epoch. */
async function changedAt(path: string): Promise<number> {
  for (const each of [path, dirname(path)]) {
    const found = await stat(each).catch(() => undefined);
    if (found !== undefined) return found.mtimeMs;
  }
  return 0;
}

/** A row names the file already: "core.wasm is a core module." becomes "a core module". */
function withoutName(message: string, name: string): string {
  return message.replace(`${name} is `, '').replace(`${name} `, '').replace(/\.$/, '');
}
