import * as filesystem from '@bytecodealliance/preview2-shim/filesystem';
import type { WireDirectory } from '../../engine/wire';
import { mendFileTimes } from './file-times';
import { refuseNullCharacters } from './null-characters';
import { readOnlyMethods, tellDenials, type AnyDescriptor } from './read-only';

// The package's types are those of its build for browsers.
const createPreopen = filesystem._createPreopenDescriptor as unknown as (host: string) => object;

const follow = { symlinkFollow: true } as const;

/** wasi:filesystem 0.2 with the granted directories. */
export function directories2(dirs: readonly WireDirectory[]): Record<string, object> {
  // The shim's class has no public constructor; its methods are patched in place, for this process has one
  // set of grants for its whole life.
  const { Descriptor } = filesystem.types as unknown as { Descriptor: { prototype: AnyDescriptor } };
  const refuse = (code: string): never => {
    throw code as unknown as Error;
  };
  mendFileTimes(Descriptor.prototype);
  tellDenials(Descriptor.prototype, refuse);
  refuseNullCharacters(Descriptor.prototype, refuse);
  const readOnly = readOnlyMethods(Descriptor.prototype, refuse);
  const preopened = new WeakSet();
  const entries = dirs.map(({ host, guest, readOnly: forReading }) => {
    const descriptor = createPreopen(host);
    preopened.add(descriptor);
    if (forReading) readOnly.add(descriptor);
    return [descriptor, guest];
  });
  const { getType, stat, statAt } = Descriptor.prototype;
  Object.assign(Descriptor.prototype, {
    // The shim does not know what a preopened directory itself is.
    stat(this: object) {
      return preopened.has(this) ? statAt?.call(this, follow, '.') : stat?.call(this);
    },
    // Advice may be ignored, and the shim needs a native addon to give it. Directories take none.
    advise(this: object) {
      return getType?.call(this) === 'directory' ? refuse('bad-descriptor') : undefined;
    },
  });
  return {
    'wasi:filesystem/preopens': { getDirectories: () => [...entries] },
    'wasi:filesystem/types': filesystem.types,
  };
}
