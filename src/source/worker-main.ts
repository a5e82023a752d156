// The thread that parses, so that the extension host does not wait.
import { join } from 'node:path';
import { parentPort } from 'node:worker_threads';
import { messageOf } from '../base/error';
import { Grammars } from './grammars';
import { SourceDocument } from './source-document';
import type { WorkerRequest, WorkerResponse } from './worker-protocol';

const grammars = new Grammars(join(__dirname, 'grammars'));
const documents = new Map<string, { readonly document: SourceDocument; version: number }>();

parentPort?.on('message', (request: WorkerRequest) => {
  if (request.type === 'close') {
    documents.get(request.id)?.document.dispose();
    documents.delete(request.id);
    return;
  }
  const { id, version } = request;
  if (request.type === 'open') {
    documents.get(id)?.document.dispose();
    documents.set(id, { document: new SourceDocument(request.languageId, request.text, grammars), version });
  } else {
    const open = documents.get(id);
    if (open === undefined) return;
    open.document.edit(request.edits);
    open.version = version;
  }
  // Waiting edits are applied first, so that only the last version is analysed.
  setImmediate(() => void look(id, version));
});

async function look(id: string, version: number): Promise<void> {
  const open = documents.get(id);
  if (open?.version !== version) return;
  try {
    answer({ type: 'found', id, version, findings: await open.document.find() });
  } catch (error) {
    answer({ type: 'failed', id, version, message: messageOf(error) });
  }
}

function answer(response: WorkerResponse): void {
  parentPort?.postMessage(response);
}
