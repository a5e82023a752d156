import { noteNetworkDenied } from './denials';
import { resourceClass } from './io-classes';

type Method = (this: unknown, ...args: readonly never[]) => unknown;

/** Properties of a socket with their values at first, in ns and bytes. None of them may be set to 0. */
const tcpProperties = {
  keepAliveIdleTime: 7_200_000_000_000n,
  keepAliveInterval: 75_000_000_000n,
  keepAliveCount: 9,
  hopLimit: 64,
  receiveBufferSize: 65_536n,
  sendBufferSize: 65_536n,
} as const;

const udpProperties = {
  unicastHopLimit: 64,
  receiveBufferSize: 65_536n,
  sendBufferSize: 65_536n,
} as const;

/**
 * The sockets of WASI 0.2 for a guest that was not granted the network. It can make them and read and set
 * their properties, which has no effect outside; everything that would reach the network answers
 * `access-denied`.
 * @param pollable makes a pollable that is ready
 */
export function deniedSockets2(pollable: () => object): Record<string, object> {
  const Network = resourceClass();
  const refuse = (code: string): never => {
    throw code as unknown as Error;
  };
  const common = {
    subscribe: pollable,
    ...all(['startBind', 'startConnect', 'startListen', 'stream'], () => deny(refuse)),
    ...all(['finishBind', 'finishConnect', 'finishListen'], () => refuse('not-in-progress')),
    ...all(['accept', 'localAddress', 'remoteAddress', 'shutdown'], () => refuse('invalid-state')),
    isListening: () => false,
  };
  const spelling = { family: 'addressFamily', getter: (name: string) => name, refuse };
  const tcp = socketClass(spelling, tcpProperties, common);
  const udp = socketClass(spelling, udpProperties, common);
  return {
    'wasi:sockets/network': { Network, networkErrorCode: () => undefined },
    'wasi:sockets/instance-network': { instanceNetwork: () => new Network() },
    'wasi:sockets/ip-name-lookup': {
      ResolveAddressStream: resourceClass(),
      resolveAddresses: () => deny(refuse),
    },
    'wasi:sockets/tcp': { TcpSocket: tcp },
    'wasi:sockets/tcp-create-socket': { createTcpSocket: (family: string) => new tcp(family) },
    'wasi:sockets/udp': {
      UdpSocket: udp,
      IncomingDatagramStream: resourceClass(),
      OutgoingDatagramStream: resourceClass(),
    },
    'wasi:sockets/udp-create-socket': { createUdpSocket: (family: string) => new udp(family) },
  };
}

/** The same of WASI 0.3, under `wasi3:`. */
export function deniedSockets3(): Record<string, object> {
  const refuse = (code: string): never => {
    throw { tag: code } as unknown as Error;
  };
  const invalid = { tag: 'err', val: { tag: 'invalid-state' } };
  const spelling = {
    family: 'getAddressFamily',
    getter: (name: string) => `get${capitalised(name)}`,
    refuse,
  };
  const addresses = all(['getLocalAddress', 'getRemoteAddress'], () => refuse('invalid-state'));
  // What is an async function in WIT has to fail by a rejection.
  const denied = async () => Promise.resolve().then(() => deny(refuse));
  const unbound = async () => Promise.resolve().then(() => refuse('invalid-state'));
  const tcp = socketClass(spelling, tcpProperties, {
    ...addresses,
    ...all(['bind', 'listen'], () => deny(refuse)),
    connect: denied,
    send: () => Promise.resolve(invalid),
    receive: () => [noBytes(), Promise.resolve(invalid)],
    getIsListening: () => false,
  });
  const udp = socketClass(spelling, udpProperties, {
    ...addresses,
    ...all(['bind', 'connect'], () => deny(refuse)),
    disconnect: () => refuse('invalid-state'),
    send: denied,
    receive: unbound,
  });
  return {
    'wasi3:sockets/types': { TcpSocket: withCreate(tcp), UdpSocket: withCreate(udp) },
    'wasi3:sockets/ip-name-lookup': { resolveAddresses: () => deny(refuse) },
  };
}

function deny(refuse: (code: string) => never): never {
  noteNetworkDenied();
  return refuse('access-denied');
}

/** How one version of WASI names and refuses things. */
interface Spelling {
  readonly family: string;
  readonly getter: (property: string) => string;
  readonly refuse: (code: string) => never;
}

type SocketClass = new (family: string) => object;

function socketClass(
  { family, getter, refuse }: Spelling,
  properties: Readonly<Record<string, number | bigint>>,
  methods: Readonly<Record<string, Method>>,
): SocketClass {
  class DeniedSocket extends resourceClass() {
    readonly values = new Map<string, unknown>(Object.entries(properties));
    readonly family: string;

    constructor(addressFamily: string) {
      super();
      this.family = addressFamily;
    }
  }
  const accessors = Object.keys(properties).flatMap((name): [string, Method][] => [
    [getter(name), valueOf(name)],
    [`set${capitalised(name)}`, setterOf(name, refuse)],
  ]);
  Object.assign(DeniedSocket.prototype, methods, Object.fromEntries(accessors), {
    [family](this: DeniedSocket) {
      return this.family;
    },
    [getter('keepAliveEnabled')](this: DeniedSocket) {
      return this.values.get('keepAliveEnabled') === true;
    },
    setKeepAliveEnabled(this: DeniedSocket, value: boolean) {
      this.values.set('keepAliveEnabled', value);
    },
    setListenBacklogSize: setterOf('listenBacklogSize', refuse),
  });
  return DeniedSocket;
}

function valueOf(name: string): Method {
  return function (this: unknown) {
    return (this as { values: Map<string, unknown> }).values.get(name);
  };
}

function setterOf(name: string, refuse: (code: string) => never): Method {
  return function (this: unknown, value: number | bigint) {
    if (Number(value) === 0) refuse('invalid-argument');
    (this as { values: Map<string, unknown> }).values.set(name, value);
  };
}

function withCreate(type: SocketClass): SocketClass {
  return Object.assign(type, { create: (family: string) => new type(family) });
}

function all(names: readonly string[], method: Method): Record<string, Method> {
  return Object.fromEntries(names.map((name) => [name, method]));
}

function capitalised(name: string): string {
  return `${name.slice(0, 1).toUpperCase()}${name.slice(1)}`;
}

/** A stream that is at its end. */
function noBytes(): AsyncIterable<Uint8Array> {
  return {
    [Symbol.asyncIterator]: () => ({ next: () => Promise.resolve({ done: true, value: undefined }) }),
  };
}
