import { resourceClass } from './io-classes';

/**
 * Interfaces of WASI of which nothing was granted. The guest sees what WASI has for that: no preopened directory, and `access-denied`
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
};

function deniedSockets(): Record<string, object> {
  const Network = resourceClass();
  const deny = () => {
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
