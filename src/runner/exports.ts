import type { WireRef } from '../engine/wire';

/** A function of the guest, ready to be called with values in jco's JS representation. */
export type GuestFunction = (...args: readonly unknown[]) => unknown;

/**
 * Finds an export in what jco's `instantiate` returned. Methods take their resource as the first argument,
 * constructors give the new resource. Throws an Error that names the export if there is none.
 */
export function findExport(exports: Readonly<Record<string, unknown>>, ref: WireRef): GuestFunction {
  const home = ref.interface === undefined ? exports : exports[ref.interface];
  const kind = /^\[(constructor|method|static)\]([^.]+)(?:\.(.+))?$/.exec(ref.func);
  if (kind === null) return asFunction(member(home, camel(ref.func)), ref, home);
  const [, what, resource = '', name = ''] = kind;
  const type = member(home, pascal(resource));
  switch (what) {
    case 'constructor':
      return (...args) => Reflect.construct(asFunction(type, ref, undefined, false), args) as unknown;
    case 'static':
      return asFunction(member(type, camel(name)), ref, type);
    default:
      return (self, ...args) => asFunction(member(self, camel(name)), ref, self)(...args);
  }
}

function member(home: unknown, name: string): unknown {
  return (typeof home === 'object' && home !== null) || typeof home === 'function'
    ? Reflect.get(home, name)
    : undefined;
}

function asFunction(value: unknown, ref: WireRef, self: unknown, bound = true): GuestFunction {
  if (typeof value !== 'function') {
    throw new Error(
      `The component has no export ${ref.interface === undefined ? '' : `${ref.interface}#`}${ref.func}.`,
    );
  }
  // Everything callable that jco's glue exports takes and gives plain values.
  return (bound ? value.bind(self) : value) as GuestFunction;
}

/** A WIT name as jco writes it: `get-arguments` is `getArguments`. */
function camel(name: string): string {
  const [first = '', ...rest] = name.split('-');
  return first.toLowerCase() + rest.map(capitalise).join('');
}

function pascal(name: string): string {
  return name.split('-').map(capitalise).join('');
}

function capitalise(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1).toLowerCase();
}
