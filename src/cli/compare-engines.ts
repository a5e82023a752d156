import { basename } from 'node:path';
import { writeFile } from 'node:fs/promises';
import { messageOf } from '../base/error';
import {
  compareEngines,
  type ComparedCall,
  type EnginesError,
} from '../calls/compare-engines/compare-engines';
import type { EnginesReport, EngineSide } from '../calls/compare-engines/engines-report';
import { jcoDifferences } from '../calls/compare-engines/jco-differences';
import { exitStatusOf, type TurnEnd } from '../calls/compare-engines/turn';
import type { Engine } from '../engine/engine';
import type { Profile } from '../instance/profile';
import type { Build, InstanceRegistry } from '../instance/registry';
import { usageText } from '../words/cli-usage';
import { enginesErrorText, jcoDifferenceText } from '../words/compare-engines';
import { enginesTable } from '../words/engines-table';
import { trapText, describeOutcome } from '../words/outcome';
import { startFailureText } from '../words/start-failure';
import { complain } from './outcome';
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
  if (json !== undefined && !(await wrote(json, report))) return status.cannotStart;
  return report.isSame ? 0 : differs;
}

function refuse(error: EnginesError): number {
  const text = enginesErrorText(error);
  if (text === null) return status.interrupted;
  complain(text.join(' '));
  return status.cannotStart;
}

async function wrote(path: string, report: EnginesReport): Promise<boolean> {
  try {
    await writeFile(path, `${JSON.stringify({ comparison: recordOf(report) }, null, 2)}\n`);
    return true;
  } catch (error) {
    complain(usageText.cannotWrite(path, messageOf(error)));
    return false;
  }
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
    message: messageOfEnd(end),
    exitStatus: call === null ? exitStatusOf(end) : null,
    result,
    stdout,
    stderr,
    ms: { first: rounded(durationMs), again: again === undefined ? null : rounded(again.durationMs) },
    peakBytes: peakBytes ?? null,
    linearBytes: linearBytes ?? null,
  };
}

function messageOfEnd(end: TurnEnd): string | null {
  switch (end.type) {
    case 'not-started':
      return startFailureText(end.failure);
    case 'trapped':
      return trapText(end.trap);
    case 'exited':
    case 'stopped':
      return describeOutcome(end);
    default:
      return null;
  }
}

function rounded(ms: number): number {
  return Math.round(ms * 1000) / 1000;
}
