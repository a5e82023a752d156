/** Why a file cannot be run, before any instance of it exists. */
export type EngineErrorCode =
  'not-found' | 'directory' | 'unreadable' | 'empty' | 'not-wasm' | 'core-module' | 'invalid' | 'no-run';

/** A file that cannot be run, in words for the user: what is wrong with which component, and what to do next. */
export interface EngineError {
  readonly code: EngineErrorCode;
  /** One sentence that names the file. */
  readonly message: string;
  /** What the user can do about it. */
  readonly nextStep: string;
}

/** A call that was not made, since the instance's state does not allow it. */
export class CallRefused extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'CallRefused';
  }
}
