import { stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { readUnsupported } from '../../component/unsupported';
import { dwarfSources } from '../../component/dwarf-sources';
import type { EngineError, EngineErrorCode } from '../../engine/errors';
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
  if (!read.ok) return await problem(read.error);
  const { build, summary, bytes } = read.value;
  const finding = analyseFile(bytes);
  if (!finding.ok) return await problem({ code: 'invalid', path, problem: finding.error.problem });
  const sources = summary.hasDebugInfo ? dwarfSources(bytes) : [];
  const unsupported = readUnsupported(bytes);
  return { type: 'component', build, summary, finding: finding.value, unsupported, sources };
}

async function problem(error: EngineError): Promise<ProblemContent> {
  const beingBuilt = unfinished.includes(error.code) && Date.now() - (await changedAt(error.path)) < buildMs;
  return { type: 'problem', error, ...(beingBuilt ? { beingBuilt } : {}) };
}

/** When a file was changed, or its folder where it is not there: it may have been taken away. In ms since the epoch. */
async function changedAt(path: string): Promise<number> {
  for (const each of [path, dirname(path)]) {
    const found = await stat(each).catch(() => undefined);
    if (found !== undefined) return found.mtimeMs;
  }
  return 0;
}
