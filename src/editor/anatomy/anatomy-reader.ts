import type { Disposable } from '../../base/disposable';
import { err, ok, type Result } from '../../base/result';
import type { SizeOrigin, SizeRow } from '../../component/anatomy/sizes';
import type { EngineError } from '../../engine/errors';
import { closingText } from '../../words/read-error';
import { IdleThread } from '../common/idle-thread';
import type { Anatomy } from './anatomy';
import type { AnatomyAnswer, AnatomyQuestion, AnatomyRequest, AnatomyResponse } from './anatomy-messages';

type Answer = Result<AnatomyAnswer, EngineError>;

/** A question that is not answered yet, and the parts of its answer. */
interface Waiting {
  readonly path: string;
  readonly rows: SizeRow[];
  readonly origins: SizeOrigin[];
  readonly onProgress: ((done: number, total: number) => void) | undefined;
  readonly resolve: (answer: Answer) => void;
}

/** Looks into files on a thread of its own, which exists only while there is something to look into. */
export class AnatomyReader implements Anatomy, Disposable {
  readonly #thread: IdleThread<AnatomyRequest, AnatomyResponse>;
  readonly #waiting = new Map<number, Waiting>();
  #lastId = 0;

  /** @param workerFile the bundle of anatomy-worker.ts */
  constructor(workerFile: string) {
    this.#thread = new IdleThread({
      file: workerFile,
      name: 'fresh-instance-anatomy',
      onAnswer: (response) => {
        this.#take(response);
        return this.#waiting.size > 0;
      },
      onFailure: (message) => {
        this.#refuseWaiting(message);
      },
    });
  }

  readonly overview: Anatomy['overview'] = async (path) => {
    const { answer } = await this.#ask(path, { want: 'overview' });
    if (!answer.ok) return answer;
    return answer.value.want === 'overview' ? ok(answer.value.overview) : unexpected(path);
  };

  readonly sizes: Anatomy['sizes'] = async (path, { onProgress, signal } = {}) => {
    const { answer, rows, origins } = await this.#ask(path, { want: 'sizes' }, { onProgress, signal });
    if (!answer.ok) return answer;
    return answer.value.want === 'sizes' ? ok({ ...answer.value.table, rows, origins }) : unexpected(path);
  };

  readonly findFunctions: Anatomy['findFunctions'] = async (path, text, limit, module) => {
    const question = { want: 'functions', text, limit, module: module ?? null } as const;
    const { answer } = await this.#ask(path, question);
    if (!answer.ok) return answer;
    return answer.value.want === 'functions' ? ok(answer.value.functions) : unexpected(path);
  };

  readonly wat: Anatomy['wat'] = async (path, module) => {
    const { answer } = await this.#ask(path, { want: 'wat', module });
    if (!answer.ok) return answer;
    return answer.value.want === 'wat' ? ok(answer.value.print) : unexpected(path);
  };

  readonly watFunction: Anatomy['watFunction'] = async (path, module, index) => {
    const { answer } = await this.#ask(path, { want: 'wat-function', module, index });
    if (!answer.ok) return answer;
    return answer.value.want === 'wat-function' ? ok(answer.value.text) : unexpected(path);
  };

  dispose(): void {
    this.#thread.dispose();
    this.#refuseWaiting(closingText());
  }

  async #ask(
    path: string,
    question: AnatomyQuestion,
    {
      onProgress,
      signal,
    }: { readonly onProgress?: Waiting['onProgress']; readonly signal?: AbortSignal | undefined } = {},
  ): Promise<{
    readonly answer: Answer;
    readonly rows: readonly SizeRow[];
    readonly origins: readonly SizeOrigin[];
  }> {
    const id = (this.#lastId += 1);
    const [rows, origins]: [SizeRow[], SizeOrigin[]] = [[], []];
    const answer = await new Promise<Answer>((resolve) => {
      if (signal?.aborted === true) {
        resolve(aborted(path));
        return;
      }
      this.#waiting.set(id, { path, rows, origins, onProgress, resolve });
      signal?.addEventListener('abort', () => {
        if (this.#waiting.delete(id)) resolve(aborted(path));
      });
      this.#thread.post({ id, path, ...question });
    });
    return { answer, rows, origins };
  }

  #take(response: AnatomyResponse): void {
    const waiting = this.#waiting.get(response.id);
    if (waiting === undefined) return;
    switch (response.type) {
      case 'progress':
        waiting.onProgress?.(response.done, response.total);
        return;
      case 'rows':
        waiting.rows.push(...response.rows);
        return;
      case 'origins':
        waiting.origins.push(...response.origins);
        return;
      case 'end':
        waiting.resolve(ok(response.answer));
        break;
      case 'failed':
        waiting.resolve(err(response.error));
        break;
    }
    this.#waiting.delete(response.id);
  }

  #refuseWaiting(words: string): void {
    const waiting = [...this.#waiting.values()];
    this.#waiting.clear();
    for (const { path, resolve } of waiting) {
      resolve(err({ code: 'unreadable', path, words, denied: false }));
    }
  }
}

function aborted(path: string): Answer {
  return err({ code: 'unreadable', path, words: '', denied: false });
}

function unexpected(path: string): Result<never, EngineError> {
  return err({ code: 'unreadable', path, words: '', denied: false });
}
