import * as vscode from 'vscode';
import type { LensChangesParts } from './lens-changes';

/** The documents of a selector that editors show with lenses. */
export function shownDocuments(selector: vscode.DocumentSelector): LensChangesParts {
  return {
    shown: () =>
      vscode.window.visibleTextEditors
        .map(({ document }) => document)
        .filter(
          (document) =>
            vscode.languages.match(selector, document) > 0 &&
            vscode.workspace.getConfiguration('editor', document).get('codeLens') === true,
        )
        .map(({ uri }) => uri.toString()),
    onDidChangeShown: (listener) => vscode.window.onDidChangeVisibleTextEditors(listener),
  };
}
