import type { CodeLocation } from '../component/code-location';
import type { Outcome, StartEnd, StopReason } from '../component/outcome';
import type { Trap } from '../component/trap';
import type { Evidence, GuardCell } from './evidence';
import type { Undecided } from './undecided';

/** What reading the binary found about a repeated call of its entry. Nothing was executed for it. */
export type StaticFinding =
  /** The component does not export `wasi:cli/run`. */
  | { readonly type: 'no-run' }
  /** A second entry traps before it asks the host for anything. */
  | {
      readonly type: 'guard';
      /**
       * `certain`: nothing takes the mark away. `likely`: the mark is set only after host calls, which were
       * answered by simulation.
       */
      readonly certainty: 'certain' | 'likely';
      readonly place: CodeLocation;
      readonly cell: GuardCell | null;
      readonly evidence: readonly Evidence[];
    }
  | {
      readonly type: 'first-call-traps';
      readonly place: CodeLocation;
      readonly evidence: readonly Evidence[];
    }
  /** With simulated host answers, the first call returns and the second one traps after it has asked the host. */
  | {
      readonly type: 'simulated-trap';
      readonly place: CodeLocation;
      readonly trap: Trap;
      readonly evidence: readonly Evidence[];
    }
  /** Nothing that would trap was found, which does not mean that there is nothing. */
  | { readonly type: 'nothing-found'; readonly why: Undecided; readonly evidence: readonly Evidence[] };

/** One call of a probe, made on the same instance as those before it, with fresh streams. */
export interface ProbeCall {
  /** Without values, and of a trap's frames with the innermost alone. */
  readonly outcome: Outcome;
  /** Calls of WASI functions that this call made before it ended. */
  readonly hostCalls: number;
  /** Digest of what it wrote to stdout and stderr, in order; equal digests mean equal output. */
  readonly outputDigest: string;
  readonly outputBytes: number;
  readonly durationMs: number;
  /** Sum of the linear memories' sizes after the call, in 64 KiB pages; absent where the engine cannot tell. */
  readonly memoryPages?: number;
}

/** What a probe saw: up to three calls on one instance, first to last. */
export interface ProbeReport {
  /** The called export, such as `wasi:cli/run@0.2.3`. */
  readonly export: string;
  /** True if the calls were given what the user's runs are given: arguments, environment, directories. Else nothing was granted. */
  readonly granted?: boolean;
  readonly calls: readonly ProbeCall[];
  /**
   * Digest of what the first call on another, fresh instance printed. Looked at where later calls printed something else than the first:
   * if a fresh instance does so too, that tells nothing about state.
   */
  readonly freshDigest?: string;
  /** Why no call was made. */
  readonly notStarted?: StartEnd;
}

/** What a probe's report means for a repeated call. */
export type ProbeFinding =
  /** Call `call` (2 or 3) trapped after those before it had returned. */
  | { readonly type: 'traps'; readonly call: number; readonly trap: Trap; readonly hostCalls: number }
  /** The first call trapped, after so many host calls: with none, what the probe grants made no difference. */
  | { readonly type: 'first-call-traps'; readonly trap: Trap; readonly hostCalls: number }
  /** Every call returned. `output`: whether later calls printed what the first one did; `varies` if even fresh instances do not. */
  | {
      readonly type: 'reran';
      readonly output: 'same' | 'different' | 'varies';
      /** Which calls returned the error case of `run`'s result: `later` if the first one returned ok. */
      readonly errors: 'none' | 'later';
      /** Pages of memory that each call after the first added; 0 if memory did not grow or is unknown. */
      readonly pagesPerCall: number;
    }
  /** The later calls returned ok without asking the host for anything, while the first did (outcome class 6). */
  | { readonly type: 'did-nothing' }
  | { readonly type: 'exited'; readonly call: number; readonly code: number }
  /** Every call returned an error. It may have failed before it did anything, so this says nothing about a run that succeeds. */
  | { readonly type: 'failed' }
  | { readonly type: 'inconclusive'; readonly why: ProbeProblem };

/** Why a probe told nothing. */
export type ProbeProblem =
  | { readonly type: 'not-started'; readonly end: StartEnd }
  /** Call `call` was stopped before it had ended. */
  | { readonly type: 'stopped'; readonly call: number; readonly reason: StopReason }
  | { readonly type: 'no-call' | 'one-call' };

/** One call that an instance of the user's made, as it is remembered by the component's content hash. */
export interface Observation {
  /** The called export, such as `wasi:cli/run@0.2.3`. */
  readonly export: string;
  /** Number of the call on its instance, from 1. */
  readonly call: number;
  readonly outcome: Outcome['type'];
  /** What made it trap, where it did. */
  readonly trap?: Trap;
  /** Wall clock time, in ms since the epoch. */
  readonly at: number;
}
