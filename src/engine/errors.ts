import type { DecodeProblem } from '../component/decode-error';
import type { ModuleFacts } from '../component/module-facts';
import type { StartFailure } from '../component/outcome';
import type { Refusal } from '../instance/life';
import type { Instance } from '../instance/registry';

/** Why a file cannot be run, before any instance of it exists. */
export type EngineError = { readonly path: string } & (
  | { readonly code: 'not-found' | 'directory' | 'device' | 'empty' }
  | { readonly code: 'not-wasm' | 'wit-package' | 'no-run' }
  /** A core module, which is no component as it is. */
  | { readonly code: 'core-module'; readonly facts: ModuleFacts }
  /** A component without a run that answers HTTP requests; `handler` is the export. */
  | { readonly code: 'http-handler'; readonly handler: string }
  /** A component that cannot be served; `found` is a handler of a version that is not WASI 0.2 or 0.3. */
  | { readonly code: 'no-handler'; readonly found?: string }
  /** `words` are the system's. */
  | { readonly code: 'unreadable'; readonly words: string; readonly denied: boolean }
  | { readonly code: 'invalid'; readonly problem: DecodeProblem }
);

export type EngineErrorCode = EngineError['code'];

/** Why an instance cannot be made. Its text is for logs; what users read is made of the failure. */
export class StartError extends Error {
  readonly failure: StartFailure;

  constructor(failure: StartFailure, options?: ErrorOptions) {
    super(`The instance cannot start (${JSON.stringify(failure)}).`, options);
    this.name = 'StartError';
    this.failure = failure;
  }
}

/** A call that was not made, since the instance's state does not allow it. Its text is for logs. */
export class CallRefused extends Error {
  /** Undefined for one that has been disposed. */
  readonly instance: Pick<Instance, 'build' | 'number'> | undefined;
  readonly refusal: Refusal;

  constructor(refusal: Refusal, instance?: Pick<Instance, 'build' | 'number'>) {
    super(`The call was refused (${refusal.type}).`);
    this.name = 'CallRefused';
    this.instance = instance;
    this.refusal = refusal;
  }
}
