import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { monotonicMs } from '../base/clock';
import type { StartEnd } from '../component/outcome';
import type { ServingEngine, ServingPlan } from '../engine/serving';
import { ServingRunner } from './serving-runner';

/** What a pool needs of the server that owns it. */
export interface RunnerPoolParts {
  readonly engine: ServingEngine;
  /** How many processes serve. More than one, so that a guest that computes without an end does not hold all requests. */
  readonly size: number;
  /** A runner takes requests from now on. */
  onReady(runner: ServingRunner): void;
  /** A runner gets no new requests. */
  onLeaving(runner: ServingRunner): void;
  /** A runner's process has ended. */
  onGone(runner: ServingRunner): void;
}

/** How long after a failed start the next one is tried at the earliest, in ms. */
const pauseMs = 1000;

/** The processes that serve one component: as many as were asked for, of the latest build, each replaced when it ends. */
export class RunnerPool {
  readonly #parts: RunnerPoolParts;
  readonly #folder: string;
  readonly #runners = new Map<number, ServingRunner>();
  /** Those that get new requests, or will once they have started. */
  readonly #serving = new Set<number>();
  /** Runners that have taken requests. */
  readonly #started = new WeakSet<ServingRunner>();
  #plan: ServingPlan | undefined;
  #lastNumber = 0;
  /** Runners that do not take requests yet. */
  #starting = 0;
  #failure: { readonly end: StartEnd; readonly at: number } | undefined;
  #ended = false;

  constructor(parts: RunnerPoolParts) {
    this.#parts = parts;
    this.#folder = mkdtempSync(join(tmpdir(), 'fresh-instance-'));
  }

  /** Why no runner could be started lately; null if the latest one could, or one is being started. */
  get failure(): StartEnd | null {
    return this.#starting > 0 ? null : (this.#failure?.end ?? null);
  }

  /** The runner with a number, while its process is there. */
  get(number: number): ServingRunner | undefined {
    return this.#runners.get(number);
  }

  /**
   * Serves another plan from now on. Resolves with null once one runner of it takes requests; the runners of the former plan get no new
   * ones from then on. Otherwise resolves with what keeps it from starting, and nothing changes.
   */
  async use(plan: ServingPlan): Promise<StartEnd | null> {
    const former = [...this.#serving];
    const first = this.#spawn(plan);
    const end = await first.start();
    if (end !== null) {
      this.#serving.delete(first.number);
      return end;
    }
    this.#plan = plan;
    this.#started.add(first);
    this.#failure = undefined;
    this.#parts.onReady(first);
    for (const number of former) this.leave(number);
    this.#fill();
    return null;
  }

  /** Takes a runner out: it ends when its requests have ended, see {@link endIfLeft}, and another one takes its place. */
  leave(number: number): void {
    const runner = this.#runners.get(number);
    if (runner === undefined || !this.#serving.delete(number)) return;
    this.#parts.onLeaving(runner);
    this.#fill();
  }

  /** Ends a runner that was taken out. */
  endIfLeft(number: number): void {
    if (!this.#serving.has(number)) this.#runners.get(number)?.kill();
  }

  /** Ends all processes at once, and removes what is on disk. */
  end(): void {
    this.#ended = true;
    for (const runner of this.#runners.values()) runner.kill();
    rmSync(this.#folder, { recursive: true, force: true });
  }

  #fill(): void {
    const plan = this.#plan;
    if (plan === undefined) return;
    while (!this.#ended && this.#serving.size < this.#parts.size) {
      const runner = this.#spawn(plan);
      this.#starting += 1;
      void runner.start().then((end) => {
        this.#starting -= 1;
        if (end === null && this.#serving.has(runner.number)) {
          this.#started.add(runner);
          this.#failure = undefined;
          this.#parts.onReady(runner);
        } else if (end !== null) this.#failed(runner, end);
      });
    }
  }

  #failed(runner: ServingRunner, end: StartEnd): void {
    this.#serving.delete(runner.number);
    const now = monotonicMs();
    const again = this.#failure !== undefined && now - this.#failure.at < pauseMs;
    this.#failure = { end, at: now };
    // What failed once may have been ended from outside.
    if (!again) this.#fill();
    else
      setTimeout(() => {
        this.#fill();
      }, pauseMs).unref();
    this.#parts.onGone(runner);
  }

  #spawn(plan: ServingPlan): ServingRunner {
    this.#lastNumber += 1;
    const runner = new ServingRunner(this.#lastNumber, this.#parts.engine, plan, this.#folder);
    this.#runners.set(runner.number, runner);
    this.#serving.add(runner.number);
    void runner.gone.then(() => {
      this.#runners.delete(runner.number);
      const served = this.#serving.delete(runner.number);
      if (served) this.#parts.onLeaving(runner);
      this.#parts.onGone(runner);
      if (served && this.#started.has(runner)) this.#fill();
    });
    return runner;
  }
}
