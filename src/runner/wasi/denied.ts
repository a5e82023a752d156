import { deniedSockets2, deniedSockets3 } from './denied-sockets';
import { resourceClass } from './io-classes';

/**
 * Interfaces of WASI of which nothing was granted, those of 0.3 under `wasi3:`. The guest gets WASI's own
 * answers: no preopened directory, sockets that reach nothing, and `access-denied` for names.
 * @param pollable makes a pollable that is ready
 */
export function deniedInterfaces(pollable: () => object): Readonly<Record<string, object>> {
  return {
    'wasi:filesystem/preopens': { getDirectories: () => [] },
    'wasi:filesystem/types': {
      Descriptor: resourceClass(),
      DirectoryEntryStream: resourceClass(),
      filesystemErrorCode: () => undefined,
    },
    ...deniedSockets2(pollable),
    'wasi3:filesystem/preopens': { getDirectories: () => [] },
    'wasi3:filesystem/types': { Descriptor: resourceClass() },
    ...deniedSockets3(),
  };
}
