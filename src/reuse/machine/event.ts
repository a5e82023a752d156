import type { Unfollowed } from './trap';
import type { Trap } from '../../component/trap';
import type { CoreFuncType } from '../../component/core-types';
import type { FuncRef, ModuleState, Value } from './state';

/** A place in the code that is being stepped through. */
export interface Place {
  readonly state: ModuleState;
  readonly funcIndex: number;
  /** Offset in the file. */
  readonly offset: number;
}

/** How far a run got. The innermost place comes first. */
export type Event =
  | { readonly type: 'returned'; readonly results: readonly Value[] }
  | { readonly type: 'trapped'; readonly trap: Trap; readonly stack: readonly Place[] }
  /** The code calls a host function: `answer` continues it. */
  | {
      readonly type: 'call-out';
      readonly target: FuncRef;
      readonly args: readonly Value[];
      /** Its core signature; null where the call is the very first one. */
      readonly signature: CoreFuncType | null;
      readonly caller: ModuleState | null;
      readonly stack: readonly Place[];
    }
  /** The machine cannot continue: too much code, or something that it does not model. */
  | { readonly type: 'stopped'; readonly why: Unfollowed; readonly stack: readonly Place[] };

/** Steps that are left. Decoding a function costs as well. */
export interface Budget {
  steps: number;
}
