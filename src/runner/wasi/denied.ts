import { noteNetworkDenied } from './denials';
import { resourceClass } from './io-classes';

/**
 * Interfaces of WASI of which nothing was granted, those of 0.3 under `wasi3:`. The guest sees what WASI has for that: no preopened directory, and `access-denied`
 * where it asks for a socket or a name.
 */
export const deniedInterfaces: Readonly<Record<string, object>> = {
  'wasi:filesystem/preopens': { getDirectories: () => [] },
  'wasi:filesystem/types': {
    Descriptor: resourceClass(),
    DirectoryEntryStream: resourceClass(),
    filesystemErrorCode: () => undefined,
  },
  ...deniedSockets(),
  'wasi3:filesystem/preopens': { getDirectories: () => [] },
  'wasi3:filesystem/types': { Descriptor: resourceClass() },
  'wasi3:sockets/types': { TcpSocket: deniedSocket3(), UdpSocket: deniedSocket3() },
  'wasi3:sockets/ip-name-lookup': { resolveAddresses: deny3 },
};

function deniedSockets(): Record<string, object> {
  const Network = resourceClass();
  const deny = () => {
    noteNetworkDenied();
    throw 'access-denied' as unknown as Error;
  };
  return {
    'wasi:sockets/network': { Network, networkErrorCode: () => undefined },
    'wasi:sockets/instance-network': { instanceNetwork: () => new Network() },
    'wasi:sockets/ip-name-lookup': {
      ResolveAddressStream: resourceClass(),
      resolveAddresses: deny,
    },
    'wasi:sockets/tcp': { TcpSocket: resourceClass() },
    'wasi:sockets/tcp-create-socket': { createTcpSocket: deny },
    'wasi:sockets/udp': {
      UdpSocket: resourceClass(),
      IncomingDatagramStream: resourceClass(),
      OutgoingDatagramStream: resourceClass(),
    },
    'wasi:sockets/udp-create-socket': { createUdpSocket: deny },
  };
}

/** The class of a socket of 0.3, of which the guest never gets one. */
function deniedSocket3(): new () => object {
  return Object.assign(resourceClass(), { create: deny3 });
}

function deny3(): never {
  noteNetworkDenied();
  throw { tag: 'access-denied' } as unknown as Error;
}
