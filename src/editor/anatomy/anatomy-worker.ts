// The thread that looks into files: structure, sizes and functions of large ones take longer than the editor may be held up.
import { parentPort } from 'node:worker_threads';
import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { Limiter } from '../../base/limiter';
import { readWhole } from '../../engine/read-build';
import type { AnatomyRequest, AnatomyResponse } from './anatomy-messages';
import { answerQuestion, type Post } from './answer-question';

/** The file that was asked about last: the next question is mostly about the same one. */
let last: { readonly path: string; readonly modifiedAt: number; readonly bytes: Uint8Array } | undefined;

/** One question at a time, so that one large file is in memory and not several. */
const queue = new Limiter(1);

parentPort?.on('message', (request: AnatomyRequest) => {
  void queue.run(() => answer(request));
});

async function answer({ id, path, ...question }: AnatomyRequest): Promise<void> {
  const post: Post = (response) => {
    parentPort?.postMessage({ id, ...response } satisfies AnatomyResponse);
  };
  const read = await readCached(path);
  if (!read.ok) post({ type: 'failed', error: read.error });
  else answerQuestion(question, read.value, post);
}

async function readCached(path: string) {
  const found = await stat(path).catch(() => null);
  if (last?.path === path && found?.mtimeMs === last.modifiedAt && found.size === last.bytes.length)
    return { ok: true, value: last.bytes } as const;
  last = undefined;
  const read = await readWhole(resolve(path));
  if (!read.ok) return read;
  last = { path, ...read.value };
  return { ok: true, value: read.value.bytes } as const;
}
