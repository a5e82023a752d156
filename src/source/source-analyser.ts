import { Worker } from 'node:worker_threads';
import type { Disposable } from '../base/disposable';
import type { Event } from '../base/event';
import { Emitter } from '../base/event';
import { messageOf } from '../base/error';
import { mayMatter } from './languages';
import type { SourceEdit, SourceFindings } from './source-document';
import type { WorkerRequest, WorkerResponse } from './worker-protocol';

/** What was found in one version of a document. */
export interface AnalysedDocument {
  readonly id: string;
  readonly version: number;
  readonly findings: SourceFindings;
}

/** A document as the analyser sees it; `text` is asked for only when it is needed. */
export interface AnalysedText {
  readonly id: string;
  readonly version: number;
  readonly languageId: string;
  readonly text: () => string;
}

/**
 * Analyses documents on a separate thread. The thread starts with the first document whose words say that
 * there may be something to find, and ends with the last one. A document that no longer matters is analysed
 * again, so that its findings are removed.
 */
export class SourceAnalyser implements Disposable {
  readonly #workerFile: string;
  readonly #found = new Emitter<AnalysedDocument>();
  readonly #failed = new Emitter<string>();
  readonly #sent = new Set<string>();
  #worker: Worker | undefined;

  /** @param workerFile the bundle of worker-main.ts, with a folder `grammars` beside it */
  constructor(workerFile: string) {
    this.#workerFile = workerFile;
  }

  readonly onFound: Event<AnalysedDocument> = this.#found.event;

  /** The thread or a grammar failed: what to write to the log. */
  readonly onFailed: Event<string> = this.#failed.event;

  /** A document was opened. */
  open(document: AnalysedText): void {
    const { id, version, languageId } = document;
    const text = document.text();
    if (!mayMatter(languageId, text)) return;
    this.#sent.add(id);
    this.#send({ type: 'open', id, version, languageId, text });
  }

  /** A document was edited; `edits` in the order in which they apply. */
  edit(document: AnalysedText, edits: readonly SourceEdit[]): void {
    if (this.#sent.has(document.id))
      this.#send({ type: 'edit', id: document.id, version: document.version, edits });
    else this.open(document);
  }

  /** A document was closed. */
  close(id: string): void {
    if (!this.#sent.delete(id)) return;
    if (this.#sent.size === 0) this.#stop();
    else this.#send({ type: 'close', id });
  }

  dispose(): void {
    this.#sent.clear();
    this.#stop();
    this.#found.dispose();
    this.#failed.dispose();
  }

  #send(request: WorkerRequest): void {
    this.#worker ??= this.#start();
    this.#worker.postMessage(request);
  }

  #start(): Worker {
    const worker = new Worker(this.#workerFile, { name: 'fresh-instance-source' });
    worker.unref();
    worker.on('message', (response: WorkerResponse) => {
      if (response.type === 'failed') this.#failed.fire(response.message);
      else if (this.#sent.has(response.id)) this.#found.fire(response);
    });
    worker.on('error', (error: unknown) => {
      this.#failed.fire(messageOf(error));
      // The next edit or opening starts a new thread, with whole texts.
      this.#sent.clear();
      this.#worker = undefined;
    });
    return worker;
  }

  #stop(): void {
    void this.#worker?.terminate();
    this.#worker = undefined;
  }
}
