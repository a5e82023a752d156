import type { ImportFault } from '../component/import-fault';
import {
  countField,
  importFault,
  fieldsOf,
  parseNotStarted,
  parseOutcome,
  textField,
  WireError,
  type StartCommand,
  type WireOutcome,
  type WireStartFailure,
} from './wire';

/**
 * What the front of a served component and a runner that serves it say to each other, besides the requests themselves: these come as
 * HTTP over a socket of their own, each with the two {@link hopHeaders} before its own headers.
 */
export type ServeCommand =
  | {
      readonly type: 'serve';
      /** How instances are made; its artifact was transpiled to be served. */
      readonly start: StartCommand;
      /** The export that answers, such as `wasi:http/incoming-handler@0.2.12`. */
      readonly handler: string;
      /** Where requests come in: the path of a Unix socket or the name of a pipe. */
      readonly path: string;
    }
  /** Nothing is sent to this instance any more: it is dropped once its requests have ended. */
  | { readonly type: 'retire'; readonly instance: number }
  /** Ends the requests of an instance, and the instance with them, where its code waits and does not compute. */
  | { readonly type: 'abort'; readonly instance: number; readonly request: number }
  /** The client of a request is gone, perhaps before the request came here: then it is not to be answered any more. */
  | { readonly type: 'forget'; readonly request: number }
  /** Asks whether the runner's thread is free. */
  | { readonly type: 'ping'; readonly id: number };

/** Headers of the hop between front and runner, in this order before those of the client. */
export const hopHeaders = {
  /** Number of the request and, after a space, of the instance that answers; behind it `last` if it answers nothing after that. */
  request: 'fresh-instance-request',
  /** The authority that the client asked for. */
  authority: 'fresh-instance-authority',
  /** Of a response: no answer came from the guest; the report says why. */
  failed: 'fresh-instance-failed',
} as const;

/** How a request ended, as the runner saw it. */
export type WireServed =
  /** The guest answered, and its whole answer was passed on, or the client is gone. */
  | { readonly type: 'answered'; readonly status: number }
  /** The guest answered with an error code of wasi:http; `detail` is its text, where it has one. */
  | { readonly type: 'error-code'; readonly code: string; readonly detail: string }
  /** The handler returned without an answer, or with one that is not whole. */
  | { readonly type: 'no-response' | 'unfinished' }
  /** The answer is not what its own content-length says, in bytes. */
  | { readonly type: 'wrong-length'; readonly declared: number; readonly written: number }
  /** The status is not one of a final response. */
  | { readonly type: 'invalid-status'; readonly status: number }
  /** The handler ended otherwise than by returning. */
  | { readonly type: 'ended'; readonly outcome: Exclude<WireOutcome, { type: 'ok' | 'error' }> }
  /** Another request ended the instance. */
  | { readonly type: 'instance-ended'; readonly by: number }
  /** It was told to end, since the request took too long; or its client was gone before it came here. */
  | { readonly type: 'aborted' | 'never-came' }
  /** The instance for it could not be made; `outcome` is how its start function ended, where it had one that ran. */
  | { readonly type: 'not-started'; readonly failure: WireStartFailure; readonly outcome?: WireOutcome };

/** From a runner that serves to its front. */
export type ServeReport =
  /** Requests are taken from now on. */
  | { readonly type: 'listening' }
  | { readonly type: 'not-started'; readonly failure: WireStartFailure; readonly outcome?: WireOutcome }
  | {
      readonly type: 'served';
      readonly request: number;
      readonly instance: number;
      /** Which of the instance's requests it was, from 1. */
      readonly nth: number;
      readonly served: WireServed;
      /** The size of the instance's linear memories. */
      readonly memoryBytes: number;
      /** Set if the guest asked for the network, which it was not granted. */
      readonly networkDenied?: true;
    }
  | { readonly type: 'pong'; readonly id: number }
  /** Code that stands in for an import ends the process now. */
  | { readonly type: 'ending'; readonly fault: ImportFault };

/** Checks what a runner that serves said. Throws {@link WireError} for what is not a report. */
export function parseServeReport(value: unknown): ServeReport {
  const report = fieldsOf(value);
  switch (report.type) {
    case 'listening':
      return { type: 'listening' };
    case 'not-started':
      return parseNotStarted(report);
    case 'served':
      return {
        type: 'served',
        request: countField(report, 'request'),
        instance: countField(report, 'instance'),
        nth: countField(report, 'nth'),
        served: parseServed(report.served),
        memoryBytes: countField(report, 'memoryBytes'),
        ...(report.networkDenied === true ? { networkDenied: true } : {}),
      };
    case 'pong':
      return { type: 'pong', id: countField(report, 'id') };
    case 'ending':
      return { type: 'ending', fault: importFault(report.fault) };
    default:
      throw new WireError('A runner that serves sent a report of unknown type.');
  }
}

function parseServed(value: unknown): WireServed {
  const served = fieldsOf(value);
  switch (served.type) {
    case 'answered':
    case 'invalid-status':
      return { type: served.type, status: countField(served, 'status') };
    case 'error-code':
      return { type: 'error-code', code: textField(served, 'code'), detail: textField(served, 'detail') };
    case 'no-response':
    case 'unfinished':
    case 'aborted':
    case 'never-came':
      return { type: served.type };
    case 'wrong-length':
      return {
        type: 'wrong-length',
        declared: countField(served, 'declared'),
        written: countField(served, 'written'),
      };
    case 'ended': {
      const outcome = parseOutcome(served.outcome);
      if (outcome.type === 'ok' || outcome.type === 'error')
        throw new WireError('A runner that serves said that a handler ended by returning.');
      return { type: 'ended', outcome };
    }
    case 'instance-ended':
      return { type: 'instance-ended', by: countField(served, 'by') };
    case 'not-started':
      return parseNotStarted(served);
    default:
      throw new WireError('A runner that serves sent an outcome of unknown type.');
  }
}
