import type { Trap } from '../component/trap';
import type { Evidence } from './evidence';
import type { ProbeFinding, StaticFinding } from './findings';

/** What a repeated call on the same instance would do. */
export type Repeat = 'traps' | 'likely-traps' | 'reruns' | 'unknown' | 'no-run';

/** What a verdict rests on, the strongest first. */
export type Basis = 'observed' | 'probe' | 'static' | 'none';

/** The finding that decided. */
export type VerdictFinding =
  /** Nothing is known yet. */
  | { readonly type: 'unread' }
  | StaticFinding
  | { readonly type: 'probed'; readonly probe: ProbeFinding }
  /** Call `call` on an instance of the user's trapped; the trap is absent if an older version noted none. */
  | { readonly type: 'seen-to-trap'; readonly call: number; readonly trap?: Trap }
  | { readonly type: 'seen-to-return'; readonly call: number };

/** Something to know that does not change the verdict. */
export type VerdictNote =
  | {
      readonly type:
        /** The second call of a probe returned, a later one trapped. */
        | 'later-call-traps'
        /** The probe granted nothing, so a run with grants may end otherwise. */
        | 'probe-grants-nothing'
        /** The first call of a probe returned ok, later ones an error. */
        | 'later-calls-fail'
        /** A second call returns ok without doing anything. */
        | 'second-call-does-nothing'
        /** Repeated calls have returned as well. */
        | 'returned-too';
    }
  /** Linear memory grows with every call, by so many pages of 64 KiB. */
  | { readonly type: 'memory-grows'; readonly pagesPerCall: number };

/** Whether one instance of a component may be called again, and why. By content hash. Its words are made in src/words/verdict.ts. */
export interface Verdict {
  readonly repeat: Repeat;
  readonly basis: Basis;
  readonly finding: VerdictFinding;
  /** Where the guard is that explains a trap that a probe or the user saw: what reading the binary found. */
  readonly guard?: Extract<StaticFinding, { type: 'guard' | 'first-call-traps' }>;
  readonly notes: readonly VerdictNote[];
  readonly evidence: readonly Evidence[];
}

/** Whether a host should warn before a repeated call. */
export function wouldTrap(verdict: Verdict): boolean {
  return verdict.repeat === 'traps' || verdict.repeat === 'likely-traps';
}
