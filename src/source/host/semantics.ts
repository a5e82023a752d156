import type { CallCode, ClassCode, FunctionCode } from './code';
import type { ComponentReference, Instance, Value } from './values';

/** What a call does, as far as it matters. */
export type CallEffect =
  | { readonly type: 'value'; readonly value: Value }
  /** A new instance, of its own each time. */
  | { readonly type: 'make'; readonly component: ComponentReference | undefined }
  /** run is called on this instance. */
  | { readonly type: 'run'; readonly instance: Instance }
  /** Functions among the arguments are called: once, or again and again; with `args` if they are known. */
  | {
      readonly type: 'invoke';
      readonly functions: readonly Value[];
      readonly times: 'once' | 'again';
      readonly args?: readonly Value[];
    }
  /** A test, after what was asked for before each. */
  | { readonly type: 'test'; readonly functions: readonly Value[]; readonly times: 'once' | 'again' }
  | { readonly type: 'before-each'; readonly functions: readonly Value[] }
  | { readonly type: 'suite'; readonly functions: readonly Value[] }
  /** From now on every module is loaded anew. */
  | { readonly type: 'reset-modules' }
  | { readonly type: 'exit' };

/** What the names of one language and its libraries mean. */
export interface Semantics {
  /** The value of a member; undefined if it is nothing special. */
  member(object: Value, key: string, modulesEpoch: number): Value | undefined;
  /** What a call does; undefined if it is nothing special. `receiver` is the object before the dot. */
  call(
    code: CallCode,
    callee: Value,
    receiver: Value | undefined,
    args: readonly Value[],
    modulesEpoch: number,
  ): CallEffect | undefined;
  /** The orders in which methods of a class are called on one object from outside. */
  entries(declared: ClassCode): readonly (readonly FunctionCode[])[];
}

/** `wasi:cli/run`, with a version or without, as components name the interface. */
export function isRunInterface(name: string): boolean {
  return /^wasi:cli\/run(?:@[\w.+-]+)?$/.test(name);
}

/** `wasi:cli/run@…#run`, as core wasm names the function. */
export function isRunFunction(name: string): boolean {
  return /^wasi:cli\/run(?:@[\w.+-]+)?#run$/.test(name);
}

/** An instance that comes from outside of what the text shows. */
export function outside(id: string): Instance {
  return { id, component: undefined, made: undefined, origin: 'outside' };
}

/** The component that the arguments of a call lead to: a component, or the path of a .wasm file. */
export function componentAmong(values: readonly Value[]): ComponentReference | undefined {
  for (const value of values) {
    if (value.type === 'component' && value.reference !== undefined) return value.reference;
    if (value.type === 'literal' && value.isText && value.text.endsWith('.wasm'))
      return { type: 'file', path: value.text };
  }
  return undefined;
}

/** The last name of what is called: `instantiate` of `Command::instantiate(…)`. */
export function calledName(code: CallCode): string | undefined {
  if (code.callee.op === 'name') return code.callee.name;
  return code.callee.op === 'member' ? code.callee.key : undefined;
}
