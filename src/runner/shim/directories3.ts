import { realpathSync } from 'node:fs';
import { filesystem } from '@bytecodealliance/preview3-shim';
import type { WireDirectory } from '../../engine/wire';
import { confine, type Place } from './confine';
import { refuseNullCharacters } from './null-characters';
import { readOnlyMethods, tellDenials, type AnyDescriptor } from './read-only';

/** wasi:filesystem 0.3 with the granted directories. */
export function directories3(dirs: readonly WireDirectory[]): Record<string, object> {
  // As for 0.2, the class is patched in place.
  const { Descriptor } = filesystem.types as unknown as { Descriptor: { prototype: AnyDescriptor } };
  tellDenials(Descriptor.prototype, refuse);
  refuseNullCharacters(Descriptor.prototype, refuse);
  const places = confineMethods(Descriptor.prototype);
  const readOnly = readOnlyMethods(Descriptor.prototype, refuse);
  Descriptor.prototype.advise = advise;
  rejectRatherThanThrow(Descriptor.prototype);
  // The package's types are those of its build for browsers.
  const setPreopens = filesystem._setPreopens as unknown as (hosts: Readonly<Record<string, string>>) => void;
  setPreopens(Object.fromEntries(dirs.map(({ host, guest }) => [guest, host])));
  const entries = filesystem.preopens.getDirectories() as unknown as [object, string][];
  for (const [descriptor, guest] of entries) {
    const grant = dirs.find((dir) => dir.guest === guest);
    if (grant === undefined) continue;
    places.set(descriptor, { root: rootOf(grant.host), names: [] });
    if (grant.readOnly) readOnly.add(descriptor);
  }
  return {
    'wasi3:filesystem/preopens': { getDirectories: () => [...entries] },
    'wasi3:filesystem/types': filesystem.types,
  };
}

/** Advice may be ignored, and the shim needs a native addon to give it. Directories take none. */
async function advise(this: unknown): Promise<void> {
  const { tag } = (await (this as AnyDescriptor).getType?.()) as { readonly tag: string };
  if (tag === 'directory') refuse('bad-descriptor');
}

function refuse(code: string): never {
  throw Object.assign(new Error(code), { payload: { tag: code } });
}

/**
 * Which paths a function takes: the positions of each path, of the descriptor that it is of (the function's
 * own if there is none), and of its flags.
 */
interface PathArgument {
  readonly path: number;
  readonly descriptor?: number;
  readonly flags?: number;
}

const pathsOf: Readonly<Record<string, readonly PathArgument[]>> = {
  createDirectoryAt: [{ path: 0 }],
  statAt: [{ path: 1, flags: 0 }],
  setTimesAt: [{ path: 1, flags: 0 }],
  linkAt: [
    { path: 1, flags: 0 },
    { path: 3, descriptor: 2 },
  ],
  openAt: [{ path: 1, flags: 0 }],
  readlinkAt: [{ path: 0 }],
  removeDirectoryAt: [{ path: 0 }],
  renameAt: [{ path: 0 }, { path: 2, descriptor: 1 }],
  symlinkAt: [{ path: 1 }],
  unlinkFileAt: [{ path: 0 }],
  metadataHashAt: [{ path: 1, flags: 0 }],
};

/**
 * Holds a descriptor class to the grants. The shim looks at each link of a path, but not at where a link
 * behind that leads. Gives the places of the descriptors, to which the granted directories have to be added.
 */
function confineMethods(prototype: AnyDescriptor): WeakMap<object, Place> {
  const places = new WeakMap<object, Place>();
  const reach = (
    owner: unknown,
    { path, descriptor, flags }: PathArgument,
    args: readonly unknown[],
  ): Place => {
    const from = descriptor === undefined ? owner : args[descriptor];
    const place = typeof from === 'object' && from !== null ? places.get(from) : undefined;
    const text = args[path];
    if (place === undefined || typeof text !== 'string') return refuse('bad-descriptor');
    const follow = (flags !== undefined && follows(args[flags])) || text.endsWith('/');
    return confine(place, text, follow, refuse);
  };
  for (const [name, paths] of Object.entries(pathsOf)) {
    const original = prototype[name];
    prototype[name] = async function (this: unknown, ...args) {
      const reached = paths.map((path) => reach(this, path, args));
      const [first] = reached;
      const [target] = args;
      if (name === 'symlinkAt' && first !== undefined && typeof target === 'string') {
        confine({ root: first.root, names: first.names.slice(0, -1) }, target, true, refuse);
      }
      const result: unknown = await original?.call(this, ...args);
      if (name === 'openAt' && first !== undefined && typeof result === 'object' && result !== null) {
        places.set(result, first);
      }
      return result;
    };
  }
  return places;
}

/** The functions of 0.3 are asynchronous: what refuses in them has to come as a rejection. */
function rejectRatherThanThrow(prototype: AnyDescriptor): void {
  for (const name of Object.getOwnPropertyNames(prototype)) {
    const original = prototype[name];
    if (name === 'constructor' || name === 'readDirectory' || name === 'readViaStream') continue;
    if (typeof original !== 'function') continue;
    prototype[name] = async function (this: unknown, ...args) {
      return await original.call(this, ...args);
    };
  }
}

function follows(flags: unknown): boolean {
  return typeof flags === 'object' && flags !== null && Reflect.get(flags, 'symlinkFollow') === true;
}

function rootOf(host: string): string {
  try {
    return realpathSync(host);
  } catch {
    // It is not there; then nothing in it can be reached either.
    return host;
  }
}
