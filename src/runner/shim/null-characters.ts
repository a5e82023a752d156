import type { AnyDescriptor } from './read-only';

/** Refuses paths with null characters, for which Node throws. `refuse` throws the way the class does. */
export function refuseNullCharacters(prototype: AnyDescriptor, refuse: (code: 'invalid') => never): void {
  for (const name of Object.getOwnPropertyNames(prototype)) {
    const original = prototype[name];
    if (!name.endsWith('At') || typeof original !== 'function') continue;
    prototype[name] = function (this: unknown, ...args) {
      if (args.some((arg) => typeof arg === 'string' && arg.includes('\0'))) refuse('invalid');
      return original.call(this, ...args);
    };
  }
}
