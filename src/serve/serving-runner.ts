import { Agent, request, type ClientRequest } from 'node:http';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { Deferred } from '../base/deferred';
import type { StartEnd, StartFailure, StopReason } from '../component/outcome';
import type { ImportFault } from '../component/import-fault';
import { trapOf } from '../component/trap';
import { describeExit } from '../engine/runner-process';
import type { ServingEngine, ServingPlan, ServingProcess } from '../engine/serving';
import { hopHeaders, type ServeReport } from '../engine/wire-serve';
import type { WireOutcome, WireStartFailure } from '../engine/wire';

/** What a runner said of a request that has ended. */
export type Served = Extract<ServeReport, { type: 'served' }>;

/** How long a runner may take to answer that its thread is free, in ms. */
const pongMs = 500;

/** How a process that serves ended: by code that stands in for an import, or otherwise, in the words of the system. */
export type RunnerEnd = Extract<StopReason, { type: 'runner-died' | 'import-ended' }>;

/** One process that serves requests, and the way to it. */
export class ServingRunner {
  readonly number: number;
  readonly plan: ServingPlan;
  readonly #process: ServingProcess;
  readonly #path: string;
  readonly #agent: Agent;
  readonly #served = new Map<number, Deferred<Served | undefined>>();
  readonly #pongs = new Map<number, Deferred<boolean>>();
  readonly #started = new Deferred<StartEnd | null>();
  #lastPing = 0;
  /** What ended it, where it could say so itself. */
  #fault: ImportFault | undefined;
  /** Resolves with how the process ended. */
  readonly gone: Promise<RunnerEnd>;

  /** @param folder for its socket; owned by the caller */
  constructor(number: number, engine: ServingEngine, plan: ServingPlan, folder: string) {
    this.number = number;
    this.plan = plan;
    this.#path =
      process.platform === 'win32'
        ? `\\\\.\\pipe\\fresh-instance-${String(process.pid)}-${folder.slice(-6)}-${String(number)}`
        : join(folder, String(number));
    this.#agent = new Agent({ keepAlive: true, maxFreeSockets: 64, scheduling: 'lifo' });
    this.#process = engine.spawn(plan, folder);
    const { io } = plan;
    this.#process.attach({
      output: (stream, bytes) => {
        if ('output' in io) void io.output(stream, bytes);
      },
      report: (report) => {
        this.#take(report);
      },
    });
    this.gone = this.#process.exited.then((exit) => {
      const fault = this.#fault;
      const end: RunnerEnd =
        fault === undefined
          ? { type: 'runner-died', detail: describeExit(exit) }
          : { type: 'import-ended', fault };
      this.#end(end);
      return end;
    });
  }

  get alive(): boolean {
    return this.#process.alive;
  }

  /** Makes it serve. Resolves with null when it takes requests, else with what keeps it from that. */
  async start(): Promise<StartEnd | null> {
    const { start, handler } = this.plan;
    this.#process.send({ type: 'serve', start, handler: handler.name, path: this.#path });
    return await this.#started.promise;
  }

  /** Opens a request to it. */
  open(head: {
    readonly request: number;
    readonly instance: number;
    readonly only: boolean;
    readonly method: string;
    readonly path: string;
    readonly authority: string;
    readonly headers: readonly string[];
  }): ClientRequest {
    this.#served.set(head.request, new Deferred());
    const numbers = `${String(head.request)} ${String(head.instance)}${head.only ? ' last' : ''}`;
    return request({
      socketPath: this.#path,
      agent: this.#agent,
      method: head.method,
      path: head.path,
      setHost: false,
      // The hop adds to the head; what the front accepted must pass.
      maxHeaderSize: 1_048_576,
      headers: [hopHeaders.request, numbers, hopHeaders.authority, head.authority, ...head.headers],
    });
  }

  /** Resolves with what the runner says of a request's end; with undefined if it ended before that. */
  async served(number: number): Promise<Served | undefined> {
    const waits = this.#served.get(number);
    const served = await waits?.promise;
    this.#served.delete(number);
    return served;
  }

  /** An instance gets no more requests. */
  retire(instance: number): void {
    if (this.alive) this.#process.send({ type: 'retire', instance });
  }

  /** Ends an instance whose request takes too long. */
  abort(instance: number, number: number): void {
    if (this.alive) this.#process.send({ type: 'abort', instance, request: number });
  }

  /** The client of a request is gone, perhaps before the request reached the runner. */
  forget(number: number): void {
    if (this.alive) this.#process.send({ type: 'forget', request: number });
  }

  /** Whether its thread is free, and no guest computes without an end. */
  async responds(): Promise<boolean> {
    if (!this.alive) return false;
    this.#lastPing += 1;
    const id = this.#lastPing;
    const pong = new Deferred<boolean>();
    this.#pongs.set(id, pong);
    const timer = setTimeout(() => {
      pong.resolve(false);
    }, pongMs);
    this.#process.send({ type: 'ping', id });
    const answered = await pong.promise;
    clearTimeout(timer);
    this.#pongs.delete(id);
    return answered;
  }

  /** Ends the process at once. */
  kill(): void {
    this.#process.kill();
  }

  #take(report: ServeReport): void {
    switch (report.type) {
      case 'listening':
        this.#started.resolve(null);
        break;
      case 'not-started':
        this.#started.resolve(startEndOf(report));
        this.kill();
        break;
      case 'served':
        this.#served.get(report.request)?.resolve(report);
        break;
      case 'pong':
        this.#pongs.get(report.id)?.resolve(true);
        break;
      case 'ending':
        this.#fault = report.fault;
        break;
    }
  }

  #end(end: RunnerEnd): void {
    const failure: StartFailure =
      end.type === 'runner-died'
        ? { code: 'runner-ended', detail: end.detail }
        : { code: 'import-fault', fault: end.fault };
    this.#started.resolve({ type: 'failed', failure });
    for (const served of this.#served.values()) served.resolve(undefined);
    for (const pong of this.#pongs.values()) pong.resolve(false);
    this.#agent.destroy();
    if (process.platform !== 'win32') rmSync(this.#path, { force: true });
  }
}

/** Why no instance could be made, from what a runner says. */
export function startEndOf({
  failure,
  outcome,
}: {
  readonly failure: WireStartFailure;
  readonly outcome?: WireOutcome;
}): StartEnd {
  if (outcome?.type === 'trapped')
    return { type: 'trapped', trap: trapOf(outcome.kind, outcome.message, outcome.fault) };
  if (outcome?.type === 'exited') return { type: 'exited', code: outcome.code };
  return { type: 'failed', failure };
}
