import type { CodeLocation } from '../component/code-location';
import type { ModuleForm } from '../component/module-facts';
import type { Outcome } from '../component/outcome';
import type { Trap } from '../component/trap';
import type { LookedUntil } from './undecided';

/** What a guard keeps its mark in: bytes of a linear memory, or a global variable. */
export type GuardCell =
  | { readonly type: 'memory'; readonly address: number }
  | { readonly type: 'global'; readonly index: number; readonly name?: string };

/** One thing that speaks for a verdict, and that a person can check. */
export type Evidence =
  /** The file is a core module, of which a component is made: places are places in the module. */
  | { readonly type: 'adapted'; readonly form: ModuleForm }
  /** The way from the export to the code that decides, outermost first. */
  | {
      readonly type: 'path';
      readonly export: string;
      readonly async: boolean;
      readonly calls: readonly CodeLocation[];
    }
  /** A second entry reaches a trap because the first left a mark. `place` is the trap, `set` where the mark is made. */
  | {
      readonly type: 'guard';
      readonly place: CodeLocation;
      readonly cell: GuardCell | null;
      readonly set: CodeLocation | null;
    }
  /** Nothing was found that takes the mark away again. */
  | { readonly type: 'mark-stays'; readonly how: 'first-call-simulated' | 'no-other-store' }
  /** A mark that is, or may be, taken away before the first call ends: a lock, which does not stop a repeated call. */
  | { readonly type: 'lock-released'; readonly place: CodeLocation; readonly certain: boolean }
  /** The component traps on its first call already, before it asks the host for anything. */
  | { readonly type: 'first-call-traps'; readonly place: CodeLocation; readonly trap: Trap }
  /** A trap seen only when host calls are answered by simulation. */
  | {
      readonly type: 'simulated-trap';
      readonly call: number;
      readonly place: CodeLocation;
      readonly trap: Trap;
    }
  /** With simulated host answers, a second call returned as the first one did. */
  | { readonly type: 'simulated-return'; readonly call: number }
  /** How far the static analysis looked, and why it stopped there. */
  | { readonly type: 'looked-until'; readonly until: LookedUntil; readonly place: CodeLocation | null }
  /** A call of a probe. */
  | {
      readonly type: 'probe-call';
      readonly call: number;
      readonly outcome: Outcome['type'];
      readonly hostCalls: number;
    }
  | {
      readonly type: 'probe-output';
      readonly relation: 'same' | 'different' | 'varies' | 'nothing-the-second-time';
    }
  | { readonly type: 'memory-growth'; readonly pagesPerCall: number }
  /** A call on an instance of the user's. */
  | {
      readonly type: 'observed-call';
      readonly export: string;
      readonly call: number;
      readonly outcome: Outcome['type'];
      /** Wall clock time, in ms since the epoch. */
      readonly at: number;
    };
