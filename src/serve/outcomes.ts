import type { IncomingMessage, ServerResponse } from 'node:http';
import { monotonicMs } from '../base/clock';
import { Emitter, type Event } from '../base/event';
import { statusOfFailure, type FailureFacts, type ServeFailure } from './failure';
import type { Forward, Forwarded } from './forward';
import type { RequestHistory } from './history';

/** A request that has not been answered. */
export interface Pending {
  readonly number: number;
  readonly client: IncomingMessage;
  readonly response: ServerResponse;
  /** In ms of the monotonic clock. */
  readonly cameAt: number;
  /** Whether it was sent to a runner before, which was ended because of another request. */
  readonly again: boolean;
  /** Its way to a runner and back, once it is on it. */
  readonly forward?: Forward;
}

/** What a client gets in place of the guest's answer. */
export interface FailurePage {
  readonly contentType: string;
  readonly body: string;
}

/** Makes the page of a failure; undefined for the bare status. `accept` is the client's header. */
export type MakePage = (facts: FailureFacts, accept: string) => FailurePage | undefined;

/** The instance that a request was given to, and which of its requests it was, from 1. */
export type Where = { readonly number: number; readonly nth: number } | undefined;

/** Answers requests in the place of guests that failed, and records how requests ended. */
export class Outcomes {
  readonly #parts: { readonly history: RequestHistory; readonly page: MakePage };
  readonly #failures = new Emitter<FailureFacts>();
  /** The base name of the component's file. */
  file = '';

  /** Fired for each request that failed. */
  readonly onDidFail: Event<FailureFacts> = this.#failures.event;

  constructor(parts: { readonly history: RequestHistory; readonly page: MakePage }) {
    this.#parts = parts;
  }

  /** Answers in the guest's place, and records that. */
  fail(pending: Pending, failure: ServeFailure, instance?: Where, forwarded?: Forwarded): void {
    this.answer(pending, failure, instance);
    this.record(pending, failure, forwarded ?? {}, instance);
  }

  /** Answers in the guest's place, or cuts off what it has begun. */
  answer(pending: Pending, failure: ServeFailure, instance: Where): void {
    const { response, client } = pending;
    if (response.headersSent) {
      response.socket?.destroySoon();
      return;
    }
    const page = this.#parts.page(
      this.#facts(pending, failure, instance, false),
      client.headers.accept ?? '',
    );
    // What the client still sends is of no use any more.
    const headers = client.complete ? {} : { connection: 'close' };
    if (page === undefined) response.writeHead(statusOfFailure(failure), headers).end();
    else
      response
        .writeHead(statusOfFailure(failure), { ...headers, ...pageHeaders, 'content-type': page.contentType })
        .end(page.body);
  }

  /** Records how a request ended. */
  record(
    pending: Pending,
    failure: ServeFailure | undefined,
    forwarded: Partial<Forwarded>,
    instance: Where,
  ): void {
    const { number, response, cameAt } = pending;
    const networkDenied = forwarded.served?.networkDenied === true;
    const facts = failure === undefined ? undefined : this.#facts(pending, failure, instance, networkDenied);
    const bytes = pending.forward?.bytes ?? { request: 0, response: 0 };
    this.#parts.history.ended(
      number,
      {
        ...(response.headersSent ? { status: response.statusCode } : {}),
        durationMs: monotonicMs() - cameAt,
        requestBytes: bytes.request,
        responseBytes: bytes.response,
        ...(facts === undefined ? {} : { failure: facts }),
      },
      instance,
    );
    if (facts !== undefined) this.#failures.fire(facts);
  }

  #facts(
    { client, number }: Pending,
    failure: ServeFailure,
    instance: Where,
    networkDenied: boolean,
  ): FailureFacts {
    return {
      failure,
      file: this.file,
      request: { number, method: client.method ?? 'GET', path: client.url ?? '/' },
      ...(instance === undefined ? {} : { instance }),
      networkDenied,
    };
  }
}

/** Nothing in a page of ours may run or load anything, whatever a guest put into its texts. */
const pageHeaders = {
  'content-security-policy':
    "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'",
  'x-content-type-options': 'nosniff',
  'cache-control': 'no-store',
};
