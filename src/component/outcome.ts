import type { CodeLocation } from './code-location';
import type { Obstacle } from './module-facts';
import type { EngineLack } from './engine-lack';
import type { ImportFault } from './import-fault';
import type { Trap } from './trap';
import type { Unsupported } from './unsupported';

/** Why an instance was stopped before its call was over. */
export type StopReason =
  | { readonly type: 'user' }
  | { readonly type: 'timeout'; readonly limitMs: number }
  | { readonly type: 'memory'; readonly limitBytes: number }
  /** The isolated process ended without being asked to: a crash of the engine, or something outside killed it. */
  | { readonly type: 'runner-died'; readonly detail: string }
  /** JavaScript that stands in for an import ended the isolated process. */
  | { readonly type: 'import-ended'; readonly fault: ImportFault }
  /** The engine makes the instance with its first call, and could not make it. */
  | { readonly type: 'not-started'; readonly failure: StartFailure }
  /** The reader of the guest's output is gone, as when the next program in a shell pipe has ended. */
  | { readonly type: 'output-closed' }
  | { readonly type: 'shutdown' };

/** How a call of an export ended. */
export type Outcome =
  /**
   * `value` is the lifted result, absent for functions without one; `forgotten` if it was too large to be kept in the history, `unread` if
   * it could not be told apart from what the guest printed.
   */
  | { readonly type: 'ok'; readonly value?: unknown; readonly forgotten?: true; readonly unread?: true }
  /** The function returned the error case of its `result`. The instance lives on. */
  | { readonly type: 'error'; readonly value?: unknown; readonly forgotten?: true }
  /** `frames` are the guest's, innermost first. */
  | { readonly type: 'trapped'; readonly trap: Trap; readonly frames: readonly CodeLocation[] }
  | { readonly type: 'exited'; readonly code: number }
  | { readonly type: 'stopped'; readonly reason: StopReason };

/** Why an instance could not be made of a component. */
export type StartFailure =
  /** Imports that neither WASI nor a module provides. */
  | { readonly code: 'missing-imports'; readonly imports: readonly string[] }
  /** A granted directory that is not there, or that is something else. `host` is its path. */
  | { readonly code: 'no-directory'; readonly host: string; readonly found: 'nothing' | 'no-directory' }
  /** A memory that is larger than the limit from its beginning. */
  | { readonly code: 'memory-too-large'; readonly bytes: number; readonly limitBytes: number }
  /** The file was rebuilt while it was being read. */
  | { readonly code: 'rebuilt' }
  /** The file could be read before, and cannot any more. */
  | { readonly code: 'unreadable'; readonly words: string }
  /** jco cannot take the capital letters in the name of an exported function. */
  | { readonly code: 'capital-letters'; readonly func: string }
  /** A name that could be JavaScript when jco writes it into its glue. */
  | { readonly code: 'unsafe-name'; readonly name: string }
  /** What jco cannot translate, found in the binary. */
  | { readonly code: 'unsupported'; readonly found: readonly Unsupported[] }
  /** A core module that no component can be made of. */
  | { readonly code: 'not-adaptable'; readonly obstacle: Obstacle }
  /** A core module that wasm-tools makes no component of; `words` are its own. */
  | { readonly code: 'adapting-failed'; readonly words: string }
  /** jco itself trapped over the component; `words` are the engine's. */
  | { readonly code: 'translator-trapped'; readonly words: string }
  /** The process that runs jco ended; `detail` says how. */
  | { readonly code: 'translator-ended'; readonly detail: string }
  /** The translation cannot be written to the cache; `words` are the system's. */
  | { readonly code: 'cache-unwritable'; readonly folder: string; readonly words: string }
  /** WASI 0.3 needs JavaScript Promise Integration, and so does serving, `serves`; this Node does not have it. */
  | { readonly code: 'no-promise-integration'; readonly node: string; readonly serves?: true }
  /** The isolated process ended while the instance was starting; `detail` says how. */
  | { readonly code: 'runner-ended'; readonly detail: string }
  /** No wasmtime was found; with `path`, the one that the user named is not there or is no program. */
  | { readonly code: 'no-wasmtime'; readonly path?: string }
  /** The program does not say that it is a wasmtime; `words` are what it said, or the system's. */
  | { readonly code: 'not-wasmtime'; readonly path: string; readonly words: string }
  /** The wasmtime that was found is too old; `least` is the oldest version that can be used. */
  | {
      readonly code: 'wasmtime-too-old';
      readonly path: string;
      readonly version: string;
      readonly least: string;
    }
  /** Something that the engine, in the version found, cannot give or do. */
  | { readonly code: 'engine-lacks'; readonly lack: EngineLack }
  /** JavaScript that stands in for an import ended the process, or cannot be used. */
  | { readonly code: 'import-fault'; readonly fault: ImportFault }
  /** Whatever jco or the engine says in its own words. */
  | { readonly code: 'other'; readonly words: string };

/** How the start of an instance ended that did not become ready. */
export type StartEnd =
  | { readonly type: 'failed'; readonly failure: StartFailure }
  | Extract<Outcome, { type: 'exited' | 'stopped' }>
  | { readonly type: 'trapped'; readonly trap: Trap };
