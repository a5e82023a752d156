import type { CodeLocation } from '../component/code-location';
import type { ImportFault } from '../component/import-fault';
import type { StartEnd } from '../component/outcome';
import type { Trap } from '../component/trap';

/** Why a request was not answered by the guest, or not to the end. */
export type ServeFailure =
  | { readonly type: 'trapped'; readonly trap: Trap; readonly frames: readonly CodeLocation[] }
  /** It needed more memory than its limit, in bytes. */
  | { readonly type: 'memory'; readonly limitBytes: number; readonly frames: readonly CodeLocation[] }
  | { readonly type: 'exited'; readonly code: number }
  | { readonly type: 'output-closed' }
  /** The handler answered with an error code of wasi:http; `detail` is its text, where it has one. */
  | { readonly type: 'error-code'; readonly code: string; readonly detail: string }
  /** The handler returned without an answer, or before the end of its body. */
  | { readonly type: 'no-response' | 'unfinished' }
  /** The body has another length than its content-length says, in bytes. */
  | { readonly type: 'wrong-length'; readonly declared: number; readonly written: number }
  | { readonly type: 'invalid-status'; readonly status: number }
  /** Another request on the same instance ended it, by its number. */
  | { readonly type: 'instance-ended'; readonly by: number }
  | { readonly type: 'timeout'; readonly limitMs: number }
  /** The isolated process ended; `detail` says how. */
  | { readonly type: 'runner-died'; readonly detail: string }
  /** JavaScript that stands in for an import ended the process. */
  | { readonly type: 'import-ended'; readonly fault: ImportFault }
  /** No instance could be made. */
  | { readonly type: 'not-started'; readonly end: StartEnd }
  /** Too many requests wait already. */
  | { readonly type: 'busy' };

/** A failure, and where it happened. */
export interface FailureFacts {
  readonly failure: ServeFailure;
  /** The base name of the component's file. */
  readonly file: string;
  readonly request: { readonly number: number; readonly method: string; readonly path: string };
  /** The instance, and which of its requests it was, from 1; absent where there was none. */
  readonly instance?: { readonly number: number; readonly nth: number };
  /** Whether the guest asked for the network, which it is not granted. */
  readonly networkDenied: boolean;
}

/** The status with which a failure is answered. */
export function statusOfFailure({ type }: ServeFailure): number {
  switch (type) {
    case 'timeout':
      return 504;
    case 'runner-died':
    case 'import-ended':
      return 502;
    case 'busy':
      return 503;
    default:
      return 500;
  }
}
