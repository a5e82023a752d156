import { Deferred } from '../../base/deferred';
import { defined } from '../../base/defined';
import type { WireOutcome, WireStartFailure } from '../../engine/wire';
import type { ServeReport, WireServed } from '../../engine/wire-serve';
import type { GuestInstance, LoadedComponent } from '../component';
import { findExport, type GuestFunction } from '../exports';
import { isWithoutResult } from '../../engine/wire-traps';
import { takeModuleFailure } from '../modules';
import { guestOutcomeOf, outcomeOfError, startFailureOf } from '../outcome';
import { takeNetworkDenied } from '../wasi/denials';
import type { Exchange } from './exchange';
import type { InstanceHost, ServeHost } from './host';
import { requestOf, Response } from './types3';

/** What serves requests in a runner. */
export interface InstancesParts {
  readonly component: LoadedComponent;
  readonly host: ServeHost;
  /** The export that answers. */
  readonly handler: string;
  readonly isWasi03: boolean;
  report(report: Extract<ServeReport, { type: 'served' }>): void;
}

/** An instance could not be made. */
class NotStarted extends Error {
  readonly failure: WireStartFailure;
  /** How its start function ended, where it had one that ran. */
  readonly outcome: WireOutcome | undefined;

  constructor(failure: WireStartFailure, outcome: WireOutcome | undefined) {
    super('The instance cannot start.');
    this.failure = failure;
    this.outcome = outcome;
  }
}

/** Reports why an instance could not be made, from what was thrown. */
export function notStarted(error: unknown): Extract<WireServed, { type: 'not-started' }> {
  const { failure, outcome } =
    error instanceof NotStarted ? error : { failure: startFailureOf(error), outcome: undefined };
  return { type: 'not-started', failure, ...defined({ outcome }) };
}

interface Live {
  readonly guest: GuestInstance;
  readonly host: InstanceHost;
  readonly handle: GuestFunction;
  /** Requests that have not ended. */
  readonly exchanges: Set<Exchange>;
  served: number;
  /** The request that ended it. */
  endedBy?: number;
  /** Resolves when it has ended before its calls have: what they wait for may never come. */
  readonly over: Deferred<void>;
}

/** Under it the glue finds what it tells of failures in calls that have given their results, see `patchTaskFailure`. */
const taskFailed = Symbol.for('fresh-instance.task-failed');

/** How many requests are remembered that may still come. */
const mostForgotten = 10_000;

/** The instances of a runner. Which request goes to which of them is the front's decision. */
export class Instances {
  readonly #parts: InstancesParts;
  /** By the numbers that the front gives them. */
  readonly #live = new Map<number, Promise<Live>>();
  /** Requests that came and have not been reported. */
  readonly #open = new Set<number>();
  /** Requests whose clients were gone before they came. */
  readonly #forgotten = new Set<number>();
  /** Made before any request, to find out that it can be made. */
  #spare: Live | undefined;

  constructor(parts: InstancesParts) {
    this.#parts = parts;
  }

  /** Makes the first instance. Where it cannot be, {@link notStarted} tells why of what it rejects with. */
  async prepare(): Promise<void> {
    this.#spare = await this.#make();
  }

  /** Answers a request on an instance, which is made if it is not there. */
  async serve(exchange: Exchange, number: number, last: boolean): Promise<void> {
    if (this.#forgotten.delete(exchange.id)) {
      exchange.end({ type: 'never-came' });
      return;
    }
    this.#open.add(exchange.id);
    let live: Live | undefined;
    try {
      live = await this.#instance(number);
    } catch (error) {
      this.#live.delete(number);
      exchange.end(notStarted(error));
    }
    if (last) this.#live.delete(number);
    if (live !== undefined) await this.#answer(live, exchange, number);
    const report = {
      type: 'served',
      request: exchange.id,
      instance: number,
      nth: live?.served ?? 0,
      memoryBytes: live?.guest.memoryBytes() ?? 0,
      ...(takeNetworkDenied() ? ({ networkDenied: true } as const) : {}),
    } as const;
    // What ended otherwise is told before the client learns that there is no answer.
    await exchange.sent;
    this.#open.delete(exchange.id);
    this.#parts.report({ ...report, served: exchange.outcome() });
  }

