import { filesystem } from '@bytecodealliance/preview3-shim';
import type { WireDirectory } from '../../engine/wire';
import { readOnlyMethods, tellDenials, type AnyDescriptor } from './read-only';

/** wasi:filesystem 0.3 with the granted directories. */
export function directories3(dirs: readonly WireDirectory[]): Record<string, object> {
  // As for 0.2, the class is patched in place.
  const { Descriptor } = filesystem.types as unknown as { Descriptor: { prototype: AnyDescriptor } };
  const refuse = (code: string): never => {
    throw Object.assign(new Error(code), { payload: { tag: code } });
  };
  tellDenials(Descriptor.prototype, refuse);
  const readOnly = readOnlyMethods(Descriptor.prototype, refuse);
  // The package's types are those of its build for browsers.
  const setPreopens = filesystem._setPreopens as unknown as (hosts: Readonly<Record<string, string>>) => void;
  setPreopens(Object.fromEntries(dirs.map(({ host, guest }) => [guest, host])));
  const entries = filesystem.preopens.getDirectories() as unknown as [object, string][];
  for (const [descriptor, guest] of entries) {
    if (dirs.some((dir) => dir.guest === guest && dir.readOnly)) readOnly.add(descriptor);
  }
  return {
    'wasi3:filesystem/preopens': { getDirectories: () => [...entries] },
    'wasi3:filesystem/types': filesystem.types,
  };
}
