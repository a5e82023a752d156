import type { Span } from '../span';
import type { BindCode, ClassCode, FunctionCode } from './code';

/** What the text says about a component: a path to a .wasm file, or the module that jco made, as written. */
export type ComponentReference =
  { readonly type: 'file'; readonly path: string } | { readonly type: 'module'; readonly specifier: string };

/** An instance that the program makes or is given, told apart from all others. */
export interface Instance {
  readonly id: string;
  readonly component: ComponentReference | undefined;
  /** Where it is made: an instantiation or an import; left out if it comes from outside. */
  readonly made: Span | undefined;
  readonly origin: 'call' | 'import' | 'outside';
}

/** What is known of a value. */
export type Value = Readonly<
  /** `hint` is the name or type of the variable that took it first, which may be that of a class. */
  | { type: 'unknown'; id: string; hint?: string }
  | { type: 'nothing' }
  | { type: 'literal'; text: string; isText: boolean }
  /** A component, or what is made on the way to an instance: an `instantiate`, a linker's `pre`. */
  | { type: 'component'; reference: ComponentReference | undefined }
  | { type: 'module'; specifier: string; id: string; made: Span }
  | { type: 'instance' | 'run-interface' | 'run'; instance: Instance }
  /** An index or item that leads to the interface or to its function, looked up in `instance`. */
  | { type: 'export-index'; of: 'interface' | 'run'; instance: Instance | undefined }
  | { type: 'function'; closure: Closure }
  | ClassValue
  /** `of` is its class, if that is in the text. */
  | { type: 'object'; id: string; of: ClassValue | undefined }
  | { type: 'items'; items: readonly Value[] }
  /** One of these, which one is not known. */
  | { type: 'either'; values: readonly Value[] }
>;

/** A class, and the scope that it was declared in. */
export interface ClassValue {
  readonly type: 'class';
  readonly declared: ClassCode;
  readonly scope: Scope;
}

/** A function with the names that it sees, and the object that it is a method of. */
export interface Closure {
  readonly fn: FunctionCode;
  readonly scope: Scope;
  readonly self: Value | undefined;
}

/** Names that are declared in a block or function, and where further ones are looked up. */
export interface Scope {
  readonly id: string;
  readonly names: Set<string>;
  readonly parent: Scope | undefined;
  /** The function that it belongs to; none at the top of the file. */
  readonly fn: FunctionCode | undefined;
  readonly isFunction: boolean;
}

/** A value in a variable or field, and the statement that put it there. */
export interface Cell {
  readonly value: Value;
  readonly bind: BindCode | undefined;
  readonly scope: Scope | undefined;
}

/** The instance that a value is, belongs to or leads to. */
export function instanceOf(value: Value): Instance | undefined {
  switch (value.type) {
    case 'instance':
    case 'run-interface':
    case 'run':
    case 'export-index':
      return value.instance;
    case 'items':
      return value.items.map(instanceOf).find((instance) => instance !== undefined);
    default:
      return undefined;
  }
}

/** The value of a variable that may have either of two values. */
export function eitherOf(a: Value, b: Value): Value {
  const values: Value[] = [];
  for (const value of [a, b].flatMap((one) => (one.type === 'either' ? one.values : [one]))) {
    if (value.type !== 'nothing' && !values.some((other) => sameValue(other, value))) values.push(value);
  }
  const [only] = values;
  if (only === undefined) return { type: 'nothing' };
  return values.length === 1 ? only : { type: 'either', values };
}

/** Whether two values are known to be the same one. */
export function sameValue(a: Value, b: Value): boolean {
  if (a === b) return true;
  if (a.type !== b.type) return false;
  if (a.type === 'literal') return b.type === 'literal' && a.text === b.text;
  if (a.type === 'function')
    return b.type === 'function' && a.closure.fn === b.closure.fn && a.closure.scope === b.closure.scope;
  if ('id' in a && 'id' in b) return a.id === b.id;
  if (a.type === 'instance' || a.type === 'run' || a.type === 'run-interface')
    return instanceOf(a)?.id === instanceOf(b)?.id;
  return a.type === 'nothing';
}

/** Whether a condition on a value holds; undefined if that is not known. */
export function truthOf(value: Value): boolean | undefined {
  if (value.type === 'nothing') return false;
  if (value.type === 'literal')
    return /^[Tt]rue$/.test(value.text) ? true : /^[Ff]alse$/.test(value.text) ? false : undefined;
  return /^(?:instance|run|run-interface|function|object)$/.test(value.type) ? true : undefined;
}
