import type { CodeLocation } from '../component/code-location';
import type { Outcome } from '../component/outcome';
import { isRunExport } from '../component/wasi';

/** The export that is called: a function of an exported interface, or one that the world exports itself. */
export interface ExportRef {
  /** The exported interface with its version, such as `wasi:cli/run@0.2.3`; absent for a function of the world. */
  readonly interface?: string;
  /** The function's name in WIT, such as `run` or `[method]counter.next`. */
  readonly func: string;
}

/** The export in the notation that the command line and the tree use: `wasi:cli/run@0.2.3#run`, or the bare function name. */
export function exportLabel(ref: ExportRef): string {
  return ref.interface === undefined ? ref.func : `${ref.interface}#${ref.func}`;
}

/** The export that {@link exportLabel} names. */
export function exportOfLabel(label: string): ExportRef {
  const at = label.indexOf('#');
  return at < 0 ? { func: label } : { interface: label.slice(0, at), func: label.slice(at + 1) };
}

/** The export without what else is known of it, which neither the wire nor the history needs. */
export function refOf({ interface: home, func }: ExportRef): ExportRef {
  return home === undefined ? { func } : { interface: home, func };
}

/** Whether both are the same export of a component. */
export function isSameExport(left: ExportRef, right: ExportRef): boolean {
  return left.func === right.func && left.interface === right.interface;
}

/** Whether a call of this export is a run: of `wasi:cli/run` in any version, as {@link isRunExport} says which interface that is. */
export function isRunRef({ interface: home, func }: ExportRef): boolean {
  return func === 'run' && home !== undefined && isRunExport(home);
}

/** The start of the name that core modules know the dropping of a resource by, as in `[resource-drop]counter`. */
const dropPrefix = '[resource-drop]';

/** What the history calls the dropping of a resource. `home` is the interface of the function that returned it. */
export function dropRef(home: string | undefined, resource: string): ExportRef {
  const func = `${dropPrefix}${resource}`;
  return home === undefined ? { func } : { interface: home, func };
}

/** The resource that was dropped; null for the call of a function. */
export function droppedResource({ func }: ExportRef): string | null {
  return func.startsWith(dropPrefix) ? func.slice(dropPrefix.length) : null;
}

/** The start of what the history calls a read; behind it is the type, as in `[read]stream<u8>`. */
const readPrefix = '[read]';

/** What the history calls the reading of a stream or a future of this type. `home` is the interface of the function that returned it. */
export function readRef(home: string | undefined, type: string): ExportRef {
  const func = `${readPrefix}${type}`;
  return home === undefined ? { func } : { interface: home, func };
}

/** The type of what was read; null for the call of a function. */
export function readType({ func }: ExportRef): string | null {
  return func.startsWith(readPrefix) ? func.slice(readPrefix.length) : null;
}

/** One invocation of one export on one instance. */
export interface Call {
  /** Counts from 1 on each instance. */
  readonly number: number;
  readonly export: ExportRef;
  /** What was given, as text for people (`run` has none; command line arguments are the profile's). */
  readonly arguments: string;
  /** Wall clock time at the start, in ms since the epoch. */
  readonly startedAt: number;
  /** What it returned, as text on one line; absent if nothing was returned or no text was noted. */
  readonly result?: string;
  /** Absent while the call is going on. */
  readonly ended?: {
    readonly outcome: Outcome;
    readonly durationMs: number;
    /** How often it asked the host for something, where that was counted. */
    readonly hostCalls?: number;
    /** Set if it asked for the network, which it was not granted. */
    readonly networkDenied?: true;
  };
  /** Linear memory of the instance before and after the call, in bytes, where the engine could tell. */
  readonly memoryBeforeBytes?: number;
  readonly memoryAfterBytes?: number;
}

/** Whether a call failed that was denied the network: its guest's own words seldom tell that. */
export function failedWithoutNetwork({ ended }: Call): boolean {
  if (ended?.networkDenied !== true) return false;
  const { outcome } = ended;
  return outcome.type !== 'ok' && !(outcome.type === 'exited' && outcome.code === 0);
}

/** The innermost place of a trap that is known in the source. */
export function trapSource({ ended }: Pick<Call, 'ended'>): CodeLocation['source'] {
  return ended?.outcome.type === 'trapped'
    ? ended.outcome.frames.find((frame) => frame.source !== undefined)?.source
    : undefined;
}
