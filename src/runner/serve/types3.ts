import { Deferred } from '../../base/deferred';
import { disposeSymbol } from '../dispose-symbol';
import { noteNetworkDenied } from '../wasi/denials';
import { BodyPipe } from './body-pipe';
import { BodySource } from './body-source';
import { RequestHead, RequestOptions, sendRequest } from './client';
import type { ErrorCode, Exchange } from './exchange';
import { Fields, fromRaw, refuse } from './fields';
import { methodOf, refuseBare, trailersOf, type Tagged } from './types2';
import { waitForAny } from './waitable';

/** A stream of bytes that a guest writes, as jco's glue gives it. */
interface GuestStream {
  read(options: { readonly count: number }): Promise<{ readonly value?: unknown; readonly done: boolean }>;
  [key: symbol]: unknown;
}

type Result =
  { readonly tag: 'ok'; readonly val: unknown } | { readonly tag: 'err'; readonly val: ErrorCode };

/** A future as jco's glue gives it: a lazy thenable. */
type GuestFuture = PromiseLike<Result | undefined>;

/** The two halves of a message that its consumer gets. */
type Consumed = readonly [stream: object, trailers: Promise<Result>];

const chunkBytes = 65_536;

/** A body that came in, as a stream for the guest and the future of its trailers. */
function consumeSource(source: BodySource): Consumed {
  const ended = new Deferred<Result>();
  void waitForAny([source.end]).then(() => {
    if (source.failed) {
      ended.resolve({ tag: 'err', val: { tag: 'HTTP-protocol-error' } });
      return;
    }
    ended.resolve({ tag: 'ok', val: trailersOf(source) });
  });
  const iterator: AsyncIterator<Uint8Array> = {
    next: async () => {
      for (;;) {
        const bytes = source.failed ? null : source.take(chunkBytes);
        if (bytes === null) return { done: true, value: undefined };
        if (bytes.length > 0) return { done: false, value: bytes };
        await waitForAny([source.arrival]);
      }
    },
    return: () => {
      source.skip();
      return Promise.resolve({ done: true, value: undefined });
    },
  };
  return [{ [Symbol.asyncIterator]: () => iterator }, ended.promise];
}

/** A stream that is at its end. */
function emptyStream(): object {
  return {
    [Symbol.asyncIterator]: () => ({ next: () => Promise.resolve({ done: true, value: undefined }) }),
  };
}

/** What a message is made of that a guest made itself, or that came in. */
interface Contents {
  readonly stream: GuestStream | undefined;
  readonly trailers: Promise<Result | undefined>;
  /** Told once how sending it ended. */
  readonly sent: Deferred<Result>;
}

function contentsOf(stream: GuestStream | undefined, trailers: GuestFuture): Contents {
  // The glue's futures are read when they are first waited for.
  const read = Promise.resolve(trailers);
  read.catch(() => undefined);
  return { stream, trailers: read, sent: new Deferred<Result>() };
}

/** Writes what a guest made into a message that is being sent. Rejects with what the glue says of a failure. */
export async function sendContents({ stream, trailers, sent }: Contents, pipe: BodyPipe): Promise<void> {
  try {
    while (stream !== undefined) {
      await waitForAny([pipe.drain]);
      if (pipe.end !== undefined) break;
      const { value, done } = await stream.read({ count: chunkBytes });
      const bytes = toBytes(value);
      if (bytes !== undefined) writeTo(pipe, bytes);
      if (done) break;
    }
    if (pipe.end !== undefined && pipe.end.type !== 'whole') {
      dropStream(stream);
      sent.resolve({ tag: 'err', val: endCode(pipe) });
      return;
    }
    const result = await trailers;
    if (result?.tag === 'err') pipe.abandon();
    else pipe.finish(result?.val instanceof Fields ? result.val.entries() : []);
    sent.resolve({ tag: 'ok', val: undefined });
  } catch (error) {
    pipe.abandon();
    sent.resolve({ tag: 'err', val: endCode(pipe) });
    // The length of a body is the pipe's to judge, which has cut it.
    if (error instanceof Error) throw error;
  }
}

function writeTo(pipe: BodyPipe, bytes: Uint8Array): void {
  try {
    pipe.write(bytes);
  } catch {
    // The pipe's end says why.
  }
}

function endCode({ end }: BodyPipe): ErrorCode {
  return end?.type === 'wrong-length'
    ? { tag: 'HTTP-response-body-size', val: BigInt(end.written) }
    : { tag: 'connection-terminated' };
}

function dropStream(stream: GuestStream | undefined): void {
  const drop = stream?.[disposeSymbol];
  if (typeof drop === 'function') drop.call(stream);
}

function toBytes(value: unknown): Uint8Array | undefined {
  if (value instanceof Uint8Array) return value.length === 0 ? undefined : value;
  if (value instanceof ArrayBuffer) return new Uint8Array(value);
  if (typeof value === 'number') return Uint8Array.of(value);
  return Array.isArray(value) ? Uint8Array.from(value as number[]) : undefined;
}

/** `request` of wasi:http/types 0.3. */
class Request {
  readonly #head: RequestHead;
  readonly #options: RequestOptions | undefined;
  readonly #contents: Contents | BodySource;

  private constructor(
    head: RequestHead,
    contents: Contents | BodySource,
    options: RequestOptions | undefined,
  ) {
    this.#head = head;
    this.#contents = contents;
    this.#options = options;
  }

