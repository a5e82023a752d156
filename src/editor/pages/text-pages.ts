import * as vscode from 'vscode';
import type { Disposable } from '../../base/disposable';
import { textScheme } from '../common/ids';

/** Texts of ours as read-only documents, so that closing one never asks to save it. */
export class TextPages implements vscode.TextDocumentContentProvider, Disposable {
  readonly #texts = new Map<string, string>();
  readonly #registrations: vscode.Disposable;
  #last = 0;

  constructor() {
    this.#registrations = vscode.Disposable.from(
      vscode.workspace.registerTextDocumentContentProvider(textScheme, this),
      vscode.workspace.onDidCloseTextDocument(({ uri }) => void this.#texts.delete(uri.toString())),
    );
  }

  provideTextDocumentContent(uri: vscode.Uri): string {
    return this.#texts.get(uri.toString()) ?? '';
  }

  /** Opens a text in an editor. The name's ending says its language. */
  async show(name: string, text: string): Promise<void> {
    this.#last += 1;
    const uri = vscode.Uri.from({ scheme: textScheme, path: `/${String(this.#last)}/${name}` });
    this.#texts.set(uri.toString(), text);
    await vscode.window.showTextDocument(await vscode.workspace.openTextDocument(uri), { preview: true });
  }

  dispose(): void {
    this.#registrations.dispose();
    this.#texts.clear();
  }
}
