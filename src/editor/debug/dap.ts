// The parts of the Debug Adapter Protocol that we speak: https://microsoft.github.io/debug-adapter-protocol/specification
import { messageOf } from '../../base/error';
import { debugText } from '../../words/debug';

/** What the editor asks an adapter. */
export interface DapRequest {
  readonly type: 'request';
  readonly seq: number;
  readonly command: string;
  readonly arguments: Readonly<Record<string, unknown>>;
}

/** What an adapter tells by itself. */
export interface DapEvent {
  readonly type: 'event';
  readonly event: string;
  readonly body: Readonly<Record<string, unknown>>;
}

export interface DapResponse {
  readonly type: 'response';
  readonly command: string;
  readonly success: boolean;
}

/** Reads a message of the protocol; null for what is none, or none that we look at. */
export function readMessage(message: unknown): DapRequest | DapEvent | DapResponse | null {
  const fields = record(message);
  const { type, seq, command, event } = fields;
  if (type === 'request' && typeof seq === 'number' && typeof command === 'string') {
    return { type, seq, command, arguments: record(fields.arguments) };
  }
  if (type === 'event' && typeof event === 'string') return { type, event, body: record(fields.body) };
  if (type === 'response' && typeof command === 'string') {
    return { type, command, success: fields.success === true };
  }
  return null;
}

/** The fields of a value that should be an object; none for anything else. */
export function record(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? Object.fromEntries(Object.entries(value)) : {};
}

/** The items of a value that should be a list of objects. */
export function records(value: unknown): readonly Readonly<Record<string, unknown>>[] {
  return Array.isArray(value) ? value.map(record) : [];
}

/** A request that fails with words for the user. */
export class RequestFailed extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'RequestFailed';
  }
}

/** Answers one request; what it resolves to is the response's body. Throws for what is wrong. */
export type RequestHandler = (args: Readonly<Record<string, unknown>>) => unknown;

/** The adapter's side of the protocol: numbers messages, and answers each request once, also where its handler fails. */
export class DapServer {
  readonly #send: (message: object) => void;
  readonly #handlers: Readonly<Record<string, RequestHandler>>;
  #seq = 0;

  constructor(send: (message: object) => void, handlers: Readonly<Record<string, RequestHandler>>) {
    this.#send = send;
    this.#handlers = handlers;
  }

  /** Takes a message from the editor. Resolves when a request has been answered; never rejects. */
  async receive(message: unknown): Promise<void> {
    const request = readMessage(message);
    if (request?.type !== 'request') return;
    const { seq, command } = request;
    try {
      const handler = this.#handlers[command];
      if (handler === undefined) throw new RequestFailed(debugText.guestNotPaused(command));
      const body = await handler(request.arguments);
      this.#emit({ type: 'response', request_seq: seq, command, success: true, body });
    } catch (error) {
      const format = messageOf(error);
      const detail = { error: { id: 1, format, showUser: true } };
      this.#emit({
        type: 'response',
        request_seq: seq,
        command,
        success: false,
        message: format,
        body: detail,
      });
    }
  }

  event(event: string, body: object = {}): void {
    this.#emit({ type: 'event', event, body });
  }

  #emit(message: object): void {
    this.#seq += 1;
    this.#send({ seq: this.#seq, ...message });
  }
}
