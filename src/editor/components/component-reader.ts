import { Worker } from 'node:worker_threads';
import type { Disposable } from '../../base/disposable';
import { messageOf } from '../../base/error';
import { closingText } from '../../words/read-error';
import type { ReadContent } from './component-library';
import type { ReadAnswers, ReadRequest, ReadResponse } from './reader-worker';

/** How long the thread is kept when there is nothing to read, in ms: builds come in bursts. */
const idleMs = 10_000;

/** A question that is not answered yet. */
interface Waiting {
  readonly path: string;
  readonly want: keyof ReadAnswers;
  readonly resolve: (answer: ReadResponse['answer']) => void;
}

/** Reads components on a thread of its own, which exists only while there is something to read. */
export class ComponentReader implements Disposable {
  readonly #workerFile: string;
  readonly #waiting = new Map<number, Waiting>();
  #worker: Worker | undefined;
  #idle: NodeJS.Timeout | undefined;
  #lastId = 0;

  /** @param workerFile the bundle of reader-worker.ts */
  constructor(workerFile: string) {
    this.#workerFile = workerFile;
  }

  /** What a file is. Never rejects: what cannot be read is a problem with the reason. */
  readonly read: ReadContent = (path) => this.#ask(path, 'content');

  /** What a component imports and exports; null for a file that is none or cannot be read. */
  readonly readWorld = (path: string): Promise<ReadAnswers['world']> => this.#ask(path, 'world');

  dispose(): void {
    clearTimeout(this.#idle);
    this.#stop();
    this.#refuseWaiting(closingText());
  }

  #ask<Want extends keyof ReadAnswers>(path: string, want: Want): Promise<ReadAnswers[Want]> {
    clearTimeout(this.#idle);
    this.#worker ??= this.#start();
    const request: ReadRequest = { id: (this.#lastId += 1), path, want };
    const answer = new Promise<ReadAnswers[Want]>((resolve) => {
      // The thread answers what it was asked.
      this.#waiting.set(request.id, { path, want, resolve: resolve as Waiting['resolve'] });
    });
    this.#worker.postMessage(request);
    return answer;
  }

  #start(): Worker {
    const worker = new Worker(this.#workerFile, { name: 'fresh-instance-components' });
    worker.unref();
    worker.on('message', ({ id, answer }: ReadResponse) => {
      this.#waiting.get(id)?.resolve(answer);
      this.#waiting.delete(id);
      if (this.#waiting.size > 0) return;
      clearTimeout(this.#idle);
      this.#idle = setTimeout(() => this.#stop(), idleMs);
      this.#idle.unref();
    });
    worker.on('error', (error: unknown) => {
      this.#stop();
      this.#refuseWaiting(messageOf(error));
    });
    return worker;
  }

  /** Ends the thread. */
  #stop(): void {
    const worker = this.#worker;
    this.#worker = undefined;
    void worker?.terminate();
  }

  /** Answers what was still to be read with the reason why it was not. */
  #refuseWaiting(why: string): void {
    const waiting = [...this.#waiting.values()];
    this.#waiting.clear();
    for (const { path, want, resolve } of waiting) {
      if (want === 'world') {
        resolve(null);
        continue;
      }
      resolve({
        type: 'problem',
        error: { code: 'unreadable', path, words: why, denied: false },
      });
    }
  }
}
