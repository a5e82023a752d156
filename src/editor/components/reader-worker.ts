// The thread that reads components: large ones take longer than the editor may be held up.
import { readFile } from 'node:fs/promises';
import { parentPort } from 'node:worker_threads';
import { readWorld, type World } from '../../component/world';
import { readContent } from './read-content';

/** Asks for a file to be read: what it is, or what it imports and exports. */
export interface ReadRequest {
  readonly id: number;
  readonly path: string;
  readonly want: keyof ReadAnswers;
}

/** What there is to ask, with the answers. */
export interface ReadAnswers {
  readonly content: Awaited<ReturnType<typeof readContent>>;
  /** Null for a file that is no component or cannot be read. */
  readonly world: World | null;
}

export interface ReadResponse {
  readonly id: number;
  readonly answer: ReadAnswers[keyof ReadAnswers];
}

parentPort?.on('message', ({ id, path, want }: ReadRequest) => {
  void (want === 'content' ? readContent(path) : worldOf(path)).then((answer) => {
    parentPort?.postMessage({ id, answer } satisfies ReadResponse);
  });
});

async function worldOf(path: string): Promise<World | null> {
  const bytes = await readFile(path).catch(() => null);
  const read = bytes === null ? null : readWorld(bytes);
  return read?.ok === true ? read.value : null;
}
