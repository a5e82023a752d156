import type { CallCode, FunctionCode, LoopCode } from '../code';
import type { State } from '../state';
import type { Scope, Value } from '../values';

/** A call as it was met on a way through the program: where its names are looked up and which loops of its own function are around it, outermost first. */
export interface CallSite {
  readonly call: CallCode;
  readonly scope: Scope;
  readonly loops: readonly LoopCode[];
}

/** A loop that is gone round, with the states in which it is left and begun again. */
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
/** A function that calls itself is followed once more, as a loop is gone round twice. */
const maxRecursion = 1;

/** The functions that are walked through at this point, and the calls that led there. */
export class Frames {
  readonly #sites: CallSite[] = [];
  readonly #active: FunctionCode[] = [];
  #context = newContext();

  /** The innermost function. */
  get context(): FunctionContext {
    return this.#context;
  }

  /** The calls that led here, outermost first. */
  get sites(): readonly CallSite[] {
    return [...this.#sites];
  }

  /** Whether a call of a function is followed into it. */
  mayFollow(fn: FunctionCode): boolean {
    const depth = this.#active.filter((active) => active === fn).length;
    return depth <= maxRecursion && this.#sites.length < maxDepth;
  }

  /** Follows a call. */
  follow<T>(site: CallSite, work: () => T): T {
    this.#sites.push(site);
    const result = work();
    this.#sites.pop();
    return result;
  }

  /** Walks through a function. */
  inFunction<T>(fn: FunctionCode, work: () => T): T {
    const outer = this.#context;
    this.#context = newContext();
    this.#active.push(fn);
    const result = work();
    this.#active.pop();
    this.#context = outer;
    return result;
  }

  /** A call that is met here, in a scope. */
  siteOf(call: CallCode, scope: Scope): CallSite {
    return { call, scope, loops: this.#context.loops.map(({ code }) => code) };
  }
}

function newContext(): FunctionContext {
  return { returns: [], loops: [], tries: [], value: { type: 'nothing' } };
}