  /** The request that a guest is to answer. */
  static received({ message, authority, fields, body }: Exchange): Request {
    const head = new RequestHead(Fields.received(fields));
    head.method = methodOf(message.method ?? 'GET');
    head.path = message.url;
    head.scheme = { tag: 'HTTP' };
    head.authority = authority;
    return new Request(head, body, undefined);
  }

  static new(
    fields: Fields,
    stream: GuestStream | undefined,
    trailers: GuestFuture,
    options: RequestOptions | undefined,
  ): [Request, Promise<Result>] {
    const contents = contentsOf(stream, trailers);
    return [new Request(new RequestHead(fields), contents, options), contents.sent.promise];
  }

  static consumeBody(request: Request, outcome: GuestFuture): Consumed {
    void Promise.resolve(outcome).catch(() => undefined);
    return consume(request.#contents);
  }

  /** Sends it, for a guest that was granted the network. */
  static async send(request: Request): Promise<Response> {
    const contents = request.#contents;
    const pipe = contents instanceof BodySource || contents.stream === undefined ? undefined : new BodyPipe();
    const response = sendRequest(request.#head, pipe, request.#options);
    if (!(contents instanceof BodySource)) {
      if (pipe === undefined) contents.sent.resolve({ tag: 'ok', val: undefined });
      else void sendContents(contents, pipe).catch(() => undefined);
    }
    return Response.received(await response);
  }

  getMethod(): Tagged {
    return this.#head.method;
  }

  setMethod(method: Tagged): void {
    this.#head.setMethod(method);
  }

  getPathWithQuery(): string | undefined {
    return this.#head.path;
  }

  setPathWithQuery(path: string | undefined): void {
    this.#head.setPath(path);
  }

  getScheme(): Tagged | undefined {
    return this.#head.scheme;
  }

  setScheme(scheme: Tagged | undefined): void {
    this.#head.setScheme(scheme);
  }

  getAuthority(): string | undefined {
    return this.#head.authority;
  }

  setAuthority(authority: string | undefined): void {
    this.#head.setAuthority(authority);
  }

  getOptions(): RequestOptions | undefined {
    return this.#options;
  }

  getHeaders(): Fields {
    return this.#head.fields;
  }
}

function consume(contents: Contents | BodySource): Consumed {
  if (contents instanceof BodySource) return consumeSource(contents);
  contents.sent.resolve({ tag: 'ok', val: undefined });
  const none: Result = { tag: 'ok', val: undefined };
  return [contents.stream ?? emptyStream(), contents.trailers.then((result) => result ?? none)];
}

/** `response` of wasi:http/types 0.3. */
export class Response {
  readonly #fields: Fields;
  readonly #contents: Contents | BodySource;
  #status: number;

  private constructor(fields: Fields, contents: Contents | BodySource, status: number) {
    this.#fields = fields.lock();
    this.#contents = contents;
    this.#status = status;
  }

  static received(message: Exchange['message']): Response {
    const source = new BodySource(message, () => new Error('the response is not whole'));
    return new Response(Fields.received(fromRaw(message.rawHeaders)), source, message.statusCode ?? 0);
  }

  static new(
    fields: Fields,
    stream: GuestStream | undefined,
    trailers: GuestFuture,
  ): [Response, Promise<Result>] {
    const contents = contentsOf(stream, trailers);
    return [new Response(fields, contents, 200), contents.sent.promise];
  }

  static consumeBody(response: Response, outcome: GuestFuture): Consumed {
    void Promise.resolve(outcome).catch(() => undefined);
    return consume(response.#contents);
  }

  /** Answers a request with it. Resolves when the guest has nothing more to give. */
  static async answer(response: Response, exchange: Exchange): Promise<void> {
    const contents = response.#contents;
    const pipe = new BodyPipe();
    const made = contents instanceof BodySource ? passedOn(contents) : contents;
    exchange.begin(response.#status, response.#fields, pipe);
    await sendContents(made, pipe);
  }

  getStatusCode(): number {
    return this.#status;
  }

  setStatusCode(status: number): void {
    if (status < 100 || status > 999) refuseBare();
    this.#status = status;
  }

  getHeaders(): Fields {
    return this.#fields;
  }
}

/** A response that a guest received and passes on as it is. */
function passedOn(source: BodySource): Contents {
  const [stream, trailers] = consumeSource(source);
  const iterator = (stream as AsyncIterable<Uint8Array>)[Symbol.asyncIterator]();
  return {
    stream: {
      read: async () => {
        const { value, done = false } = (await iterator.next()) as IteratorResult<Uint8Array, undefined>;
        return done ? { done: true } : { value, done: false };
      },
    },
    trailers,
    sent: new Deferred<Result>(),
  };
}

/**
 * The interfaces of wasi:http 0.3, under `wasi3:`.
 * @param allowed whether the guest was granted the network
 */
export function http3(allowed: boolean): Readonly<Record<string, object>> {
  return {
    'wasi3:http/types': { Fields, Request, RequestOptions, Response },
    'wasi3:http/client': {
      send: async (request: Request) => {
        if (allowed) return await Request.send(request);
        noteNetworkDenied();
        return refuse('HTTP-request-denied');
      },
    },
  };
}

/** The request that a guest is to answer. */
export function requestOf(exchange: Exchange): object {
  return Request.received(exchange);
}
