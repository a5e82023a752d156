/** A shim's descriptor class, as far as it is patched: functions by name. */
export type AnyDescriptor = Record<string, ((...args: readonly unknown[]) => unknown) | undefined>;

/** What changes something, whatever the arguments. */
const writing = [
  'appendViaStream',
  'createDirectoryAt',
  'removeDirectoryAt',
  'renameAt',
  'linkAt',
  'setSize',
  'setTimes',
  'setTimesAt',
  'symlinkAt',
  'unlinkFileAt',
  'write',
  'writeViaStream',
];

/**
 * Teaches a descriptor class that some descriptors are for reading only: what would change something is
 * refused, and what is opened from one of them is for reading only too. Gives the set of those descriptors;
 * `refuse` throws the way the class does.
 */
export function readOnlyMethods(
  prototype: AnyDescriptor,
  refuse: (code: 'read-only') => never,
): WeakSet<object> {
  const readOnly = new WeakSet();
  const isReadOnly = (value: unknown) => typeof value === 'object' && value !== null && readOnly.has(value);
  for (const name of writing) {
    const original = prototype[name];
    prototype[name] = function (this: unknown, ...args) {
      // The second path of a rename or a link is in a directory of its own.
      if (isReadOnly(this) || args.some(isReadOnly)) refuse('read-only');
      return original?.call(this, ...args);
    };
  }
  const open = prototype.openAt;
  prototype.openAt = function (this: unknown, ...args) {
    const [, , openFlags, flags] = args;
    const limited = isReadOnly(this);
    if (limited && (sets(openFlags, 'create', 'truncate') || sets(flags, 'write', 'mutateDirectory'))) {
      refuse('read-only');
    }
    const opened = open?.call(this, ...args);
    if (!limited) return opened;
    if (opened instanceof Promise) return opened.then((descriptor) => remember(readOnly, descriptor));
    return remember(readOnly, opened);
  };
  return readOnly;
}

/**
 * Lets a descriptor class answer as WASI says where Node's permission model is in the way, in place of a
 * trap.
 */
export function tellDenials(prototype: AnyDescriptor, refuse: (code: 'not-permitted') => never): void {
  const told = (error: unknown): never => {
    if (error instanceof Error && 'code' in error && error.code === 'ERR_ACCESS_DENIED')
      refuse('not-permitted');
    throw error;
  };
  for (const name of Object.getOwnPropertyNames(prototype)) {
    const original = prototype[name];
    if (typeof original !== 'function' || name === 'constructor') continue;
    prototype[name] = function (this: unknown, ...args) {
      try {
        const result = original.call(this, ...args);
        return result instanceof Promise ? result.catch(told) : result;
      } catch (error) {
        return told(error);
      }
    };
  }
}

function remember(readOnly: WeakSet<object>, descriptor: unknown): unknown {
  if (typeof descriptor === 'object' && descriptor !== null) readOnly.add(descriptor);
  return descriptor;
}

function sets(flags: unknown, ...names: readonly string[]): boolean {
  return (
    typeof flags === 'object' && flags !== null && names.some((name) => Reflect.get(flags, name) === true)
  );
}
