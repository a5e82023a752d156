import type { DecodeProblem } from '../component/decode-error';
import type { Trap } from '../component/trap';
import type { Unfollowed } from './machine/trap';

/** How far the analysis followed a call, and what ended that. */
export type LookedUntil =
  | { readonly type: 'returned' }
  | { readonly type: 'host-call'; readonly name: string }
  | { readonly type: 'exited' }
  | { readonly type: 'stopped'; readonly why: Unfollowed }
  | { readonly type: 'trapped'; readonly trap: Trap };

/** Why reading a binary did not tell what a repeated call does. */
export type Undecided =
  | { readonly type: 'unreadable-code'; readonly problem: DecodeProblem }
  /** The run is not a function of the component's own code. */
  | { readonly type: 'foreign-run' }
  | { readonly type: 'too-many-modules' }
  | { readonly type: 'start-traps'; readonly trap: Trap }
  | { readonly type: 'start-unfollowed'; readonly why: Unfollowed }
  | { readonly type: 'start-asks-host' }
  /** What stops a second entry is a lock, or may be one, released before the call ends. */
  | { readonly type: 'lock'; readonly certain: boolean }
  | { readonly type: 'looked-until'; readonly until: LookedUntil };
