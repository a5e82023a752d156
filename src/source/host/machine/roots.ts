import type { ClassCode, FunctionCode } from '../code';
import type { Closure, Scope } from '../values';

/** The functions and classes that were met, which are entered from outside too: each once, however often it was met. */
export class Entrances {
  readonly #functions = new Map<FunctionCode, Closure>();
  readonly #classes = new Map<ClassCode, Scope>();
  readonly #entered = new Set<FunctionCode | ClassCode>();
  #closures = 0;

  /** How many functions were made. */
  get closures(): number {
    return this.#closures;
  }

  /** A function is made. */
  meet(closure: Closure): void {
    this.#closures += 1;
    if (closure.fn.mayRun) this.#functions.set(closure.fn, closure);
  }

  /** A class is declared in a scope. */
  meetClass(declared: ClassCode, scope: Scope): void {
    this.#classes.set(declared, scope);
  }

  /** Enters what nobody has yet; false if it has been. */
  enter(what: FunctionCode | ClassCode): boolean {
    if (this.#entered.has(what)) return false;
    this.#entered.add(what);
    return true;
  }

  /** Takes out what was met since the last time and has not been entered. */
  take(): {
    readonly classes: readonly (readonly [ClassCode, Scope])[];
    readonly closures: readonly Closure[];
  } {
    const classes = [...this.#classes];
    const closures = [...this.#functions.values()].filter(({ fn }) => !this.#entered.has(fn));
    this.#classes.clear();
    this.#functions.clear();
    return { classes, closures };
  }
}
