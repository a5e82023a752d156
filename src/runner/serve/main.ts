// The isolated process that serves HTTP requests: takes them from the front over a socket of its own, and answers them on instances as
// the front says.
import { rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { holdLease } from '../../base/parent-watchdog';
import { isWasi03 } from '../../component/wasi';
import { frameKind, wireFds } from '../../engine/wire';
import { encodeValue } from '../../engine/wire-values';
import { hopHeaders, type ServeCommand, type ServeReport } from '../../engine/wire-serve';
import { loadComponent } from '../component';
import { endRunner, watchModuleEnds } from '../module-ends';
import { loadModules } from '../modules';
import { nextCommand, writeFrame } from '../pipes';
import { Exchange } from './exchange';
import { fromRaw } from './fields';
import { serveHost } from './host';
import { Instances, notStarted } from './instances';

/** How much of a guest's stack a backtrace shows. */
const stackDepth = 64;

/** The longest head of a request on this hop, in bytes: what the front accepts, and what it adds. */
const longestHeadBytes = 131_072;

function send(report: ServeReport): void {
  writeFrame(frameKind.report, encodeValue(report));
}

async function main(): Promise<void> {
  // Ctrl+C in a terminal reaches every process in it, and so do signals to a group; what they mean is the front's decision.
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => undefined);
  Error.stackTraceLimit = stackDepth;
  let instances: Instances | undefined;
  let folder: string | undefined;
  for (;;) {
    const command = await nextCommand<ServeCommand>();
    if (command === null) {
      if (folder !== undefined) removeFolder(folder);
      return;
    }
    switch (command.type) {
      case 'serve':
        // The folder of the socket is the front's, which may be killed. A named pipe of Windows has none.
        folder = process.platform === 'win32' ? undefined : dirname(command.path);
        holdLease(wireFds.lease, folder);
        instances = await start(command);
        break;
      case 'retire':
        instances?.retire(command.instance);
        break;
      case 'abort':
        void instances?.abort(command.instance, command.request);
        break;
      case 'forget':
        instances?.forget(command.request);
        break;
      case 'ping':
        send({ type: 'pong', id: command.id });
        break;
    }
  }
}

async function start(command: Extract<ServeCommand, { type: 'serve' }>): Promise<Instances | undefined> {
  const { start: how, handler, path } = command;
  if (!('Suspending' in WebAssembly)) {
    const { node } = process.versions;
    send({ type: 'not-started', failure: { code: 'no-promise-integration', node, serves: true } });
    return undefined;
  }
  try {
    const component = loadComponent(how.artifact, how);
    watchModuleEnds(how.modules);
    const modules = await loadModules(how.modules);
    const host = serveHost(how, modules);
    const instances = new Instances({
      component,
      host,
      handler,
      isWasi03: isWasi03(handler),
      report: send,
    });
    await instances.prepare();
    await listen(path, (message, response) => {
      take(message, response, instances, () => host.http2.cutOff('HTTP-protocol-error'));
    });
    send({ type: 'listening' });
    return instances;
  } catch (error) {
    send(notStarted(error));
    return undefined;
  }
}

function listen(
  path: string,
  take: (message: IncomingMessage, response: ServerResponse) => void,
): Promise<void> {
  // The front looks after the clients' time; between it and this process there is none to be lost.
  const server = createServer(
    {
      maxHeaderSize: longestHeadBytes,
      requestTimeout: 0,
      headersTimeout: 0,
      keepAliveTimeout: 0,
      requireHostHeader: false,
    },
    take,
  );
  server.maxHeadersCount = 0;
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(path, () => {
      server.off('error', reject);
      resolve();
    });
  });
}

/** Takes the two headers of the hop off a request, and has it answered. */
function take(
  message: IncomingMessage,
  response: ServerResponse,
  instances: Instances,
  cutOff: () => unknown,
): void {
  const [name, numbers = '', authorityName, authority = '', ...own] = message.rawHeaders;
  const [request = '', instance = '', last] = numbers.split(' ');
  if (name !== hopHeaders.request || authorityName !== hopHeaders.authority) {
    response.writeHead(400).end();
    return;
  }
  const head = { id: Number(request), authority, fields: fromRaw(own) };
  const exchange = new Exchange(head, message, response, cutOff);
  void instances.serve(exchange, Number(instance), last === 'last');
}

/** Removes a folder that other runners of the same front remove at the same time. */
function removeFolder(folder: string): void {
  for (let times = 0; times < 10; times++) {
    try {
      rmSync(folder, { recursive: true, force: true });
      return;
    } catch {
      // Another one was quicker with a file of it.
    }
  }
}

void main().finally(endRunner);
