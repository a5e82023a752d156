import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { basename } from 'node:path';
import { monotonicMs } from '../base/clock';
import type { Event } from '../base/event';
import type { StartEnd } from '../component/outcome';
import type { ServingEngine, ServingPlan } from '../engine/serving';
import { Dispatcher, type Place } from './dispatcher';
import type { FailureFacts, ServeFailure } from './failure';
import { failureOf } from './failure-of';
import { Forward, type Forwarded } from './forward';
import { RequestHistory } from './history';
import { Outcomes, type MakePage, type Pending } from './outcomes';
import type { ReusePolicy } from './policy';
import { RunnerPool } from './runner-pool';
import type { ServingRunner } from './serving-runner';

/** What a server is made of. */
export interface ComponentServerParts {
  readonly engine: ServingEngine;
  readonly policy: ReusePolicy;
  /** How many processes serve. */
  readonly runners: number;
  readonly page: MakePage;
}

interface Active extends Pending {
  readonly forward: Forward;
  readonly place: Place;
  /** What the server itself decided about it. */
  verdict?: ServeFailure;
}

/** The longest head of a request, in bytes. */
const longestHeadBytes = 65_536;

/** How long a client may take over the head of a request, and over the next piece of a body, in ms. */
const clientPatienceMs = 30_000;

/** How often requests are looked at that may take too long, in ms. */
const lookEveryMs = 250;

/** A component that is served over HTTP: owns the public socket; what answers are the processes of its pool. */
export class ComponentServer {
  readonly history = new RequestHistory();
  readonly #parts: ComponentServerParts;
  readonly #server: Server;
  readonly #pool: RunnerPool;
  readonly #dispatcher: Dispatcher;
  readonly #waiting: Pending[] = [];
  readonly #active = new Map<number, Active>();
  readonly #idle = new Map<number, NodeJS.Timeout>();
  readonly #outcomes: Outcomes;
  #policy: ReusePolicy;
  /** Processes of which it is being found out whether they compute without an end. */
  readonly #ending = new Set<ServingRunner>();
  #look: NodeJS.Timeout | undefined;
  #draining: (() => void) | undefined;
  #isEnding = false;

  /** Fired for each request that failed. */
  readonly onDidFail: Event<FailureFacts>;

