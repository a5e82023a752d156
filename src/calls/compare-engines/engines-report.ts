import { defined } from '../../base/defined';
import type { EngineIdentity } from '../../engine/backend';
import type { EngineName } from '../../instance/profile';
import type { Entry } from './directory-snapshot';
import { differencesOfJco, type JcoDifference } from './jco-differences';
import { diffOutputs, type OutputDiff } from './output-diff';
import { exitStatusOf, hasStarted, type EngineTurn, type TurnEnd } from './turn';

/** What happened on one engine. */
export interface EngineSide {
  readonly engine: EngineIdentity;
  readonly first: EngineTurn;
  /** The same again, with warm caches; absent where the first turn did not start, was stopped, or may use the network. */
  readonly again?: EngineTurn;
}

/** The sides by engine. */
export type EngineSides = Readonly<Record<EngineName, EngineSide>>;

/** What is compared. Times and memory are told, but they always differ. */
export const aspects = ['outcome', 'exit-status', 'result', 'stdout', 'stderr', 'files'] as const;

export type Aspect = (typeof aspects)[number];

/** One aspect of both sides. */
export interface ComparedAspect {
  readonly aspect: Aspect;
  /** `unknown`: one side could not tell or was stopped, or what differs also differs between the turns on one engine. */
  readonly relation: 'same' | 'different' | 'unknown';
  /** Engines on which the second turn differs from the first, where the engines differ, too. */
  readonly varies: readonly EngineName[];
}

/** A file that at least one side has made, changed or deleted. Absent entries stand for no file. */
export interface ComparedFile {
  /** As the guest knows it. */
  readonly path: string;
  readonly before?: Entry;
  readonly jco?: Entry;
  readonly wasmtime?: Entry;
  readonly isSame: boolean;
}

/** The same run or call on both engines, and what differs. */
export interface EnginesReport {
  /** The call as text; null for a run. */
  readonly call: string | null;
  readonly sides: EngineSides;
  /** Only those that both sides have. */
  readonly aspects: readonly ComparedAspect[];
  /** Whether nothing differs, and everything could be compared. */
  readonly isSame: boolean;
  /** Null where the outputs are the same, or where one side did not start. */
  readonly diffs: Readonly<Record<'stdout' | 'stderr', OutputDiff | null>>;
  readonly files: readonly ComparedFile[];
  /** What is known of jco and may be why. */
  readonly known: readonly JcoDifference[];
  /** Whether each turn had copies of the directories that it could write to. */
  readonly isOnCopies: boolean;
}

/** Compares both sides. */
export function enginesReport(
  call: string | null,
  sides: EngineSides,
  { isOnCopies }: Pick<EnginesReport, 'isOnCopies'>,
): EnginesReport {
  const [jco, wasmtime] = [sides.jco.first, sides.wasmtime.first];
  const isRun = call === null;
  const bothStarted = hasStarted(jco) && hasStarted(wasmtime);
  const compared = aspectsOf(jco, wasmtime, isRun, isOnCopies).map((aspect) =>
    comparedAspect(aspect, sides, isRun),
  );
  const diff = (stream: 'stdout' | 'stderr') =>
    bothStarted ? diffOutputs(jco[stream], wasmtime[stream]) : null;
  return {
    call,
    sides,
    aspects: compared,
    isSame: compared.every(({ relation }) => relation === 'same'),
    diffs: { stdout: diff('stdout'), stderr: diff('stderr') },
    files: bothStarted ? comparedFiles(jco, wasmtime) : [],
    known: differencesOfJco(jco.end, wasmtime.end),
    isOnCopies,
  };
}

function aspectsOf(
  jco: EngineTurn,
  wasmtime: EngineTurn,
  isRun: boolean,
  isOnCopies: boolean,
): readonly Aspect[] {
  if (!hasStarted(jco) || !hasStarted(wasmtime)) return ['outcome'];
  const both = [jco.end, wasmtime.end];
  const returned = both.every((end) => end.type === 'ok' || end.type === 'error');
  const hasStatus = both.some((end) => exitStatusOf(end) !== null);
  return aspects.filter((aspect) => {
    switch (aspect) {
      case 'exit-status':
        return isRun && hasStatus;
      case 'result':
        return !isRun && returned;
      case 'files':
        return isOnCopies;
      default:
        return true;
    }
  });
}

