import type { CallCode, Code } from './code';
import type { ComponentReference, Instance, Value } from './values';

/** A call with what is known of its parts. */
export interface Call {
  readonly code: CallCode;
  /** The last name of what is called: `instantiate` of `Command::instantiate(…)`. */
  readonly name: string | undefined;
  readonly callee: Value;
  /** The object before the dot. */
  readonly receiver: Value | undefined;
  readonly args: readonly Value[];
}

/** What a call does, as far as it matters. */
export type CallEffect = Readonly<
  | { type: 'value'; value: Value }
  /** A new instance, of its own each time. */
  | { type: 'make'; component: ComponentReference | undefined }
  /** A module, which is loaded once for each name; a name that is computed may be a new one each time. */
  | { type: 'load'; specifier: string | undefined }
  /** run is called on this instance. */
  | { type: 'run'; instance: Instance }
  /** Functions among the arguments are called: once, or again and again; with `args` if they are known. */
  | { type: 'invoke'; functions: readonly Value[]; times: 'once' | 'again'; args?: readonly Value[] }
  /** A test, after what is to be done before each. */
  | { type: 'test'; functions: readonly Value[]; times: 'once' | 'again' }
  | { type: 'before-each' | 'suite'; functions: readonly Value[] }
  /** From now on every module is loaded anew. */
  | { type: 'reset-modules' | 'exit' }
>;

/** What the names of one language and its libraries mean. */
export interface Semantics {
  /** The value of a member; undefined if it is nothing special. */
  member(object: Value, key: string): Value | undefined;
  /** What a call does; undefined if it is nothing special. */
  call(call: Call): CallEffect | undefined;
}

/** `wasi:cli/run`, with a version or without, as components name the interface. */
export function isRunInterface(name: string): boolean {
  return /^wasi:cli\/run(?:@[\w.+-]+)?$/.test(name);
}

/** An instance that comes from outside of what the text shows. */
export function outside(id: string): Instance {
  return { id, component: undefined, made: undefined, origin: 'outside' };
}

/** The functions among the arguments of a call. */
export function functionsAmong(args: readonly Value[]): readonly Value[] {
  return args.filter(({ type }) => type === 'function' || type === 'run');
}

/** A chain of names with dots between them; a part that has no name is left out. */
export function written(code: Code): string {
  if (code.op === 'name') return code.name;
  return code.op === 'member' ? `${written(code.object)}.${code.key ?? ''}` : '';
}
