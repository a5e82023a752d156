import type { ClassCode, FunctionCode } from '../code';
import type { State } from '../state';
import type { ClassValue, Closure } from '../values';
import type { Walk } from './context';
import { invoke, makeObject } from './invoke';

/** The functions and classes that were met. Each is entered from outside, too, once. */
export class Roots {
  readonly #functions = new Map<FunctionCode, Closure>();
  readonly #classes = new Set<ClassValue>();
  readonly #byName = new Map<string, ClassValue>();
  readonly #entered = new Set<FunctionCode | ClassCode>();
  /** How many functions were made. */
  closures = 0;

  /** A function is made. */
  meet(closure: Closure): void {
    this.closures += 1;
    if (closure.fn.mayRun) this.#functions.set(closure.fn, closure);
  }

  /** A class is declared in a scope. `all` is the class with what other declarations of it have added. */
  meetClass(declared: ClassCode, all: ClassValue): void {
    this.#classes.add({ ...all, declared });
    if (declared.name !== undefined) this.#byName.set(plainName(declared.name), all);
  }

  /**
   * The class of a variable whose value comes from elsewhere: its type says so (`&mut Plugin`), or it is called like
   * the class (`plugin`).
   */
  classNamed(hint: string | undefined): ClassValue | undefined {
    const names = this.#byName.size === 0 ? [] : (hint?.match(/\w+/g) ?? []);
    return names.map((name) => this.#byName.get(plainName(name))).find((found) => found !== undefined);
  }

  /** Enters what was met: with the variables as they are when all is set up, and nothing run yet. */
  enterAll(walk: Walk, after: State): void {
    while (this.#functions.size + this.#classes.size > 0) {
      const classes = [...this.#classes];
      const closures = [...this.#functions.values()];
      this.#classes.clear();
      this.#functions.clear();
      const root = after.asRoot();
      for (const one of classes) {
        const orders = this.#entered.has(one.declared) ? [] : entries(one.declared);
        this.#entered.add(one.declared);
        for (const methods of orders) {
          const state = root.fork();
          const self = makeObject(walk, one, state);
          for (const fn of methods) {
            this.#entered.add(fn);
            invoke(walk, { fn, scope: one.scope, self }, [], state);
          }
          this.enterAll(walk, state);
        }
      }
      for (const closure of closures) {
        if (this.#entered.has(closure.fn)) continue;
        const state = root.fork();
        this.#entered.add(closure.fn);
        invoke(walk, closure, [], state);
        // What it declares is seen by the functions inside it.
        this.enterAll(walk, state);
      }
    }
  }
}

function plainName(name: string): string {
  return name.replaceAll('_', '').toLowerCase();
}

/**
 * The orders in which methods are called on one object from outside. unittest runs the tests of a class one after the
 * other, with `setUp` before each; methods of other classes are called on an object that was just made.
 */
function entries({ methods, bases }: ClassCode): readonly (readonly FunctionCode[])[] {
  const called = (names: RegExp) => methods.filter(({ name }) => name !== undefined && names.test(name));
  const before = called(/^(?:setUpClass|setup_class)$/);
  const beforeEach = called(/^(?:constructor|__init__|setUp|asyncSetUp|setup_method)$/);
  const isTestCase =
    bases.some((base) => base.endsWith('TestCase')) ||
    before.length > 0 ||
    called(/^setup_method$/).length > 0;
  const others = methods.filter((method) => !before.includes(method) && !beforeEach.includes(method));
  if (!isTestCase) return others.map((method) => [...beforeEach, method]);
  const tests = others.filter(({ name }) => name?.startsWith('test') === true);
  return [[...before, ...tests.flatMap((test) => [...beforeEach, test])]];
}
