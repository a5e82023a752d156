import type { BindCode } from '../code';
import type { State } from '../state';
import type { Cell, Scope, Value } from '../values';

const prefix = 'scope';

/** The scopes around the place that is looked at, and what their names stand for. */
export class Scopes {
  /** The innermost scope. */
  current: Scope = { id: 'file', names: new Set(), parent: undefined, fn: undefined, isFunction: true };
  /** How many ids there are: what gets one later has a higher number. */
  lastId = 0;

  /** A new id for a value. */
  newId(): string {
    this.lastId += 1;
    return `#${this.lastId}`;
  }

  /** A value of which nothing is known, told apart from all others. */
  unknown(): Value {
    return { type: 'unknown', id: this.newId() };
  }

  /** Does something in a new block of the current scope. */
  inBlock<T>(work: () => T): T {
    return this.inside(this.current, { fn: this.current.fn, isFunction: false }, work);
  }

  /** Does something in a new scope of a function or an object, which was declared in `parent`. */
  inside<T>(parent: Scope, own: Pick<Scope, 'fn' | 'isFunction'>, work: () => T): T {
    const outer = this.current;
    this.lastId += 1;
    this.current = { ...own, id: `${prefix}${this.lastId}`, names: new Set(), parent };
    const result = work();
    this.current = outer;
    return result;
  }

  /** The innermost scope that has a name. */
  scopeOf(name: string): Scope | undefined {
    return scopeWith(name, this.current);
  }

  /** What a name stands for here. */
  lookup(name: string, state: State): Cell | undefined {
    return lookupFrom(name, this.current, state);
  }

  /** Gives a name its value, in the scope where the statement `code` puts it; without one, in the current scope. */
  bind(name: string, value: Value, state: State, code?: BindCode): void {
    const how = code?.how ?? 'let';
    const outer = how === 'let' ? this.current : how === 'var' ? undefined : this.scopeOf(name);
    const scope = outer ?? this.#functionScope();
    scope.names.add(name);
    state.setCell(keyOf(scope, name), { value, bind: code, scope });
    state.forget(name);
  }

  #functionScope(): Scope {
    let scope = this.current;
    while (!scope.isFunction && scope.parent !== undefined) scope = scope.parent;
    return scope;
  }
}

/** The key of a variable in a state. */
export function keyOf({ id }: Scope, name: string): string {
  return `${id}.${name}`;
}

/** What a name stands for where `scope` is the innermost one. */
export function lookupFrom(name: string, scope: Scope, state: State): Cell | undefined {
  const found = scopeWith(name, scope);
  return found === undefined ? undefined : state.cell(keyOf(found, name));
}

/** Whether a key is that of a variable whose scope got its id after `lastId`. */
export function isNewer(key: string, lastId: number): boolean {
  return key.startsWith(prefix) && Number.parseInt(key.slice(prefix.length), 10) > lastId;
}

function scopeWith(name: string, from: Scope | undefined): Scope | undefined {
  for (let scope = from; scope !== undefined; scope = scope.parent) if (scope.names.has(name)) return scope;
  return undefined;
}
