import type { FailureFacts } from './failure';

/** A request as it is remembered. */
export interface RequestRecord {
  readonly number: number;
  readonly method: string;
  /** With the query. */
  readonly path: string;
  /** When it came, in ms since 1970. */
  readonly at: number;
  /** The instance, and which of its requests it was, from 1; absent while it waits for one. */
  readonly instance?: { readonly number: number; readonly nth: number };
  /** How it ended; absent while it runs. */
  readonly ended?: {
    /** What the client got; absent if it was gone. */
    readonly status?: number;
    readonly durationMs: number;
    readonly requestBytes: number;
    readonly responseBytes: number;
    readonly failure?: FailureFacts;
  };
}

/** An instance as it is remembered. */
export interface InstanceRecord {
  readonly number: number;
  readonly state: 'serving' | 'idle' | 'ended';
  readonly requests: number;
  /** The size of its linear memories at the end of its latest request. */
  readonly memoryBytes: number;
}

/** Numbers over all requests of a server. */
export interface ServeTotals {
  readonly requests: number;
  /** Answered with a status from 500 on, or not to the end. */
  readonly errors: number;
  readonly instances: number;
}

/** How many requests and ended instances are remembered. */
const mostRemembered = 500;

/** The latest requests of a server and its instances, as data to show. Its size is bounded. */
export class RequestHistory {
  readonly #requests = new Map<number, RequestRecord>();
  readonly #instances = new Map<number, InstanceRecord>();
  readonly #totals = { requests: 0, errors: 0, instances: 0 };
  #lastNumber = 0;

  get requests(): readonly RequestRecord[] {
    return [...this.#requests.values()];
  }

  get instances(): readonly InstanceRecord[] {
    return [...this.#instances.values()];
  }

  get totals(): ServeTotals {
    return { ...this.#totals };
  }

  /** A request has come. */
  came(method: string, path: string): number {
    this.#lastNumber += 1;
    const number = this.#lastNumber;
    this.#totals.requests += 1;
    this.#requests.set(number, { number, method, path, at: Date.now() });
    const [oldest] = this.#requests.keys();
    if (this.#requests.size > mostRemembered && oldest !== undefined) this.#requests.delete(oldest);
    return number;
  }

  /** A request was given to an instance. */
  placed(instance: number): void {
    const known = this.#instances.get(instance);
    if (known === undefined) this.#totals.instances += 1;
    this.#instances.delete(instance);
    const { requests = 0, memoryBytes = 0 } = known ?? {};
    this.#instances.set(instance, {
      number: instance,
      state: 'serving',
      requests: requests + 1,
      memoryBytes,
    });
    this.#forgetEnded();
  }

  /** A request has ended. */
  ended(
    number: number,
    end: NonNullable<RequestRecord['ended']>,
    instance?: { readonly number: number; readonly nth: number },
  ): void {
    if (end.failure !== undefined || (end.status ?? 0) >= 500) this.#totals.errors += 1;
    const known = this.#requests.get(number);
    if (known !== undefined)
      this.#requests.set(number, { ...known, ended: end, ...(instance === undefined ? {} : { instance }) });
  }

  /** An instance is in another state. */
  became(number: number, state: InstanceRecord['state'], memoryBytes?: number): void {
    const known = this.#instances.get(number);
    if (known === undefined) return;
    this.#instances.set(number, { ...known, state, memoryBytes: memoryBytes ?? known.memoryBytes });
  }

  #forgetEnded(): void {
    if (this.#instances.size <= mostRemembered) return;
    for (const { number, state } of this.#instances.values()) {
      if (state !== 'ended') continue;
      this.#instances.delete(number);
      return;
    }
  }
}
