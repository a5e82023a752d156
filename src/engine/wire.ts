import { readImportFault, type ImportFault } from '../component/import-fault';
import type { ImportedFunction } from '../component/imported-functions';
import type { StartFailure } from '../component/outcome';
import { trapKinds, type TrapKind } from '../component/trap';
import type { ReadLimits } from './wire-reading';

/**
 * What the engine and a runner say to each other, and the frames that carry it.
 *
 * Both directions are byte pipes of their own, so that neither a guest's output nor Node's IPC can get
 * between: the engine writes commands to the runner's {@link wireFds}.control, the runner writes frames to
 * `frames`. In framed mode the guest's output goes through the same pipe as the reports, which keeps stdout,
 * stderr and a call's end in the order in which they happened.
 */

/** File descriptors that a runner is started with, besides 0 (the guest's stdin), 1 and 2. */
export const wireFds = { control: 3, frames: 4, lease: 5 } as const;

/** What a directory grant is on the wire; paths are absolute on the host. */
export interface WireDirectory {
  readonly host: string;
  readonly guest: string;
  readonly readOnly: boolean;
}

/** What the guest may read as its command line and environment; it can still change between start and call. */
export interface WireProgram {
  /** The command line, with the program's own name first. */
  readonly argv: readonly string[];
  readonly env: readonly (readonly [name: string, value: string])[];
}

/** What the guest is granted; fixed for a runner's whole life. */
export interface WireGrants {
  readonly dirs: readonly WireDirectory[];
  readonly network: boolean;
}

/** A symbolic link that a guest asks for. */
export interface WireLink {
  /** Where it is to be; absolute on the host. */
  readonly path: string;
  /** What it holds. */
  readonly target: string;
}

/** The longest path of a link, as on Linux. In characters. */
export const longestPath = 4096;

/** A JavaScript module that stands in for an import. */
export interface WireModule {
  /** The import's name as the glue asks for it. */
  readonly interface: string;
  /** Absolute path of the ES module. */
  readonly path: string;
  /** The functions that it has to export, to tell what is wrong with it. */
  readonly functions: readonly ImportedFunction[];
}

/** Which of the guest's standard streams are a terminal. */
export interface WireTerminals {
  readonly stdin: boolean;
  readonly stdout: boolean;
  readonly stderr: boolean;
}

/** A transpiled component on disk. */
export interface WireArtifact {
  /** The generated script. */
  readonly glue: string;
  /** V8's code cache for it, if there is one for this V8. */
  readonly codeCache?: string;
  /** The core modules by the names under which the glue asks for them. */
  readonly cores: readonly (readonly [name: string, path: string])[];
  /** Names of the imported interfaces, without versions, as the glue asks for them. */
  readonly imports: readonly string[];
  /** Whether it needs WASI 0.3 and JSPI. */
  readonly async: boolean;
}

/** The function that a call is for; `interface` is absent for functions of the world. */
export interface WireRef {
  readonly interface?: string;
  readonly func: string;
}

/** Loads a component and makes the first instance of it. */
export interface StartCommand {
  readonly type: 'start';
  readonly artifact: WireArtifact;
  readonly grants: WireGrants;
  readonly modules: readonly WireModule[];
  readonly program: WireProgram;
  /** `framed`: output travels in frames; `raw`: the guest writes straight to descriptors 1 and 2. */
  readonly output: 'framed' | 'raw';
  /** Whether descriptor 0 is the guest's stdin; else its stdin is at its end. */
  readonly stdin: boolean;
  /** Which standard streams are a terminal, as `isatty` tells the guest. */
  readonly terminals: WireTerminals;
  /** The most 64 KiB pages that a linear memory may grow to. */
  readonly maxMemoryPages?: number;
  /** Whether there is time to compile all functions ahead, instead of each when it is first called. */
  readonly eager?: boolean;
  /**
   * Opens the inspector before anything of the guest is loaded, waits for a debugger, and for `proceed`
   * before the instance is made.
   */
  readonly debug: boolean;
  /** Counts the guest's calls of the host, for probes: `ended` reports tell them. */
  readonly countHostCalls: boolean;
}

