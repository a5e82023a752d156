import type { ClientRequest, IncomingMessage, ServerResponse } from 'node:http';
import { monotonicMs } from '../base/clock';
import { flushHead } from '../base/flush-head';
import { hopHeaders } from '../engine/wire-serve';
import { passedOn, targetOf, trailerPairs } from './message-head';
import type { Served, ServingRunner } from './serving-runner';

/** How long the end of an answer waits for the runner's report, in ms. A handler may compute on after its answer. */
const reportMs = 20;

/** Where a request goes. */
export interface ForwardTarget {
  readonly runner: ServingRunner;
  readonly request: number;
  readonly instance: number;
  readonly only: boolean;
}

/** How the way of a request to a runner and back ended. */
export interface Forwarded {
  /**
   * `answered`: the client has the guest's answer, whole or cut off; `failed`: there is none, and the client waits; `client-gone`: the
   * client has left.
   */
  readonly how: 'answered' | 'failed' | 'client-gone';
  /** What the runner says of it; undefined if the runner ended. */
  readonly served: Served | undefined;
  /** Whether the answer was passed on to its end. */
  readonly whole: boolean;
}

/** A request on its way. The client is read and written only as fast as the guest takes and gives. */
export class Forward {
  readonly client: IncomingMessage;
  readonly response: ServerResponse;
  readonly #target: ForwardTarget;
  readonly #upstream: ClientRequest;
  readonly #served: Promise<Served | undefined>;
  #progressAt = monotonicMs();
  #clientAt = monotonicMs();
  #responseBytes = 0;
  #requestBytes = 0;
  #gone = false;
  #lost = false;
  readonly done: Promise<Forwarded>;

  constructor(client: IncomingMessage, response: ServerResponse, target: ForwardTarget) {
    this.client = client;
    this.response = response;
    this.#target = target;
    const { path, authority } = targetOf(client.url ?? '/', client.headers.host);
    const chunked = client.headers['transfer-encoding'] !== undefined;
    const hasBody = chunked || (client.headers['content-length'] ?? '0') !== '0';
    this.#upstream = target.runner.open({
      ...target,
      method: client.method ?? 'GET',
      path,
      authority,
      headers: [
        ...passedOn(client.rawHeaders, 'host', 'expect'),
        ...(chunked ? ['transfer-encoding', 'chunked'] : []),
      ],
    });
    this.#served = target.runner.served(target.request);
    this.done = this.#run();
    if (hasBody) this.#sendBody();
    else this.#upstream.end();
  }

  get target(): ForwardTarget {
    return this.#target;
  }

  /** Bytes of the bodies so far. */
  get bytes(): { readonly request: number; readonly response: number } {
    return { request: this.#requestBytes, response: this.#responseBytes };
  }

  /** For how long the guest has owed something, in ms: 0 while it is the client that is waited for. */
  guestWaitMs(now: number): number {
    const clientSlow = this.response.writableNeedDrain || this.#waitsForClient;
    if (clientSlow) this.#progressAt = now;
    return now - this.#progressAt;
  }

  /** For how long nothing has come of a body that is waited for, in ms. */
  clientWaitMs(now: number): number {
    return this.#waitsForClient ? now - this.#clientAt : 0;
  }

  get #waitsForClient(): boolean {
    return !this.client.complete && !this.#upstream.writableEnded && !this.#upstream.writableNeedDrain;
  }

  async #run(): Promise<Forwarded> {
    const { runner, request } = this.#target;
    const ended = await new Promise<Omit<Forwarded, 'served'>>((resolve) => {
      this.#listen(resolve);
    });
    // It may have been lost before the runner knew of it.
    if (ended.how === 'client-gone' || this.#lost) runner.forget(request);
    return { ...ended, served: await this.#served };
  }

  #listen(resolve: (ended: Omit<Forwarded, 'served'>) => void): void {
    const { response } = this;
    const upstream = this.#upstream;
    response.on('close', () => {
      if (response.writableFinished) return;
      this.#gone = true;
      upstream.destroy();
      resolve({ how: 'client-gone', whole: false });
    });
    upstream.on('response', (answer) => {
      this.#progressAt = monotonicMs();
      if (answer.headers[hopHeaders.failed] !== undefined) {
        answer.resume();
        resolve({ how: 'failed', whole: false });
      } else this.#passOn(answer, resolve);
    });
    upstream.on('error', () => {
      this.#lost = true;
      if (!this.#gone) resolve({ how: response.headersSent ? 'answered' : 'failed', whole: false });
    });
  }

  /** A client that has its whole answer may ask again at once: its instance is to be free then. */
  async #reported(): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    const patience = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, reportMs);
    });
    await Promise.race([this.#served, patience]);
    clearTimeout(timer);
  }

  #sendBody(): void {
    const upstream = this.#upstream;
    this.client.on('data', (chunk: Buffer) => {
      this.#requestBytes += chunk.length;
      this.#clientAt = this.#progressAt = monotonicMs();
    });
    this.client.on('end', () => {
      const trailers = trailerPairs(this.client.rawTrailers);
      if (trailers.length > 0) upstream.addTrailers(trailers);
      upstream.end();
    });
    this.client.pipe(upstream, { end: false });
  }

  #passOn(answer: IncomingMessage, resolve: (ended: Omit<Forwarded, 'served'>) => void): void {
    const { response } = this;
    response.writeHead(answer.statusCode ?? 500, passedOn(answer.rawHeaders));
    setImmediate(() => {
      if (this.#responseBytes === 0 && !response.writableEnded) flushHead(response);
    });
    answer.on('data', (chunk: Buffer) => {
      this.#responseBytes += chunk.length;
      this.#progressAt = monotonicMs();
    });
    answer.pipe(response, { end: false });
    answer.on('end', () => {
      const trailers = trailerPairs(answer.rawTrailers);
      if (trailers.length > 0) response.addTrailers(trailers);
      void this.#reported().then(() => {
        response.end(() => {
          resolve({ how: 'answered', whole: true });
        });
      });
    });
    const cutOff = () => {
      if (answer.complete || this.#gone) return;
      resolve({ how: 'answered', whole: false });
      // What was written so far reaches the client, and then the end of the connection, at which it sees that there should be more.
      response.socket?.destroySoon();
    };
    answer.on('error', cutOff);
    answer.on('close', cutOff);
  }
}