function relate(
  aspect: Aspect,
  left: EngineTurn,
  right: EngineTurn,
  isRun: boolean,
): ComparedAspect['relation'] {
  const same = (is: boolean) => (is ? 'same' : 'different');
  switch (aspect) {
    case 'outcome':
      return same(isSameEnd(left.end, right.end, isRun));
    case 'exit-status':
      return same(exitStatusOf(left.end) === exitStatusOf(right.end));
    case 'result':
      return left.result === null || right.result === null ? 'unknown' : same(left.result === right.result);
    case 'stdout':
    case 'stderr':
      return same(left[aspect].sha256 === right[aspect].sha256);
    case 'files':
      if ([left, right].some(({ before, after }) => before === null || after === null)) return 'unknown';
      return same(comparedFiles(left, right).every(({ isSame }) => isSame));
  }
}

/**
 * Whether both ended in the same way. The engines' words for a trap differ, so its kind counts. wasmtime does not tell a run that returns
 * from one that exits with the same status, so for runs the status counts.
 */
function isSameEnd(left: TurnEnd, right: TurnEnd, isRun: boolean): boolean {
  const [one, other] = [exitStatusOf(left), exitStatusOf(right)];
  if (isRun && one !== null && other !== null) return one === other;
  if (left.type === 'trapped' && right.type === 'trapped') return left.trap.kind === right.trap.kind;
  if (left.type === 'stopped' && right.type === 'stopped') return left.reason.type === right.reason.type;
  if (left.type === 'exited' && right.type === 'exited') return left.code === right.code;
  if (left.type === 'not-started' && right.type === 'not-started')
    return left.failure.code === right.failure.code;
  return left.type === right.type;
}

function comparedAspect(aspect: Aspect, sides: EngineSides, isRun: boolean): ComparedAspect {
  const relation = relate(aspect, sides.jco.first, sides.wasmtime.first, isRun);
  if (relation !== 'different') return { aspect, relation, varies: [] };
  const varies = variesIn(aspect, sides, isRun);
  // What a stopped guest had done by then says nothing.
  const wasStopped = Object.values(sides).some(({ first }) => first.end.type === 'stopped');
  const isUnknown = varies.length > 0 || (wasStopped && aspect !== 'outcome');
  return { aspect, relation: isUnknown ? 'unknown' : 'different', varies };
}

function variesIn(aspect: Aspect, sides: EngineSides, isRun: boolean): readonly EngineName[] {
  return Object.values(sides).flatMap(({ engine, first, again }) =>
    again !== undefined && relate(aspect, first, again, isRun) === 'different' ? [engine.name] : [],
  );
}

function comparedFiles(jco: EngineTurn, wasmtime: EngineTurn): readonly ComparedFile[] {
  const { before } = jco;
  const [left, right] = [jco.after, wasmtime.after];
  if (before === null || left === null || right === null) return [];
  const paths = [...new Set([...before.keys(), ...left.keys(), ...right.keys()])].sort();
  return paths.flatMap((path) => {
    const [old, one, other] = [before.get(path), left.get(path), right.get(path)];
    if (isSameEntry(old, one) && isSameEntry(old, other)) return [];
    return [
      {
        path,
        ...defined({ before: old, jco: one, wasmtime: other }),
        isSame: isSameEntry(one, other),
      },
    ];
  });
}

/** Whether both stand for the same file with the same content, or both for none. */
export function isSameEntry(left: Entry | undefined, right: Entry | undefined): boolean {
  if (left === undefined || right === undefined) return left === right;
  if (left.kind === 'file') return right.kind === 'file' && left.sha256 === right.sha256;
  if (left.kind === 'link') return right.kind === 'link' && left.target === right.target;
  return left.kind === right.kind;
}
