import type { Outcome, StartFailure } from '../../component/outcome';
import type { Captured } from './captured';
import type { Snapshot } from './directory-snapshot';

/** How a turn ended: as its call did, or without one. The values of outcomes are left out; `result` has their text. */
export type TurnEnd = Outcome | { readonly type: 'not-started'; readonly failure: StartFailure };

/** One run or call on one engine, on a fresh instance. */
export interface EngineTurn {
  readonly end: TurnEnd;
  readonly stdout: Captured;
  readonly stderr: Captured;
  /** What was returned, as WAVE; null for a run, and where it is not known. */
  readonly result: string | null;
  /** From the request for an instance to the end of the call, in ms. */
  readonly durationMs: number;
  /** The most memory that the process was seen to have, in bytes, where the system tells it. */
  readonly peakBytes?: number;
  /** The guest's linear memory after the call, in bytes, where the engine tells it. */
  readonly linearBytes?: number;
  /** What is in the directories that could be written to, before and after; null where it is too much to be compared. */
  readonly before: Snapshot | null;
  readonly after: Snapshot | null;
}

/** The status that a run ends a command with; null for an end that is none of the guest's. */
export function exitStatusOf(end: TurnEnd): number | null {
  switch (end.type) {
    case 'ok':
      return 0;
    case 'error':
      return 1;
    case 'exited':
      return end.code;
    default:
      return null;
  }
}

/** Whether an instance was there, so that more than its end can be compared. */
export function hasStarted({ end }: EngineTurn): boolean {
  return end.type !== 'not-started';
}
