import { basename } from 'node:path';
import {
  compareEngines,
  type ComparedCall,
  type EnginesError,
} from '../calls/compare-engines/compare-engines';
import type { EnginesReport, EngineSide } from '../calls/compare-engines/engines-report';
import { jcoDifferences } from '../calls/compare-engines/jco-differences';
import { exitStatusOf } from '../calls/compare-engines/turn';
import type { Engine } from '../engine/engine';
import type { Profile } from '../instance/profile';
import type { Build, InstanceRegistry } from '../instance/registry';
import { enginesErrorText, jcoDifferenceText } from '../words/compare-engines';
import { enginesTable } from '../words/engines-table';
import { complain } from './outcome';
import { endMessage } from './record';
import { roundedMs, wroteRecord } from './record-file';
import { status } from './status';
import { print } from './stdout';

/** What `--engine both` compares. */
export interface CompareJob {
  readonly engine: Engine;
  readonly registry: InstanceRegistry;
  readonly build: Build;
  readonly profile: Profile;
  readonly call: ComparedCall;
  /** Where the comparison goes as JSON, besides the table. */
  readonly json: string | undefined;
  readonly signal: AbortSignal;
}

/** The statuses of a comparison: something differs, or could not be compared. */
const differs = 1;

/** Compares the engines on a run or a call, and prints a table. Resolves with the exit status. */
export async function compareOnEngines({ json, ...job }: CompareJob): Promise<number> {
  const compared = await compareEngines(job);
  if (!compared.ok) return refuse(compared.error);
  const report = compared.value;
  await print(enginesTable(basename(job.build.path), report), job.signal);
  if (json !== undefined && !(await wroteRecord(json, { comparison: recordOf(report) })))
    return status.cannotStart;
  return report.isSame ? 0 : differs;
}

function refuse(error: EnginesError): number {
  const text = enginesErrorText(error);
  if (text === null) return status.interrupted;
  complain(text.join(' '));
  return status.cannotStart;
}

/** The comparison as the record has it. */
function recordOf({ call, isSame, aspects, sides, files, known }: EnginesReport) {
  return {
    call,
    same: isSame,
    aspects: aspects.map(({ aspect, relation, varies }) => ({ name: aspect, relation, varies })),
    engines: { jco: recordOfSide(sides.jco, call), wasmtime: recordOfSide(sides.wasmtime, call) },
    files,
    known: known.map((id) => ({ id, message: jcoDifferenceText(id), link: jcoDifferences[id] ?? null })),
  };
}

function recordOfSide({ engine, first, again }: EngineSide, call: string | null) {
  const { end, result, stdout, stderr, durationMs, peakBytes, linearBytes } = first;
  return {
    version: engine.version ?? null,
    outcome: end.type,
    message: endMessage(end),
    exitStatus: call === null ? exitStatusOf(end) : null,
    result,
    stdout,
    stderr,
    ms: { first: roundedMs(durationMs), again: again === undefined ? null : roundedMs(again.durationMs) },
    peakBytes: peakBytes ?? null,
    linearBytes: linearBytes ?? null,
  };
}
