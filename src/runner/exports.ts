import { lowerCamelCase, upperCamelCase } from '../component/js-names';
import { functionName } from '../component/wave/export-lookup';
import type { WireRef } from '../engine/wire';

/** A function of the guest, ready to be called with values in jco's JS representation. */
export type GuestFunction = (...args: readonly unknown[]) => unknown;

/**
 * Finds an export in what jco's `instantiate` returned. Methods take their resource as the first argument,
 * constructors give the new resource. Throws an Error that names the export if there is none.
 */
export function findExport(exports: Readonly<Record<string, unknown>>, ref: WireRef): GuestFunction {
  const home = ref.interface === undefined ? exports : interfaceOf(exports, ref.interface);
  const name = functionName(ref.func);
  switch (name.kind) {
    case 'function':
      return asFunction(member(home, lowerCamelCase(name.name)), ref, home);
    case 'constructor': {
      const type = member(home, upperCamelCase(name.resource));
      return (...args) => Reflect.construct(asFunction(type, ref, undefined, false), args) as unknown;
    }
    case 'static': {
      const type = member(home, upperCamelCase(name.resource));
      return asFunction(member(type, lowerCamelCase(name.name)), ref, type);
    }
    case 'method':
      return (self, ...args) => asFunction(member(self, lowerCamelCase(name.name)), ref, self)(...args);
  }
}

/**
 * jco's glue has interfaces with a package under their whole names, those that the world defines itself under
 * JavaScript names.
 */
function interfaceOf(exports: Readonly<Record<string, unknown>>, name: string): unknown {
  return name.includes(':') ? exports[name] : exports[lowerCamelCase(name)];
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
  const callable = (bound ? value.bind(self) : value) as GuestFunction;
  return bound && Reflect.get(value, Symbol.toStringTag) === 'AsyncFunction'
    ? (...args) => begun(callable(...args))
    : callable;
}

/**
 * The call of an async function, as a promise. jco begins the call of one that returns a future only when
 * what it gives is waited for, and that is no promise. It resolves to the future, which is not waited for
 * itself: jco hides that it could be while it hands it over.
 */
function begun(given: unknown): unknown {
  if (given instanceof Promise || typeof given !== 'object' || given === null || !('then' in given))
    return given;
  const { then } = given;
  if (typeof then !== 'function') return given;
  return new Promise((resolve, reject) => {
    then.call(given, resolve, reject);
  });
}
