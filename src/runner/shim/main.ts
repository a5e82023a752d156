// The bundle beside the runner for guests that are granted directories or the network: the WASI shims, with
// only what was granted.
import * as p2 from '@bytecodealliance/preview2-shim';
import * as p3 from '@bytecodealliance/preview3-shim';
import type { WireGrants } from '../../engine/wire';
import type { Granted } from '../wasi/granted';
import { noteNetworkDenied } from '../wasi/denials';
import { directories2 } from './directories';
import { directories3 } from './directories3';

/** Makes the interfaces of a runner's grants. Called once in a process: the shims keep state of their own. */
export function grant(grants: WireGrants): Granted {
  const { streams, poll, error } = p2.io;
  return {
    classes: {
      InputStream: streams.InputStream as unknown as new () => object,
      OutputStream: streams.OutputStream as unknown as new () => object,
      Pollable: poll.Pollable as unknown as new () => object,
      IoError: error.Error as unknown as new (payload: unknown) => object,
    },
    interfaces: {
      ...directories2(grants.dirs),
      ...directories3(grants.dirs),
      ...http(grants.network),
      ...(grants.network ? sockets() : {}),
    },
    poll: (pollables, timeoutNs) => {
      const timeout = timeoutNs === undefined ? [] : [p2.clocks.monotonicClock.subscribeDuration(timeoutNs)];
      const ready = poll.poll([...(pollables as never[]), ...(timeout as never[])]);
      return [...ready].filter((index) => index < pollables.length);
    },
  };
}

function sockets(): Record<string, object> {
  const { instanceNetwork, network, ipNameLookup, tcp, tcpCreateSocket, udp, udpCreateSocket } = p2.sockets;
  return {
    'wasi:sockets/instance-network': instanceNetwork,
    'wasi:sockets/network': network,
    'wasi:sockets/ip-name-lookup': ipNameLookup,
    'wasi:sockets/tcp': tcp,
    'wasi:sockets/tcp-create-socket': tcpCreateSocket,
    'wasi:sockets/udp': udp,
    'wasi:sockets/udp-create-socket': udpCreateSocket,
    'wasi3:sockets/types': p3.sockets.types,
    'wasi3:sockets/ip-name-lookup': p3.sockets.ipNameLookup,
  };
}

/** HTTP's types are there in any case, since guests make requests before they learn that they may not send them. */
function http(allowed: boolean): Record<string, object> {
  const denial = { tag: 'HTTP-request-denied' };
  const denied = () => {
    noteNetworkDenied();
    throw denial as unknown as Error;
  };
  // A guest of 0.3 also waits for the future that tells whether its request was sent.
  const denied3 = (request: { _resolve(result: unknown): void }) => {
    request._resolve({ tag: 'err', val: denial });
    return denied();
  };
  return {
    'wasi:http/types': p2.http.types,
    'wasi:http/outgoing-handler': allowed ? p2.http.outgoingHandler : { handle: denied },
    'wasi:http/incoming-handler': p2.http.incomingHandler,
    'wasi3:http/types': p3.http.types,
    'wasi3:http/client': allowed ? p3.http.client : { send: denied3 },
    'wasi3:http/handler': p3.http.handler,
  };
}
