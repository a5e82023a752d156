import { formatBytes } from '../base/size';
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

/** One frame of a guest's stack at a trap, innermost first. */
export interface Frame {
  /** The core function's name, from the name section; absent if the module has none. */
  readonly func?: string;
  /** The core function's index in its module. */
  readonly funcIndex: number;
  /** Which of the component's core modules, in the order of the binary. */
  readonly module: number;
  /** Byte offset in the core module. */
  readonly offset: number;
  /** Source file and line (from 1), where the module has DWARF line tables. */
  readonly source?: { readonly file: string; readonly line: number };
}

/** Why an instance was stopped before its call was over. */
export type StopReason =
  | { readonly type: 'user' }
  | { readonly type: 'timeout'; readonly limitMs: number }
  | { readonly type: 'memory'; readonly limitBytes: number }
  /** The isolated process ended without being asked to: a crash of the engine, or something outside killed it. */
  | { readonly type: 'runner-died'; readonly detail: string }
  /** Nobody reads the guest's output any more, as when a shell pipe's reader has ended. */
  | { readonly type: 'output-closed' }
  | { readonly type: 'shutdown' };

/** How a call ended. */
export type Outcome =
  /** `value` is the lifted result, absent for functions without one; `forgotten` if it was too large to be kept in the history. */
  | { readonly type: 'ok'; readonly value?: unknown; readonly forgotten?: true }
  /** The function returned the error case of its `result`. The instance lives on. */
  | { readonly type: 'error'; readonly value?: unknown; readonly forgotten?: true }
  | { readonly type: 'trapped'; readonly message: string; readonly frames: readonly Frame[] }
  | { readonly type: 'exited'; readonly code: number }
  | { readonly type: 'stopped'; readonly reason: StopReason };

/** One invocation of one export on one instance. */
export interface Call {
  /** Counts from 1 on each instance. */
  readonly number: number;
  readonly export: ExportRef;
  /** What was given, as text for people (`run` has none; command line arguments are the profile's). */
  readonly arguments: string;
  /** Wall clock time at the start, in ms since the epoch. */
  readonly startedAt: number;
  /** What it returned, as text on one line; absent where nothing was returned or nobody said it as text. */
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

/** How a call ended, in a few words: `returned ok`, `trapped`, `exited with 3`. */
export function describeOutcome(outcome: Outcome): string {
  switch (outcome.type) {
    case 'ok':
      return 'returned ok';
    case 'error':
      return 'returned an error';
    case 'trapped':
      return `trapped: ${shortTrap(outcome.message)}`;
    case 'exited':
      return `exited with ${String(outcome.code)}`;
    case 'stopped':
      return describeStop(outcome.reason);
  }
}

/** A trap in the fewest words, for a row: `unreachable` rather than the engine's whole sentence. */
export function shortTrap(message: string): string {
  return message.replace(/^wasm `(.+)` instruction executed$/, '$1');
}

/** Why a call was stopped, in a few words. */
export function describeStop(reason: StopReason): string {
  switch (reason.type) {
    case 'user':
      return 'stopped by the user';
    case 'timeout':
      return `stopped after ${formatSeconds(reason.limitMs)}, its time limit`;
    case 'memory':
      return `stopped at its memory limit of ${formatBytes(reason.limitBytes)}`;
    case 'runner-died':
      return `its runner ended: ${reason.detail}`;
    case 'output-closed':
      return 'stopped, since nobody reads its output';
    case 'shutdown':
      return 'stopped with the window';
  }
}

function formatSeconds(ms: number): string {
  if (ms < 100) return `${String(ms)} ms`;
  return `${String(Math.round(ms / 100) / 10)} s`;
}

/** The innermost place of a trap that is known in the source. */
export function trapSource({ ended }: Pick<Call, 'ended'>): Frame['source'] {
  return ended?.outcome.type === 'trapped'
    ? ended.outcome.frames.find((frame) => frame.source !== undefined)?.source
    : undefined;
}
