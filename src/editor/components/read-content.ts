import { readFile, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { readDamage, type Damage } from '../../component/damage';
import type { DecodeProblem } from '../../component/decode-error';
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
  const damage = error.code === 'invalid' ? await damageOf(error.path, error.problem) : undefined;
  return {
    type: 'problem',
    error,
    ...(damage === undefined ? {} : { damage }),
    ...(beingBuilt ? { beingBuilt } : {}),
  };
}

/** What can be read of a damaged file; undefined for one that cannot be read any more, and for one that only uses what is not read yet. */
async function damageOf(path: string, problem: DecodeProblem): Promise<Damage | undefined> {
  if (problem.kind === 'unread') return undefined;
  const bytes = await readFile(path).catch(() => undefined);
  return bytes === undefined ? undefined : readDamage(bytes, problem);
}

/** When a file was changed, or its folder where it is not there: it may have been taken away. In ms since the epoch. */
async function changedAt(path: string): Promise<number> {
  for (const each of [path, dirname(path)]) {
    const found = await stat(each).catch(() => undefined);
    if (found !== undefined) return found.mtimeMs;
  }
  return 0;
}