/** From the engine to a runner. */
export type Command =
  | StartCommand
  /** The debugger knows the modules and has set its breakpoints. */
  | { readonly type: 'proceed' }
  /**
   * Calls an export; `args` are in jco's JS representation, handles as {@link WireHandle}, futures that the
   * call writes as `{$future: value}`.
   */
  | {
      readonly type: 'call';
      readonly ref: WireRef;
      readonly args: readonly unknown[];
      /** Handles among them that the callee takes for good. */
      readonly gives?: readonly number[];
      readonly program?: WireProgram;
    }
  /** Answers a `link` report; `error` is Node's code for why the link was not made. */
  | { readonly type: 'linked'; readonly error?: string }
  /** Drops the instance and makes a fresh one of the same component. */
  | { readonly type: 'renew'; readonly program: WireProgram }
  /**
   * Drops a resource that an earlier call returned, which runs its destructor. Answered with `ended`, like a
   * call.
   */
  | { readonly type: 'drop'; readonly handle: number }
  /**
   * Reads a stream or a future that an earlier call returned. Answered with `ended`, whose value is a Reading
   * where the guest lives on.
   */
  | {
      readonly type: 'read';
      readonly handle: number;
      /** Whether the items are numbers. */
      readonly numbers: boolean;
      readonly limits: ReadLimits;
    };

/** Stands for a resource that lives in the runner. */
export interface WireHandle {
  readonly $handle: number;
  /** The resource's class name, for people. */
  readonly resource: string;
}

/** How a call ended, as the runner saw it. */
export type WireOutcome =
  | { readonly type: 'ok'; readonly value: unknown }
  | { readonly type: 'error'; readonly value: unknown }
  /** `message` and `stack` are the JS engine's own text; the stack is for {@link parseBacktrace} of the engine. */
  | {
      readonly type: 'trapped';
      readonly kind: TrapKind;
      readonly message: string;
      readonly stack: string;
      /** What is wrong with an import that failed. */
      readonly fault?: ImportFault;
    }
  | { readonly type: 'exited'; readonly code: number }
  /** The reader of the guest's output is gone. */
  | { readonly type: 'output-closed' };

/** Why a runner could not make an instance. */
export type WireStartFailure = Extract<
  StartFailure,
  { code: 'no-promise-integration' | 'import-fault' | 'other' }
>;

/** From a runner to the engine. */
export type Report =
  | { readonly type: 'inspector'; readonly url: string }
  | { readonly type: 'ready'; readonly memoryBytes: number }
  /** The instance could not be made; `outcome` is how its start function ended, where it had one that ran. */
  | { readonly type: 'not-started'; readonly failure: WireStartFailure; readonly outcome?: WireOutcome }
  | {
      readonly type: 'ended';
      readonly outcome: WireOutcome;
      readonly durationMs: number;
      readonly memoryBytes: number;
      /** Whether a fresh instance may follow in this runner: nothing of this one is left that could reach it. */
      readonly renewable: boolean;
      /** How often the call asked the host for something, where that was counted. */
      readonly hostCalls?: number;
      /** Set if the call asked for the network, which it was not granted. */
      readonly networkDenied?: true;
    }
  /** The guest asks for a symbolic link, and waits for `linked`. */
  | { readonly type: 'link'; readonly link: WireLink }
  /** Code that is neither ours nor the guest's ends the process now. */
  | { readonly type: 'ending'; readonly fault: ImportFault };

/** What a frame from the runner holds. */
export const frameKind = { stdout: 1, stderr: 2, report: 3 } as const;

/** Length of a frame's head: the kind, then the length as a 32 bit little-endian number. */
export const frameHeadBytes = 5;

/** The longest report that is believed: a result with large lists fits, a broken pipe's noise does not. */
export const maxReportBytes = 1 << 28;

/** The longest text in a report, but for results: messages and stacks are cut to it. In characters. */
export const longestText = 1 << 20;

/** Something arrived that is not of this contract: a fault of ours, or of a runner that is beyond trust. */
export class WireError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'WireError';
  }
}

/** Checks what a runner said. Throws {@link WireError} for what is not a report. */
export function parseReport(value: unknown): Report {
  const report = fieldsOf(value);
  switch (report.type) {
    case 'inspector':
      return { type: 'inspector', url: loopbackUrl(textField(report, 'url')) };
    case 'ready':
      return { type: 'ready', memoryBytes: countField(report, 'memoryBytes') };
    case 'not-started':
      return parseNotStarted(report);
    case 'ended':
      return {
        type: 'ended',
        outcome: parseOutcome(report.outcome),
        durationMs: countField(report, 'durationMs'),
        memoryBytes: countField(report, 'memoryBytes'),
        renewable: report.renewable === true,
        ...(report.hostCalls === undefined ? {} : { hostCalls: countField(report, 'hostCalls') }),
        ...(report.networkDenied === true ? { networkDenied: true } : {}),
      };
    case 'link': {
      const link = fieldsOf(report.link);
      return { type: 'link', link: { path: path(link, 'path'), target: path(link, 'target') } };
    }
    case 'ending':
      return { type: 'ending', fault: importFault(report.fault) };
    default:
      throw new WireError('A runner sent a report of unknown type.');
  }
}

