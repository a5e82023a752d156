import { assertNever } from '../base/assert-never';

/** A place in a component's code that a person can look up in a disassembly. */
export interface CodeLocation {
  /** Which of the component's core modules, in the order of the binary. */
  readonly module: number;
  readonly funcIndex: number;
  /** The function's name from the name section; absent if the module has none. */
  readonly func?: string;
  /** Byte offset in the core module. */
  readonly offset: number;
  /** Source file and line (from 1), where the module has DWARF line tables. */
  readonly source?: { readonly file: string; readonly line: number };
}

/** What a guard keeps its mark in: bytes of a linear memory, or a global variable. */
export type GuardCell =
  | { readonly type: 'memory'; readonly address: number }
  | { readonly type: 'global'; readonly index: number; readonly name?: string };

/** One thing that speaks for a verdict, and that a person can check. */
export type Evidence =
  /** The way from the export to the code that decides, outermost first. */
  | {
      readonly type: 'path';
      readonly export: string;
      readonly async: boolean;
      readonly calls: readonly CodeLocation[];
    }
  /** A second entry reaches a trap because the first left a mark. `place` is the trap, `set` where the mark is made. */
  | {
      readonly type: 'guard';
      readonly place: CodeLocation;
      readonly cell: GuardCell | null;
      readonly set: CodeLocation | null;
    }
  /** Nothing was found that takes the mark away again. */
  | { readonly type: 'mark-stays'; readonly how: 'first-call-simulated' | 'no-other-store' }
  /** A mark that is, or may be, taken away before the first call ends: a lock, which does not stop a repeated call. */
  | { readonly type: 'lock-released'; readonly place: CodeLocation; readonly certain: boolean }
  /** The component traps on its first call already, before it asks the host for anything. */
  | { readonly type: 'first-call-traps'; readonly place: CodeLocation; readonly message: string }
  /** A trap seen only when host calls are answered by simulation. */
  | {
      readonly type: 'simulated-trap';
      readonly call: number;
      readonly place: CodeLocation;
      readonly message: string;
    }
  /** With simulated host answers, a second call returned as the first one did. */
  | { readonly type: 'simulated-return'; readonly call: number }
  /** How far the static analysis looked, and why it stopped there. */
  | { readonly type: 'looked-until'; readonly reason: string; readonly place: CodeLocation | null }
  /** A call of a probe. */
  | {
      readonly type: 'probe-call';
      readonly call: number;
      readonly outcome: string;
      readonly hostCalls: number;
    }
  | {
      readonly type: 'probe-output';
      readonly relation: 'same' | 'different' | 'varies' | 'nothing-the-second-time';
    }
  | { readonly type: 'memory-growth'; readonly pagesPerCall: number }
  /** A call on an instance of the user's. */
  | {
      readonly type: 'observed-call';
      readonly export: string;
      readonly call: number;
      readonly outcome: string;
      /** Wall clock time, in ms since the epoch. */
      readonly at: number;
    };

/** Says a piece of evidence in one sentence without a full stop. */
export function describeEvidence(evidence: Evidence): string {
  switch (evidence.type) {
    case 'path':
      return `${evidence.export} is lifted${evidence.async ? ' (async)' : ''} from ${evidence.calls.map(describePlace).join(', which calls ')}`;
    case 'guard':
      return `a second entry reaches the trap in ${describePlace(evidence.place)}${because(evidence)}`;
    case 'mark-stays':
      return evidence.how === 'first-call-simulated'
        ? 'the mark is still there at the end of a simulated first call'
        : 'nothing else in the code addresses the mark, so nothing takes it away';
    case 'lock-released':
      return `the mark ${evidence.certain ? 'is' : 'may be'} taken away again in ${describePlace(evidence.place)}: a lock, not a once-only guard`;
    case 'first-call-traps':
      return `the first call traps already (${evidence.message}) in ${describePlace(evidence.place)}`;
    case 'simulated-trap':
      return `with simulated host answers, call ${String(evidence.call)} traps (${evidence.message}) in ${describePlace(evidence.place)}`;
    case 'simulated-return':
      return `with simulated host answers, call ${String(evidence.call)} returns; real answers may differ`;
    case 'looked-until':
      return `no guard found up to ${evidence.place === null ? 'the end' : describePlace(evidence.place)}: ${evidence.reason}`;
    case 'probe-call':
      return `in a probe, call ${String(evidence.call)} ${evidence.outcome} after ${count(evidence.hostCalls, 'host call')}`;
    case 'probe-output':
      return OUTPUT_RELATIONS[evidence.relation];
    case 'memory-growth':
      return `memory grows by ${count(evidence.pagesPerCall, 'page')} (64 KiB each) per call`;
    case 'observed-call':
      return `call ${String(evidence.call)} of ${evidence.export} on an instance of yours ${evidence.outcome} at ${new Date(evidence.at).toISOString()}`;
    default:
      return assertNever(evidence);
  }
}

/** Names a place in code: ``` `_start` (function 12 of core module 0) at 0x2f1, main.c:3 ```. */
export function describePlace(place: CodeLocation): string {
  const index = `function ${String(place.funcIndex)} of core module ${String(place.module)}`;
  const name = place.func === undefined ? index : `\`${place.func}\` (${index})`;
  return `${name} at ${offsetAndLine(place)}`;
}

/** `0x2f1, main.c:3`, or the offset alone where no source line is known. */
export function offsetAndLine({ offset, source }: CodeLocation): string {
  const hex = `0x${offset.toString(16)}`;
  return source === undefined ? hex : `${hex}, ${baseName(source.file)}:${String(source.line)}`;
}

function because({
  cell,
  set,
}: {
  readonly cell: GuardCell | null;
  readonly set: CodeLocation | null;
}): string {
  if (cell === null) return '';
  const where =
    cell.type === 'memory'
      ? `in memory at 0x${cell.address.toString(16)}`
      : `in global ${cell.name ?? String(cell.index)}`;
  return `, because the first entry left a mark ${where}${set === null ? '' : ` (set at 0x${set.offset.toString(16)})`}`;
}

const OUTPUT_RELATIONS = {
  same: 'the later calls of a probe printed what the first one did',
  different: 'the later calls of a probe printed something else than the first one, so state was kept',
  varies: 'what it prints differs from fresh instance to fresh instance too, so it does not tell about state',
  'nothing-the-second-time':
    'the later calls of a probe asked the host for nothing at all, unlike the first one',
};

function baseName(path: string): string {
  return path.split(/[\\/]/).at(-1) ?? path;
}

function count(number: number, noun: string): string {
  return `${number.toLocaleString('en-US')} ${noun}${number === 1 ? '' : 's'}`;
}
