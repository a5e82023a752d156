import { spawn, type ChildProcess } from 'node:child_process';
import { Socket } from 'node:net';
import type { NodeProgram } from '../transpiler-client';

/** How often a watchdog that something outside has killed is replaced. */
const mostStarts = 5;

/**
 * Sees to it that no wasmtime outlives this process, even if this process is killed by SIGKILL. wasmtime itself cannot hold a lease as our
 * runners do, so a process of ours does it for all of them: it is told which processes to watch, and kills them when the pipe breaks over
 * which it is told. A wasmtime does not wait until it is up: what it is told waits in the pipe.
 */
export class Watchdog {
  readonly #script: string;
  readonly #node: NodeProgram;
  readonly #watched = new Set<number>();
  #process: ChildProcess | undefined;
  #starts = 0;
  #disposed = false;

  /** @param script the path of the bundle `watchdog.js` */
  constructor(script: string, node: NodeProgram) {
    this.#script = script;
    this.#node = node;
  }

  /** Starts the watchdog's process, so that there is one when there is something to watch. */
  prepare(): void {
    if (this.#process === undefined) this.#start();
  }

  /** Watches a process that has just been started. */
  watch(pid: number): void {
    this.#watched.add(pid);
    if (this.#process === undefined) this.#start();
    else this.#tell(`+${String(pid)}\n`);
  }

  /** Must be called when a process has ended: its number may become another one's. */
  forget(pid: number): void {
    this.#watched.delete(pid);
    this.#tell(`-${String(pid)}\n`);
  }

  /** Ends the watchdog, and with it what it watches. */
  dispose(): void {
    this.#disposed = true;
    this.#process?.stdin?.end();
  }

  #start(): void {
    if (this.#disposed || this.#starts >= mostStarts) return;
    this.#starts += 1;
    const { execPath, env } = this.#node;
    const child = spawn(execPath, [this.#script], {
      env: { ...env },
      stdio: ['pipe', 'ignore', 'ignore'],
      windowsHide: true,
    });
    this.#process = child;
    child.stdin.on('error', () => undefined);
    const ended = () => {
      if (this.#process !== child) return;
      this.#process = undefined;
      if (this.#watched.size > 0) this.#start();
    };
    child.on('error', ended);
    child.on('exit', ended);
    // This process may end while the other one waits: that is what it waits for.
    child.unref();
    if (child.stdin instanceof Socket) child.stdin.unref();
    for (const pid of this.#watched) this.#tell(`+${String(pid)}\n`);
  }

  #tell(line: string): void {
    const stdin = this.#process?.stdin;
    if (stdin?.writable === true) stdin.write(line);
  }
}
