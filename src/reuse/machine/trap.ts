import type { DecodeProblem } from '../../component/decode-error';
import type { Trap, WordyTrapKind } from '../../component/trap';

/** A trap of the guest's code, thrown inside the machine and turned into an event at its edge. */
export class MachineTrap extends Error {
  readonly trap: Trap;

  constructor(kind: Exclude<Trap['kind'], WordyTrapKind | 'import-failed'>) {
    super(kind);
    this.trap = { kind };
  }
}

/** Something that the machine does not follow. */
export type Unfollowed =
  | {
      readonly type:
        | 'too-many-steps'
        | 'too-many-nested-calls'
        | 'too-much-memory'
        | 'large-function'
        | 'invalid-code'
        | 'instruction'
        | 'vector-instruction'
        | 'gc-instruction'
        | 'exception'
        | 'wait-for-thread'
        | 'unknown-memory'
        | 'unknown-table'
        | 'unknown-global'
        | 'unknown-function'
        | 'unknown-resource'
        | 'nothing-to-do';
    }
  | { readonly type: 'malformed-code'; readonly problem: DecodeProblem };

/** Thrown inside the machine where code does something that it does not model. */
export class Unsupported extends Error {
  readonly why: Unfollowed;

  constructor(type: Exclude<Unfollowed['type'], 'malformed-code'>) {
    super(type);
    this.why = { type };
  }
}
