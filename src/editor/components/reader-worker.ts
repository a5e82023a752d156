// The thread that reads components: large ones take longer than the editor may be held up.
import { parentPort } from 'node:worker_threads';
import { readContent } from './read-content';

/** Asks for a file to be read. */
export interface ReadRequest {
  readonly id: number;
  readonly path: string;
}

/** What the file is. */
export interface ReadResponse {
  readonly id: number;
  readonly content: Awaited<ReturnType<typeof readContent>>;
}

parentPort?.on('message', ({ id, path }: ReadRequest) => {
  void readContent(path).then((content) => {
    parentPort?.postMessage({ id, content } satisfies ReadResponse);
  });
});
