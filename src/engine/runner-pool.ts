import { RunnerProcess, type RunnerOptions, type RunnerStdio } from './runner-process';
import type { Command, WireProgram } from './wire';

type StartCommand = Extract<Command, { type: 'start' }>;

/** The process that a runner is: its standard streams and Node's arguments. */
export interface RunnerShape {
  readonly stdio: RunnerStdio;
  readonly nodeArgs: readonly string[];
}

/** What an instance needs of its runner, for it to come from the pool. */
export interface RunnerNeeds extends RunnerShape {
  readonly start: StartCommand;
}

/** A runner for an instance, with the command that makes the instance in it. */
export interface TakenRunner {
  readonly runner: RunnerProcess;
  readonly command: Command;
}

/** How many instances a runner serves before it is replaced, so that nothing can add up in it. */
const maxUses = 256;

/** How many runners wait for another instance of the component that they served. */
const maxParked = 2;

/** How long a runner waits for its next use. */
const idleMs = 60_000;

interface Parked {
  readonly runner: RunnerProcess;
  readonly key: string;
  readonly timer: NodeJS.Timeout;
}

/**
 * Gives runners out and takes them back. A runner serves instances of one component with one set of grants only, one after the other, and only while each
 * has ended cleanly and left nothing behind; a bare one, which has loaded nothing yet, waits for whatever comes.
 */
export class RunnerPool {
  readonly #options: Omit<RunnerOptions, 'stdio' | 'nodeArgs'>;
  readonly #onBroken: (error: Error) => void;
  readonly #uses = new WeakMap<RunnerProcess, { key: string; count: number }>();
  readonly #parked: Parked[] = [];
  #bare: Parked | undefined;
  #disposed = false;

  constructor(options: Omit<RunnerOptions, 'stdio' | 'nodeArgs'>, onBroken: (error: Error) => void) {
    this.#options = options;
    this.#onBroken = onBroken;
  }

  /** A runner that makes an instance as needed, the quickest there is. */
  take(needs: RunnerNeeds): TakenRunner {
    const key = keyOf(needs);
    const used = this.#takeParked(key);
    if (used !== undefined) {
      this.#count(used, key);
      return { runner: used, command: { type: 'renew', program: needs.start.program } };
    }
    const runner = this.#takeBare(shapeOf(needs)) ?? this.#spawn(needs);
    this.#count(runner, key);
    return { runner, command: needs.start };
  }

  /** Takes a runner back whose instance has ended cleanly, for another one like it. */
  giveBack(runner: RunnerProcess): void {
    const use = this.#uses.get(runner);
    if (this.#disposed || use === undefined || use.count >= maxUses) {
      runner.kill();
      return;
    }
    this.#parked.push(this.#park(runner, use.key));
    if (this.#parked.length > maxParked) this.#drop(this.#parked[0]);
  }

  /** Starts the bare runner, if none is there. It never holds a file as its stdin, which may have been replaced once it is used. */
  warmUp(shape: RunnerShape): void {
    if (this.#disposed || this.#bare !== undefined || readsFile(shape.stdio)) return;
    this.#bare = this.#park(this.#spawn(shape), shapeOf(shape));
  }

  /** Ends every runner that waits. */
  dispose(): void {
    this.#disposed = true;
    for (const parked of [...this.#parked]) this.#drop(parked);
    this.#drop(this.#bare);
  }

  #spawn({ stdio, nodeArgs }: RunnerShape): RunnerProcess {
    return new RunnerProcess({ ...this.#options, stdio, nodeArgs }, this.#onBroken);
  }

  #count(runner: RunnerProcess, key: string): void {
    this.#uses.set(runner, { key, count: (this.#uses.get(runner)?.count ?? 0) + 1 });
  }

  #takeParked(key: string): RunnerProcess | undefined {
    const parked = this.#parked.find((each) => each.key === key && each.runner.alive);
    if (parked === undefined) return undefined;
    this.#parked.splice(this.#parked.indexOf(parked), 1);
    return unpark(parked);
  }

  #takeBare(shape: string): RunnerProcess | undefined {
    const bare = this.#bare;
    if (bare?.key !== shape || !bare.runner.alive) return undefined;
    this.#bare = undefined;
    return unpark(bare);
  }

  #park(runner: RunnerProcess, key: string): Parked {
    runner.unref();
    const timer = setTimeout(() => {
      this.#drop(parked);
    }, idleMs).unref();
    const parked = { runner, key, timer };
    return parked;
  }

  #drop(parked: Parked | undefined): void {
    if (parked === undefined) return;
    clearTimeout(parked.timer);
    parked.runner.kill();
    if (this.#bare === parked) this.#bare = undefined;
    const at = this.#parked.indexOf(parked);
    if (at >= 0) this.#parked.splice(at, 1);
  }
}

function unpark({ runner, timer }: Parked): RunnerProcess {
  clearTimeout(timer);
  runner.ref();
  return runner;
}

function readsFile(stdio: RunnerStdio): boolean {
  return stdio.type === 'piped' && typeof stdio.stdin === 'object';
}

const noProgram: WireProgram = { argv: [], env: [] };

/** What a runner is bound to once it has started: everything but the command line, the environment and how quickly it started. */
function keyOf({ start, stdio, nodeArgs }: RunnerNeeds): string {
  return JSON.stringify([{ ...start, program: noProgram, eager: false }, stdio, nodeArgs]);
}

function shapeOf({ stdio, nodeArgs }: RunnerShape): string {
  return JSON.stringify([stdio, nodeArgs]);
}
