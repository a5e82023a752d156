/** How instances are reused and requests limited, with the names and defaults of `wasmtime serve`. */
export interface ReusePolicy {
  /** How many requests an instance answers before it is replaced. */
  readonly maxInstanceReuseCount: number;
  /** How many requests an instance answers at once. Always 1 for WASI 0.2, whose instances are entered once at a time. */
  readonly maxInstanceConcurrentReuseCount: number;
  /** How long an instance waits for its next request, in ms. */
  readonly idleInstanceTimeoutMs: number;
  /** How many requests are answered at once; others wait. */
  readonly maxConcurrentRequests: number;
  /** How long a guest may take over a request without any progress, in ms. */
  readonly requestTimeoutMs: number;
}

/**
 * What a component gets where nothing else was asked for: what wasmtime does with its version of WASI, but for one thing. wasmtime gives an
 * instance of 0.3 up to 16 requests at once; jco 1.35 fails ("task already suspended") where two of its calls wait inside of functions.
 */
export function defaultPolicy(isWasi03: boolean): ReusePolicy {
  return {
    maxInstanceReuseCount: isWasi03 ? 128 : 1,
    maxInstanceConcurrentReuseCount: 1,
    idleInstanceTimeoutMs: 1000,
    maxConcurrentRequests: 1000,
    requestTimeoutMs: 30_000,
  };
}

/** A policy with what was asked for in place of the defaults. */
export function policyFor(isWasi03: boolean, asked: Partial<ReusePolicy>): ReusePolicy {
  const policy = { ...defaultPolicy(isWasi03), ...asked };
  return isWasi03 ? policy : { ...policy, maxInstanceConcurrentReuseCount: 1 };
}
