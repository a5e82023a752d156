import type { IncomingMessage } from 'node:http';
import { noteNetworkDenied } from '../wasi/denials';
import { BodyPipe } from './body-pipe';
import { BodySource } from './body-source';
import { RequestHead, RequestOptions, sendRequest } from './client';
import { Fields, fromRaw, refuse } from './fields';
import type { ServeIo } from './io';
import { IncomingBody, OutgoingBody, refuseBare, type Http2, type Tagged } from './types2';
import { Watched } from './waitable';

/** What this runner has one of: its streams, and what a read of a body throws whose sender is gone. */
let parts: { readonly io: ServeIo; readonly cutOff: Http2['cutOff'] };

/** `outgoing-request`. */
class OutgoingRequest {
  readonly head: RequestHead;
  pipe: BodyPipe | undefined;

  constructor(fields: Fields) {
    this.head = new RequestHead(fields);
  }

  body(): object {
    if (this.pipe !== undefined) refuseBare();
    this.pipe = new BodyPipe();
    return new OutgoingBody(this.pipe);
  }

  method(): Tagged {
    return this.head.method;
  }

  setMethod(method: Tagged): void {
    this.head.setMethod(method);
  }

  pathWithQuery(): string | undefined {
    return this.head.path;
  }

  setPathWithQuery(path: string | undefined): void {
    this.head.setPath(path);
  }

  scheme(): Tagged | undefined {
    return this.head.scheme;
  }

  setScheme(scheme: Tagged | undefined): void {
    this.head.setScheme(scheme);
  }

  authority(): string | undefined {
    return this.head.authority;
  }

  setAuthority(authority: string | undefined): void {
    this.head.setAuthority(authority);
  }

  headers(): Fields {
    return this.head.fields;
  }
}

/** `incoming-response`. */
class IncomingResponse {
  readonly #message: IncomingMessage;
  #consumed = false;

  constructor(message: IncomingMessage) {
    this.#message = message;
  }

  status(): number {
    return this.#message.statusCode ?? 0;
  }

  headers(): Fields {
    return Fields.received(fromRaw(this.#message.rawHeaders));
  }

  consume(): object {
    if (this.#consumed) refuseBare();
    this.#consumed = true;
    return new IncomingBody(new BodySource(this.#message, () => parts.cutOff('HTTP-response-incomplete')));
  }
}

/** `future-incoming-response`. */
class FutureIncomingResponse {
  readonly #watched = new Watched();
  #result: Tagged | undefined;
  #taken = false;

  constructor(response: Promise<IncomingMessage>) {
    const settle = (result: Tagged) => {
      this.#result = result;
      this.#watched.changed();
    };
    response.then(
      (message) => {
        settle({ tag: 'ok', val: new IncomingResponse(message) });
      },
      (code: unknown) => {
        settle({ tag: 'err', val: code });
      },
    );
  }

  subscribe(): object {
    return parts.io.pollable({
      ready: () => this.#result !== undefined,
      watch: (changed) => this.#watched.watch(changed),
    });
  }

  get(): Tagged | undefined {
    if (this.#result === undefined) return undefined;
    if (this.#taken) return { tag: 'err' };
    this.#taken = true;
    return { tag: 'ok', val: this.#result };
  }
}

/**
 * Outgoing requests of wasi:http 0.2: the rest of `types`, and `outgoing-handler`.
 * @param allowed whether the guest was granted the network
 */
export function client2(io: ServeIo, http: Http2, allowed: boolean) {
  parts = { io, cutOff: (code) => http.cutOff(code) };
  return {
    types: { OutgoingRequest, RequestOptions, FutureIncomingResponse, IncomingResponse },
    handler: {
      handle: (request: OutgoingRequest, options: RequestOptions | undefined) => {
        if (!allowed) {
          noteNetworkDenied();
          refuse('HTTP-request-denied');
        }
        return new FutureIncomingResponse(sendRequest(request.head, request.pipe, options));
      },
    },
  };
}