  constructor(parts: ComponentServerParts) {
    this.#parts = parts;
    this.#policy = parts.policy;
    this.#outcomes = new Outcomes({ history: this.history, page: parts.page });
    this.onDidFail = this.#outcomes.onDidFail;
    this.#dispatcher = new Dispatcher(() => this.#policy);
    this.#pool = new RunnerPool({
      engine: parts.engine,
      size: parts.runners,
      onReady: (runner) => {
        this.#dispatcher.addRunner(runner.number);
        this.#pump();
      },
      onLeaving: ({ number }) => {
        this.#dispatcher.removeRunner(number);
        if (this.#dispatcher.runningIn(number) === 0) this.#pool.endIfLeft(number);
      },
      onGone: (runner) => {
        this.#ending.delete(runner);
        this.#pump();
      },
    });
    this.#server = createServer(
      {
        maxHeaderSize: longestHeadBytes,
        headersTimeout: clientPatienceMs,
        requestTimeout: 0,
        connectionsCheckingInterval: 1000,
      },
      (client, response) => {
        this.#take(client, response);
      },
    );
    // The public socket takes what its clients send; a failure of one connection is that client's.
    this.#server.on('error', () => undefined);
  }

  get policy(): ReusePolicy {
    return this.#policy;
  }

  /** Sets how instances are reused from now on. */
  setPolicy(policy: ReusePolicy): void {
    this.#policy = policy;
    this.#pump();
  }

  /** Requests whose clients wait for an answer. */
  get open(): number {
    const waitsFor = ({ response }: Pending) => !response.closed;
    return [...this.#active.values()].filter(waitsFor).length + this.#waiting.filter(waitsFor).length;
  }

  /** Serves a build. Resolves with null once it takes requests, else with why it cannot; a former build keeps serving then. */
  async use(plan: ServingPlan): Promise<StartEnd | null> {
    const end = await this.#pool.use(plan);
    if (end === null) this.#outcomes.file = basename(plan.handler.build.path);
    return end;
  }

  /** Listens. Resolves with the address; rejects with the system's error where that is not possible. */
  async listen(host: string, port: number): Promise<AddressInfo> {
    await new Promise<void>((resolve, reject) => {
      this.#server.once('error', reject);
      this.#server.listen(port, host, () => {
        this.#server.off('error', reject);
        resolve();
      });
    });
    this.#look = setInterval(() => {
      this.#lookAtAll();
    }, lookEveryMs);
    // What listens on an address and a port has both.
    return this.#server.address() as AddressInfo;
  }

  /** Takes no more connections, lets the requests end that have come, and ends then. */
  async drain(): Promise<void> {
    this.#isEnding = true;
    this.#server.close();
    this.#server.closeIdleConnections();
    if (this.open > 0)
      await new Promise<void>((resolve) => {
        this.#draining = resolve;
      });
    this.end();
  }

  /** Ends at once. */
  end(): void {
    this.#isEnding = true;
    clearInterval(this.#look);
    for (const timer of this.#idle.values()) clearTimeout(timer);
    this.#idle.clear();
    this.#server.close();
    this.#server.closeAllConnections();
    this.#pool.end();
    this.#draining?.();
  }

  #take(client: IncomingMessage, response: ServerResponse): void {
    const number = this.history.came(client.method ?? 'GET', client.url ?? '/');
    const pending = { number, client, response, cameAt: monotonicMs(), again: false };
    // A connection that is kept alive would hold the end of a server that drains.
    if (this.#isEnding) response.shouldKeepAlive = false;
    if (this.#waiting.length >= this.#policy.maxConcurrentRequests) {
      this.#outcomes.fail(pending, { type: 'busy' });
      return;
    }
    this.#waiting.push(pending);
    this.#pump();
  }

  /** Gives waiting requests their places. */
  #pump(): void {
    while (this.#waiting.length > 0 && this.#active.size < this.#policy.maxConcurrentRequests) {
      const [next] = this.#waiting;
      if (next === undefined) return;
      if (next.response.closed || next.response.destroyed) {
        this.#waiting.shift();
        this.#outcomes.record(next, undefined, {}, undefined);
        continue;
      }
      const place = this.#dispatcher.take();
      if (place === undefined) {
        this.#failWaiting();
        return;
      }
      this.#waiting.shift();
      void this.#serve(next, place);
    }
    this.#endIfDrained();
  }

  #endIfDrained(): void {
    if (this.#draining !== undefined && this.open === 0) this.#draining();
  }

  /** Without any runner, what waits would wait for ever. */
  #failWaiting(): void {
    const end = this.#pool.failure;
    if (end === null) return;
    for (const pending of this.#waiting.splice(0)) this.#outcomes.fail(pending, { type: 'not-started', end });
  }

  async #serve(pending: Pending, place: Place): Promise<void> {
    const { client, response, number } = pending;
    const { instance } = place;
    const runner = this.#pool.get(place.runner);
    clearTimeout(this.#idle.get(instance));
    this.#idle.delete(instance);
    if (runner === undefined) {
      this.#dispatcher.removeRunner(place.runner);
      this.#dispatcher.release(instance);
      this.#waiting.unshift(pending);
      queueMicrotask(() => {
        this.#pump();
      });
      return;
    }
    this.history.placed(instance);
    const target = { runner, request: number, instance, only: place.only };
    const forward = new Forward(client, response, target);
    const active: Active = { ...pending, forward, place };
    this.#active.set(number, active);
    const forwarded = await forward.done;
    await this.#settle(active, runner, forwarded);
    this.#active.delete(number);
    this.#release(runner, instance, forwarded);
    this.#pump();
  }

  async #settle(active: Active, runner: ServingRunner, forwarded: Forwarded): Promise<void> {
    const { how, served } = forwarded;
    const where = served === undefined ? undefined : { number: served.instance, nth: served.nth };
    if (served !== undefined && endsInstance(served.served.type))
      this.#dispatcher.retire(active.place.instance);
    if (active.verdict !== undefined) {
      this.#outcomes.record(active, active.verdict, forwarded, where);
      return;
    }
    if (served === undefined && this.#mayTryAgain(active, how)) {
      this.#waiting.unshift({ ...active, again: true });
      return;
    }
    const failure: ServeFailure | null =
      served === undefined ? await runner.gone : await failureOf(served, this.#parts.engine, runner.plan);
    if (how === 'failed') this.#outcomes.fail(active, failure ?? { type: 'no-response' }, where, forwarded);
    else this.#outcomes.record(active, failure ?? undefined, forwarded, where);
  }

  /** Whether a request that was lost with its runner can be answered by another one: nothing has come of it, and it changes nothing. */
  #mayTryAgain({ client, again }: Active, how: Forwarded['how']): boolean {
    const safe = ['GET', 'HEAD', 'OPTIONS'].includes(client.method ?? '') && client.complete;
    return how === 'failed' && safe && !again && !this.#isEnding;
  }

  #release(runner: ServingRunner, instance: number, { served }: Forwarded): void {
    const now = this.#dispatcher.release(instance);
    this.history.became(instance, now, served?.memoryBytes);
    if (now === 'ended') {
      runner.retire(instance);
      if (this.#dispatcher.runningIn(runner.number) === 0) this.#pool.endIfLeft(runner.number);
    }
    if (now !== 'idle') return;
    const timer = setTimeout(() => {
      this.#idle.delete(instance);
      if (!this.#dispatcher.retire(instance)) return;
      runner.retire(instance);
      this.history.became(instance, 'ended');
    }, this.#policy.idleInstanceTimeoutMs);
    this.#idle.set(instance, timer);
  }

  #lookAtAll(): void {
    const now = monotonicMs();
    const limitMs = this.#policy.requestTimeoutMs;
    // One for each process at a time: if its guest computes, the others of the process are not to blame.
    const overdue = new Map<ServingRunner, Active>();
    for (const active of this.#active.values()) {
      if (active.verdict !== undefined) continue;
      const { runner } = active.forward.target;
      if (active.forward.clientWaitMs(now) > clientPatienceMs) active.client.destroy();
      else if (active.forward.guestWaitMs(now) > limitMs && !overdue.has(runner)) overdue.set(runner, active);
    }
    for (const active of overdue.values()) void this.#timeOut(active, limitMs);
    if (this.#waiting.length > 0) this.#pump();
    this.#endIfDrained();
  }

  /** A guest takes too long: its client gets an answer, and its instance ends; if it computes, the whole process does. */
  async #timeOut(active: Active, limitMs: number): Promise<void> {
    const { forward, place, number } = active;
    const { runner } = forward.target;
    if (this.#ending.has(runner)) return;
    active.verdict = { type: 'timeout', limitMs };
    this.#outcomes.answer(active, active.verdict, { number: place.instance, nth: 0 });
    this.#dispatcher.retire(place.instance);
    runner.abort(place.instance, number);
    // What waits in the guest cannot be taken from it. So the process gets nothing new, and ends with its other requests.
    this.#pool.leave(runner.number);
    this.#ending.add(runner);
    if (await runner.responds()) this.#ending.delete(runner);
    else runner.kill();
  }
}

/** Whether nothing may follow on an instance. A handler of WASI 0.3 that gives no answer has trapped, as the component model has it. */
function endsInstance(type: string): boolean {
  return (
    type === 'ended' ||
    type === 'no-response' ||
    type === 'aborted' ||
    type === 'not-started' ||
    type === 'instance-ended'
  );
}