  /** The client of a request is gone. One that has not come yet is reported at once, and not answered if it comes. */
  forget(request: number): void {
    if (this.#open.has(request)) return;
    this.#forgotten.add(request);
    const [oldest] = this.#forgotten;
    if (this.#forgotten.size > mostForgotten && oldest !== undefined) this.#forgotten.delete(oldest);
    const none = { instance: 0, nth: 0, memoryBytes: 0 };
    this.#parts.report({ type: 'served', request, ...none, served: { type: 'never-came' } });
  }

  /** Drops an instance once its requests have ended. */
  retire(number: number): void {
    this.#live.delete(number);
  }

  /** Ends an instance whose request takes too long, with all its requests. */
  async abort(number: number, request: number): Promise<void> {
    const live = await this.#live.get(number)?.catch(() => undefined);
    this.#live.delete(number);
    if (live !== undefined) endAll(live, request, { type: 'aborted' });
  }

  #instance(number: number): Promise<Live> {
    const known = this.#live.get(number);
    if (known !== undefined) return known;
    const spare = this.#spare;
    this.#spare = undefined;
    const made = spare === undefined ? this.#make() : Promise.resolve(spare);
    this.#live.set(number, made);
    return made;
  }

  async #make(): Promise<Live> {
    const { component, host: runner, handler } = this.#parts;
    const host = runner.instanceHost();
    try {
      let failed: (error: unknown) => void = () => undefined;
      const tell = (error: unknown) => {
        failed(error);
      };
      const guest = await component.instantiate({ ...host.imports, [taskFailed]: tell });
      const handle = findExport(guest.exports, { interface: handler, func: 'handle' });
      const live: Live = { guest, host, handle, exchanges: new Set(), served: 0, over: new Deferred() };
      failed = (error) => {
        this.#failedLater(live, error);
      };
      return live;
    } catch (error) {
      throw new NotStarted(startFailureOf(error), guestOutcomeOf(error, host.ending));
    }
  }

  async #answer(live: Live, exchange: Exchange, number: number): Promise<void> {
    live.served += 1;
    live.exchanges.add(exchange);
    takeModuleFailure();
    try {
      await Promise.race([this.#call(live, exchange), live.over.promise]);
      if (live.host.ending !== undefined) throw live.host.ending;
      exchange.close();
    } catch (error) {
      this.#ended(live, exchange, number, error);
    } finally {
      live.exchanges.delete(exchange);
    }
  }

  async #call({ handle }: Live, exchange: Exchange): Promise<void> {
    const { isWasi03, host } = this.#parts;
    if (!isWasi03) {
      await handle(...host.http2.request(exchange));
      return;
    }
    const response = await handle(requestOf(exchange));
    if (response instanceof Response) await Response.answer(response, exchange);
  }

  /** The handler ended otherwise than by returning. Only an error case leaves the instance as it was. */
  #ended(live: Live, exchange: Exchange, number: number, error: unknown): void {
    const outcome = outcomeOfError(live.host.ending ?? takeModuleFailure() ?? error);
    if (outcome.type === 'error') {
      exchange.fail(outcome.value as { tag: string });
      return;
    }
    this.#live.delete(number);
    if (outcome.type === 'ok') return;
    endAll(live, exchange.id, verdictOf(outcome));
  }

  /** A call has failed. Where it had given its result before, nothing else tells. */
  #failedLater(live: Live, error: unknown): void {
    setImmediate(() => {
      if (live.endedBy !== undefined) return;
      const outcome = outcomeOfError(live.host.ending ?? takeModuleFailure() ?? error);
      const [first, ...others] = live.exchanges;
      if (first === undefined || outcome.type === 'ok' || outcome.type === 'error') return;
      for (const [number, made] of this.#live)
        void made.then((each) => {
          if (each === live) this.#live.delete(number);
        });
      // Which of them it was is not known.
      for (const other of others) other.end(verdictOf(outcome));
      endAll(live, first.id, verdictOf(outcome));
    });
  }
}

/** Ends all requests of an instance, one of them as the cause. */
function endAll(live: Live, cause: number, verdict: WireServed): void {
  live.endedBy ??= cause;
  for (const exchange of live.exchanges)
    exchange.end(exchange.id === cause ? verdict : { type: 'instance-ended', by: live.endedBy });
  live.over.resolve();
}

function verdictOf(outcome: Extract<WireServed, { type: 'ended' }>['outcome']): WireServed {
  return outcome.type === 'trapped' && isWithoutResult(outcome.message)
    ? { type: 'no-response' }
    : { type: 'ended', outcome };
}
