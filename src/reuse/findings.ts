import type { CodeLocation, Evidence, GuardCell } from './evidence';

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
      readonly message: string;
      readonly evidence: readonly Evidence[];
    }
  /** Nothing that would trap was found, which does not mean that there is nothing. */
  | { readonly type: 'nothing-found'; readonly reason: string; readonly evidence: readonly Evidence[] };

/** How one call of a probe ended. */
export type ProbeOutcome =
  | { readonly type: 'ok' }
  | { readonly type: 'error' }
  | { readonly type: 'trapped'; readonly message: string; readonly place?: CodeLocation }
  | { readonly type: 'exited'; readonly code: number }
  /** Time or memory ran out, or the runner died: `reason` as a clause ("it did not return within 2 s"). */
  | { readonly type: 'stopped'; readonly reason: string };

/** One call of a probe, made on the same instance as those before it, with fresh streams. */
export interface ProbeCall {
  readonly outcome: ProbeOutcome;
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
  /** Why no call was made, as a clause ("it could not start: ..."). */
  readonly notStarted?: string;
}

/** What a probe's report means for a repeated call. */
export type ProbeFinding =
  /** Call `call` (2 or 3) trapped after those before it had returned. */
  | { readonly type: 'traps'; readonly call: number; readonly message: string; readonly hostCalls: number }
  /** The first call trapped, after so many host calls: with none, what the probe grants made no difference. */
  | { readonly type: 'first-call-traps'; readonly message: string; readonly hostCalls: number }
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
  | { readonly type: 'inconclusive'; readonly reason: string };

/** One call that an instance of the user's made, as it is remembered by the component's content hash. */
export interface Observation {
  /** The called export, such as `wasi:cli/run@0.2.3`. */
  readonly export: string;
  /** Number of the call on its instance, from 1. */
  readonly call: number;
  readonly outcome: 'ok' | 'error' | 'trapped' | 'exited' | 'stopped';
  /** The engine's words for a trap. */
  readonly message?: string;
  /** Wall clock time, in ms since the epoch. */
  readonly at: number;
}