/** Checks how a call ended. Throws {@link WireError} like {@link parseReport}. */
export function parseOutcome(value: unknown): WireOutcome {
  const outcome = fieldsOf(value);
  switch (outcome.type) {
    case 'ok':
      return { type: 'ok', value: outcome.value };
    case 'error':
      return { type: 'error', value: outcome.value };
    case 'trapped':
      return {
        type: 'trapped',
        kind: trapKind(outcome.kind),
        message: textField(outcome, 'message'),
        stack: textField(outcome, 'stack'),
        ...(outcome.fault === undefined ? {} : { fault: importFault(outcome.fault) }),
      };
    case 'exited':
      return { type: 'exited', code: countField(outcome, 'code') };
    case 'output-closed':
      return { type: 'output-closed' };
    default:
      throw new WireError('A runner sent an outcome of unknown type.');
  }
}

/** Checks a report that an instance could not be made. Throws {@link WireError} like {@link parseReport}. */
export function parseNotStarted({
  failure,
  outcome,
}: Readonly<Record<string, unknown>>): Extract<Report, { type: 'not-started' }> {
  const parsed = parseStartFailure(failure);
  return outcome === undefined
    ? { type: 'not-started', failure: parsed }
    : { type: 'not-started', failure: parsed, outcome: parseOutcome(outcome) };
}

function parseStartFailure(value: unknown): WireStartFailure {
  const failure = fieldsOf(value);
  if (failure.code === 'no-promise-integration') {
    const { code } = failure;
    const node = textField(failure, 'node');
    return failure.serves === true ? { code, node, serves: true } : { code, node };
  }
  if (failure.code === 'import-fault') return { code: failure.code, fault: importFault(failure.fault) };
  return { code: 'other', words: textField(failure, 'words') };
}

/** Checks what is wrong with an import. Throws {@link WireError} like {@link parseReport}. */
export function importFault(value: unknown): ImportFault {
  const fault = readImportFault(value);
  if (fault === null) throw new WireError('A runner sent a fault of an import that is none.');
  return fault;
}

function trapKind(value: unknown): TrapKind {
  const known = trapKinds.find((kind) => kind === value);
  if (known === undefined) throw new WireError('A runner sent a trap of unknown kind.');
  return known;
}

/** The fields of a message, unchecked. Throws {@link WireError} for what is none. */
export function fieldsOf(value: unknown): Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null)
    throw new WireError('A runner sent something that is not a message.');
  // Whatever it is, its fields can be asked for; each is checked by who asks.
  return value as Readonly<Record<string, unknown>>;
}

/** A text of bounded length in a message. Throws {@link WireError} if there is none. */
export function textField(fields: Readonly<Record<string, unknown>>, name: string): string {
  const value = fields[name];
  if (typeof value !== 'string') throw new WireError(`A runner's message has no text in ${name}.`);
  if (value.length > longestText) throw new WireError(`A runner's message has too long a text in ${name}.`);
  return value;
}

function path(fields: Readonly<Record<string, unknown>>, name: string): string {
  const value = textField(fields, name);
  if (value.length > longestPath) throw new WireError(`A runner's message has too long a path in ${name}.`);
  return value;
}

/** A debugger is attached there: nowhere but on this machine. */
function loopbackUrl(url: string): string {
  if (/^ws:\/\/127\.0\.0\.1:\d+\/[\w-]+$/.test(url)) return url;
  throw new WireError('A runner named an inspector that is not on this machine.');
}

/** A number from 0 in a message. Throws {@link WireError} if there is none. */
export function countField(fields: Readonly<Record<string, unknown>>, name: string): number {
  const value = fields[name];
  if (typeof value !== 'number' || !(value >= 0) || value === Infinity)
    throw new WireError(`A runner's message has no count in ${name}.`);
  return value;
}
