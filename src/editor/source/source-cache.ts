import * as vscode from 'vscode';
import { DisposableStore, type Disposable } from '../../base/disposable';
import { Emitter } from '../../base/event';
import { sourceLanguageIds } from '../../source/languages';
import { SourceAnalyser } from '../../source/source-analyser';
import type { SourceFindings } from '../../source/source-document';

interface Found {
  readonly version: number;
  readonly findings: SourceFindings;
}

/**
 * What was found in the open documents. A separate thread analyses them; it exists only while one of them may
 * matter.
 */
export class SourceCache implements Disposable {
  readonly #analyser: SourceAnalyser;
  readonly #owned = new DisposableStore();
  readonly #changes = this.#owned.add(new Emitter<vscode.TextDocument>());
  readonly #found = new Map<string, Found>();

  /** @param workerFile the bundle that analyses documents, with its grammars beside it */
  constructor(workerFile: string, log: (line: string) => void) {
    this.#analyser = this.#owned.add(new SourceAnalyser(workerFile));
    this.#owned.add(this.#analyser.onFailed((message) => log(`looking through sources: ${message}`)));
    this.#owned.add(
      this.#analyser.onFound(({ id, version, findings }) => {
        this.#found.set(id, { version, findings });
        const document = vscode.workspace.textDocuments.find((open) => open.uri.toString() === id);
        if (document !== undefined) this.#changes.fire(document);
      }),
    );
    this.#owned.add(vscode.workspace.onDidOpenTextDocument((document) => this.#open(document)));
    this.#owned.add(vscode.workspace.onDidCloseTextDocument((document) => this.#close(document)));
    this.#owned.add(
      vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
        if (!isSource(document) || contentChanges.length === 0) return;
        this.#analyser.edit(
          asText(document),
          contentChanges.map(({ rangeOffset, rangeLength, text }) => ({
            start: rangeOffset,
            end: rangeOffset + rangeLength,
            text,
          })),
        );
      }),
    );
    for (const document of vscode.workspace.textDocuments) this.#open(document);
  }

  /** Fires when the findings of a document change. */
  readonly onDidChange = this.#changes.event;

  /** The last findings, and whether they are of the current version. Undefined before the first answer. */
  get(document: vscode.TextDocument): { findings: SourceFindings; isPresent: boolean } | undefined {
    const found = this.#found.get(document.uri.toString());
    return found && { findings: found.findings, isPresent: found.version === document.version };
  }

  dispose(): void {
    this.#owned.dispose();
  }

  #open(document: vscode.TextDocument): void {
    if (isSource(document)) this.#analyser.open(asText(document));
  }

  #close(document: vscode.TextDocument): void {
    const id = document.uri.toString();
    this.#analyser.close(id);
    if (!this.#found.delete(id)) return;
    this.#changes.fire(document);
  }
}

function isSource(document: vscode.TextDocument): boolean {
  return document.uri.scheme === 'file' && sourceLanguageIds.includes(document.languageId);
}

function asText(document: vscode.TextDocument) {
  return {
    id: document.uri.toString(),
    version: document.version,
    languageId: document.languageId,
    text: () => document.getText(),
  };
}
