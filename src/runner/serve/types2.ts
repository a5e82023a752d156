import { disposeSymbol } from '../dispose-symbol';
import type { IoClasses } from '../wasi/io-classes';
import { BodyPipe } from './body-pipe';
import type { BodySource } from './body-source';
import type { ErrorCode, Exchange } from './exchange';
import { Fields, refuse, type Field } from './fields';
import type { ServeIo } from './io';

/** A variant of WIT as jco has it. */
export interface Tagged {
  readonly tag: string;
  readonly val?: unknown;
}

const methods: ReadonlySet<string> = new Set([
  'get',
  'head',
  'post',
  'put',
  'delete',
  'connect',
  'options',
  'trace',
  'patch',
]);

/** A method as a variant of WIT. */
export function methodOf(name: string): Tagged {
  const tag = name.toLowerCase();
  return methods.has(tag) && name === name.toUpperCase() ? { tag } : { tag: 'other', val: name };
}

/** Throws the error case of a result that has nothing in it. */
export function refuseBare(): never {
  throw undefined as unknown as Error;
}

/** The streams of this runner, which has one set of them. */
let io: ServeIo;

/** `future-trailers`. */
class FutureTrailers {
  readonly #source: BodySource;
  #taken = false;

  constructor(source: BodySource) {
    this.#source = source;
  }

  subscribe(): object {
    return io.pollable(this.#source.end);
  }

  get(): Tagged | undefined {
    if (this.#taken) return { tag: 'err' };
    if (!this.#source.end.ready()) return undefined;
    this.#taken = true;
    if (this.#source.failed) return { tag: 'ok', val: { tag: 'err', val: { tag: 'HTTP-protocol-error' } } };
    return { tag: 'ok', val: { tag: 'ok', val: trailersOf(this.#source) } };
  }
}

/** `incoming-body`, of a request and of a response. */
export class IncomingBody {
  readonly #source: BodySource;
  #taken = false;

  constructor(source: BodySource) {
    this.#source = source;
  }

  stream(): object {
    if (this.#taken) refuseBare();
    this.#taken = true;
    return io.inputStream(this.#source);
  }

  static finish(body: IncomingBody): FutureTrailers {
    const source = body.#source;
    source.skip();
    return new FutureTrailers(source);
  }
}

/** `outgoing-body`, of a response and of a request. */
export class OutgoingBody {
  readonly #pipe: BodyPipe;
  #taken = false;

  constructor(pipe: BodyPipe) {
    this.#pipe = pipe;
  }

  write(): object {
    if (this.#taken) refuseBare();
    this.#taken = true;
    return io.outputStream(this.#pipe);
  }

  static finish(body: OutgoingBody, trailers: Fields | undefined): void {
    body.#pipe.finish(trailers?.entries() ?? []);
  }

  /** Dropped without `finish`: it is not whole. A finished one is not harmed by it. */
  [disposeSymbol](): void {
    this.#pipe.abandon();
  }
}

/** The trailers of a body that is at its end, as a guest gets them. */
export function trailersOf(source: BodySource): Fields | undefined {
  const trailers: readonly Field[] = source.trailers;
  return trailers.length === 0 ? undefined : Fields.received(trailers);
}

class IncomingRequest {
  readonly #exchange: Exchange;
  #consumed = false;

  constructor(exchange: Exchange) {
    this.#exchange = exchange;
  }

  method(): Tagged {
    return methodOf(this.#exchange.message.method ?? 'GET');
  }

  pathWithQuery(): string | undefined {
    return this.#exchange.message.url;
  }

  scheme(): Tagged {
    return { tag: 'HTTP' };
  }

  authority(): string | undefined {
    return this.#exchange.authority;
  }

  headers(): Fields {
    return Fields.received(this.#exchange.fields);
  }

  consume(): object {
    if (this.#consumed) refuseBare();
    this.#consumed = true;
    return new IncomingBody(this.#exchange.body);
  }
}

class OutgoingResponse {
  readonly fields: Fields;
  status = 200;
  pipe: BodyPipe | undefined;

  constructor(fields: Fields) {
    this.fields = fields.lock();
  }

  statusCode(): number {
    return this.status;
  }

  setStatusCode(status: number): void {
    if (status < 100 || status > 999) refuseBare();
    this.status = status;
  }

  headers(): Fields {
    return this.fields;
  }

  body(): object {
    if (this.pipe !== undefined) refuseBare();
    this.pipe = new BodyPipe();
    return new OutgoingBody(this.pipe);
  }
}

class ResponseOutparam {
  readonly exchange: Exchange;

  constructor(exchange: Exchange) {
    this.exchange = exchange;
  }

  static set(
    { exchange }: ResponseOutparam,
    result:
      | { readonly tag: 'ok'; readonly val: OutgoingResponse }
      | { readonly tag: 'err'; readonly val: ErrorCode },
  ): void {
    if (result.tag === 'err') exchange.fail(result.val);
    else exchange.begin(result.val.status, result.val.fields, result.val.pipe);
  }

  sendInformational(): void {
    refuse('HTTP-protocol-error');
  }
}

/** wasi:http/types 0.2 for guests that answer requests, and how a request is handed to one. */
export interface Http2 {
  readonly interface: Readonly<Record<string, unknown>>;
  /** The arguments of `handle`. */
  request(exchange: Exchange): readonly [request: object, outparam: object];
  /** What a read of a body throws whose sender is gone. */
  cutOff(code: string): unknown;
}

/** Makes the interface for this runner, over its streams. */
export function http2(streams: ServeIo, classes: IoClasses): Http2 {
  io = streams;
  const codes = new WeakMap<object, Tagged>();
  return {
    interface: {
      Fields,
      IncomingRequest,
      IncomingBody,
      FutureTrailers,
      OutgoingResponse,
      OutgoingBody,
      ResponseOutparam,
      httpErrorCode: (error: object) => codes.get(error),
    },
    request: (exchange) => [new IncomingRequest(exchange), new ResponseOutparam(exchange)],
    cutOff: (code) => {
      const error = new classes.IoError({ tag: code });
      codes.set(error, { tag: code });
      return { tag: 'last-operation-failed', val: error };
    },
  };
}
