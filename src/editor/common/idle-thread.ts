import { Worker } from 'node:worker_threads';
import type { Disposable } from '../../base/disposable';
import { messageOf } from '../../base/error';

/** How long a thread is kept when there is nothing to do, in ms: questions come in bursts. */
const idleMs = 10_000;

export interface IdleThreadParts<Response> {
  /** The bundle that it runs, and its name in lists of threads. */
  readonly file: string;
  readonly name: string;
  /** Takes an answer. Returns whether others are waited for. */
  readonly onAnswer: (answer: Response) => boolean;
  /** The thread has broken down, and does not answer what it was asked. */
  readonly onFailure: (message: string) => void;
}

/** A thread that exists only while there is something to do for it, and some seconds longer. */
export class IdleThread<Request, Response> implements Disposable {
  readonly #parts: IdleThreadParts<Response>;
  #worker: Worker | undefined;
  #idle: NodeJS.Timeout | undefined;

  constructor(parts: IdleThreadParts<Response>) {
    this.#parts = parts;
  }

  post(request: Request): void {
    clearTimeout(this.#idle);
    this.#worker ??= this.#start();
    this.#worker.postMessage(request);
  }

  /** Ends the thread, whatever it is doing. */
  dispose(): void {
    clearTimeout(this.#idle);
    const worker = this.#worker;
    this.#worker = undefined;
    void worker?.terminate();
  }

  #start(): Worker {
    const { file, name, onAnswer, onFailure } = this.#parts;
    const worker = new Worker(file, { name });
    worker.unref();
    worker.on('message', (answer: Response) => {
      if (worker !== this.#worker || onAnswer(answer)) return;
      clearTimeout(this.#idle);
      this.#idle = setTimeout(() => this.dispose(), idleMs);
      this.#idle.unref();
    });
    worker.on('error', (error: unknown) => {
      if (worker !== this.#worker) return;
      this.dispose();
      onFailure(messageOf(error));
    });
    return worker;
  }
}
