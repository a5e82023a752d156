import type { CallCode, FunctionCode, LoopCode } from '../code';
import type { State } from '../state';
import type { Scope, Value } from '../values';

/** A call on a way through the program, the scope of its names, and the loops around it in its function. */
export interface CallSite {
  readonly call: CallCode;
  readonly scope: Scope;
  readonly loops: readonly LoopCode[];
}

/** A loop, with the states in which it is left and begun again. */
export interface LoopContext {
  readonly code: LoopCode;
  readonly breaks: State[];
  readonly continues: State[];
  pass: number;
}

/** A function that is walked through, with the states in which it is left. */
export interface FunctionContext {
  readonly returns: State[];
  readonly loops: LoopContext[];
  /** For each `try` around, the states in which something may be thrown. */
  readonly tries: State[][];
  /** What it has returned so far. */
  value: Value;
}

const maxDepth = 6;
/** A function that calls itself is followed a second time, as a loop has two passes. */
const maxRecursion = 1;

/** The functions that are walked through at this point, and the calls that led there. */
export class Frames {
  /** The innermost function. */
  context = newContext();
  /** The calls that led here, outermost first. */
  sites: readonly CallSite[] = [];
  #active: readonly FunctionCode[] = [];

  /** Whether a call of a function is followed into it. */
  mayFollow(fn: FunctionCode): boolean {
    const depth = this.#active.filter((active) => active === fn).length;
    return depth <= maxRecursion && this.sites.length < maxDepth;
  }

  /** Walks through a function. `site` is the call that is followed, if there is one. */
  inFunction<T>(fn: FunctionCode, site: CallSite | undefined, work: () => T): T {
    const [context, sites, active] = [this.context, this.sites, this.#active];
    this.context = newContext();
    this.#active = [...active, fn];
    if (site !== undefined) this.sites = [...sites, site];
    const result = work();
    [this.context, this.sites, this.#active] = [context, sites, active];
    return result;
  }

  /** A call that is met here, in a scope. */
  siteOf(call: CallCode, scope: Scope): CallSite {
    return {
      call,
      scope,
      loops: this.context.loops.map(({ code }) => code).filter(({ isSwitch }) => !isSwitch),
    };
  }
}

function newContext(): FunctionContext {
  return { returns: [], loops: [], tries: [], value: { type: 'nothing' } };
}
