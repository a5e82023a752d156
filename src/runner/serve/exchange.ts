import type { IncomingMessage, ServerResponse } from 'node:http';
import { hopHeaders, type WireServed } from '../../engine/wire-serve';
import { BodyPipe } from './body-pipe';
import { BodySource } from './body-source';
import { declaredLength, toRaw, type Field, type Fields } from './fields';

/** An error code of wasi:http as jco has it. */
export interface ErrorCode {
  readonly tag: string;
  readonly val?: unknown;
}

/** One request and the answer to it, whatever the version of wasi:http. */
export class Exchange {
  readonly id: number;
  readonly message: IncomingMessage;
  readonly authority: string;
  readonly fields: readonly Field[];
  readonly body: BodySource;
  readonly #response: ServerResponse;
  #pipe: BodyPipe | undefined;
  #status: number | undefined;
  /** How it ended where the guest's own answer is not what counts. */
  #verdict: WireServed | undefined;

  constructor(
    head: { readonly id: number; readonly authority: string; readonly fields: readonly Field[] },
    message: IncomingMessage,
    response: ServerResponse,
    cutOff: () => unknown,
  ) {
    this.id = head.id;
    this.authority = head.authority;
    this.fields = head.fields;
    this.message = message;
    this.#response = response;
    this.body = new BodySource(message, cutOff);
    response.sendDate = false;
  }

  /** Whether the guest has answered, or it was answered in its place. */
  get answered(): boolean {
    return this.#status !== undefined || this.#verdict !== undefined;
  }

  /** Resolves when nothing more is sent. */
  get sent(): Promise<void> {
    const response = this.#response;
    if (response.writableFinished || response.closed) return Promise.resolve();
    return new Promise((resolve) => response.once('close', resolve).once('finish', resolve));
  }

  /** Sends the head of the guest's answer. The body follows through the pipe; without one there is none. */
  begin(status: number, fields: Fields, pipe: BodyPipe | undefined): void {
    if (this.answered) return;
    if (status < 200 || status > 999) {
      this.#refuse({ type: 'invalid-status', status }, pipe);
      return;
    }
    const declared = declaredLength(fields);
    if (Number.isNaN(declared)) {
      this.#refuse({ type: 'error-code', code: 'HTTP-response-body-size', detail: '' }, pipe);
      return;
    }
    this.#status = status;
    this.#response.writeHead(status, toRaw(fields.entries()));
    const bodyless = this.message.method === 'HEAD' || status === 204 || status === 304;
    this.#pipe = pipe ?? emptyBody();
    this.#pipe.attach(this.#response, bodyless ? undefined : declared);
  }

  /** The guest answers with an error code. */
  fail({ tag, val }: ErrorCode): void {
    this.end({ type: 'error-code', code: tag, detail: typeof val === 'string' ? val : '' });
  }

  /** Ends it in the guest's place. What has been answered already stands, and is cut off where it is not whole. */
  end(verdict: WireServed): void {
    if (this.#verdict !== undefined) return;
    const pipe = this.#pipe;
    if (pipe?.end !== undefined) {
      // The answer stands; that the handler trapped or exited after it is told all the same.
      this.#verdict = verdict.type === 'ended' ? verdict : this.outcome();
      return;
    }
    this.#verdict = verdict;
    if (pipe !== undefined) pipe.abandon();
    else if (!this.#response.headersSent) {
      this.#response.writeHead(500, [hopHeaders.failed, '1']);
      this.#response.end();
    }
  }

  /** Ends what the handler left open when it returned. */
  close(): void {
    if (!this.answered) this.end({ type: 'no-response' });
    else if (this.#pipe !== undefined && this.#pipe.end === undefined) this.end({ type: 'unfinished' });
  }

  /** How it ended. */
  outcome(): WireServed {
    if (this.#verdict !== undefined) return this.#verdict;
    const end = this.#pipe?.end;
    if (this.#status === undefined) return { type: 'no-response' };
    if (end?.type === 'wrong-length') return end;
    if (end?.type === 'unfinished') return { type: 'unfinished' };
    return { type: 'answered', status: this.#status };
  }

  #refuse(verdict: WireServed, pipe: BodyPipe | undefined): void {
    this.end(verdict);
    pipe?.abandon();
  }
}

function emptyBody(): BodyPipe {
  const body = new BodyPipe();
  body.finish([]);
  return body;
}
