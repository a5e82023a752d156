import type { Disposable } from '../../base/disposable';
import { closingText } from '../../words/read-error';
import { IdleThread } from '../common/idle-thread';
import type { ReadContent } from './component-library';
import type { ReadAnswers, ReadRequest, ReadResponse } from './reader-worker';

/** A question that is not answered yet. */
interface Waiting {
  readonly path: string;
  readonly want: keyof ReadAnswers;
  readonly resolve: (answer: ReadResponse['answer']) => void;
}

/** Reads components on a thread of its own, which exists only while there is something to read. */
export class ComponentReader implements Disposable {
  readonly #thread: IdleThread<ReadRequest, ReadResponse>;
  readonly #waiting = new Map<number, Waiting>();
  #lastId = 0;

  /** @param workerFile the bundle of reader-worker.ts */
  constructor(workerFile: string) {
    this.#thread = new IdleThread({
      file: workerFile,
      name: 'fresh-instance-components',
      onAnswer: ({ id, answer }) => {
        this.#waiting.get(id)?.resolve(answer);
        this.#waiting.delete(id);
        return this.#waiting.size > 0;
      },
      onFailure: (message) => {
        this.#refuseWaiting(message);
      },
    });
  }

  /** What a file is. Never rejects: what cannot be read is a problem with the reason. */
  readonly read: ReadContent = (path) => this.#ask(path, 'content');

  /** What a component imports and exports; null for a file that is none or cannot be read. */
  readonly readWorld = (path: string): Promise<ReadAnswers['world']> => this.#ask(path, 'world');

  dispose(): void {
    this.#thread.dispose();
    this.#refuseWaiting(closingText());
  }

  #ask<Want extends keyof ReadAnswers>(path: string, want: Want): Promise<ReadAnswers[Want]> {
    const request: ReadRequest = { id: (this.#lastId += 1), path, want };
    const answer = new Promise<ReadAnswers[Want]>((resolve) => {
      // The thread answers what it was asked.
      this.#waiting.set(request.id, { path, want, resolve: resolve as Waiting['resolve'] });
    });
    this.#thread.post(request);
    return answer;
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
