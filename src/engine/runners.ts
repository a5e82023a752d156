import { dirname } from 'node:path';
import type { Profile } from '../instance/profile';
import type { GuestIo, InheritedIo } from './guest-io';
import { IdleList } from './idle-list';
import { PermissionFlags } from './permission-flags';
import { GuestProcess, RunnerProcess, type RunnerShape, type RunnerStdio } from './runner-process';
import type { NodeProgram } from './transpiler-client';
import type { Command, StartCommand } from './wire';

/** What every runner is started with. */
export interface RunnersOptions {
  /** The bundles that run in processes of their own. */
  readonly files: { readonly runner: string };
  readonly node: NodeProgram;
  /** The folder of transpiled components, which every runner reads. */
  readonly cacheDir: string;
  /** Whether guests give way to other processes. */
  readonly lowPriority?: boolean;
  /** One line for a log that developers read. */
  log(line: string): void;
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

/**
 * An engine's runners. A runner serves instances of one launch key, one after the other, as long as each has
 * ended cleanly and left nothing behind; a bare runner, which has loaded nothing yet, waits for any instance.
 * They need nothing of the engine, so that a program can start the first one while it still loads everything
 * else.
 */
export class Runners {
  readonly #options: RunnersOptions;
  readonly #permissions: PermissionFlags;
  readonly #uses = new WeakMap<RunnerProcess, { readonly key: string; readonly count: number }>();
  /** By launch key. */
  readonly #parked = new IdleList<RunnerProcess>(end);
  /** At most one, by its shape. */
  readonly #bare = new IdleList<RunnerProcess>(end);
  #disposed = false;

  constructor(options: RunnersOptions) {
    this.#options = options;
    this.#permissions = new PermissionFlags([dirname(options.files.runner), options.cacheDir], options.node);
  }

  /** The process that a runner for instances of a profile is. */
  shapeFor(profile: Profile, io: GuestIo | InheritedIo, { debug }: { readonly debug: boolean }): RunnerShape {
    const stack = stackArgs(profile);
    // The permission model would keep debuggers out.
    const nodeArgs = debug ? stack : [...stack, ...this.#permissions.argsFor(profile)];
    return { stdio: stdioOf(profile, io), nodeArgs };
  }

  /**
   * Starts a process that serves HTTP requests, which is nothing that waits here.
   * @param script the bundle that it runs
   * @param socketFolder the folder of the socket that it listens on
   * @param parse checks what it reports
   */
  spawnServing<C, R>(
    script: string,
    profile: Profile,
    io: GuestIo | InheritedIo,
    { socketFolder, parse }: { readonly socketFolder: string; readonly parse: (value: unknown) => R },
  ): GuestProcess<C, R> {
    const { node, lowPriority = false } = this.#options;
    const nodeArgs = [...stackArgs(profile), ...this.#permissions.argsFor(profile, socketFolder)];
    return new GuestProcess(
      { script, node, lowPriority, stdio: stdioOf(profile, io), nodeArgs },
      parse,
      (error) => {
        this.#options.log(error.message);
      },
    );
  }

  /** Takes the fastest runner that can serve a launch key: one that has served it, the bare one, or a new one. */
  take(key: string, shape: RunnerShape, start: StartCommand): TakenRunner {
    const parked = this.#parked.take(key, isAlive);
    const runner = parked ?? this.#bare.take(JSON.stringify(shape), isAlive) ?? this.#spawn(shape);
    runner.ref();
    this.#uses.set(runner, { key, count: (this.#uses.get(runner)?.count ?? 0) + 1 });
    return { runner, command: parked === undefined ? start : { type: 'renew', program: start.program } };
  }

  /** Takes back a runner whose instance has ended cleanly, for another one like it. */
  giveBack(runner: RunnerProcess): void {
    const use = this.#uses.get(runner);
    if (this.#disposed || use === undefined || use.count >= maxUses) {
      runner.kill();
      return;
    }
    runner.unref();
    this.#parked.add(use.key, runner, idleMs);
    this.#parked.trim(({ length }) => length <= maxParked);
  }

  /** Starts a runner for an instance that will be asked for. */
  warmUpFor(profile: Profile, io: GuestIo | InheritedIo): void {
    this.warmUp(this.shapeFor(profile, io, { debug: false }));
  }

  /**
   * Starts the bare runner, if there is none. It never has a file as its stdin, which may have been replaced
   * once it is used.
   */
  warmUp(shape: RunnerShape): void {
    const { stdio } = shape;
    const readsFile = stdio.type === 'piped' && typeof stdio.stdin === 'object';
    if (this.#disposed || readsFile || this.#bare.values.some(isAlive)) return;
    const runner = this.#spawn(shape);
    runner.unref();
    this.#bare.add(JSON.stringify(shape), runner, idleMs);
  }

  /** Ends every runner that waits. */
  dispose(): void {
    this.#disposed = true;
    for (const runner of [...this.#parked.clear(), ...this.#bare.clear()]) runner.kill();
  }

  #spawn({ stdio, nodeArgs }: RunnerShape): RunnerProcess {
    const { files, node, lowPriority = false } = this.#options;
    return new RunnerProcess({ script: files.runner, node, lowPriority, stdio, nodeArgs }, ({ message }) => {
      this.#options.log(message);
    });
  }
}

function stackArgs({ stackKiB }: Profile): readonly string[] {
  return stackKiB === undefined ? [] : [`--stack-size=${String(stackKiB)}`];
}

function isAlive({ alive }: RunnerProcess): boolean {
  return alive;
}

function end(runner: RunnerProcess): void {
  runner.kill();
}

function stdioOf({ stdin }: Profile, io: GuestIo | InheritedIo): RunnerStdio {
  if ('inherit' in io) return { type: 'inherit' };
  switch (stdin.type) {
    case 'terminal':
      return { type: 'piped', stdin: 'pipe' };
    case 'empty':
      return { type: 'piped', stdin: 'empty' };
    case 'file':
      return { type: 'piped', stdin: { file: stdin.path } };
  }
}
