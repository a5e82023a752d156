import * as vscode from 'vscode';
import type { Disposable } from '../../base/disposable';
import { sourceLanguageIds } from '../../source/languages';
import { commandIds, productName } from '../common/ids';
import { secondRunText } from '../../words/second-runs';
import { toRange, type SecondRun, type SecondRuns } from './second-runs';

const rewriteTitles = {
  'inside-loop': secondRunText.fixInsideLoop,
  'before-call': secondRunText.fixBeforeCall,
} as const;

/** Quick fixes for second runs in host code: run the component in a fresh instance, or give each call in the code its own instance. */
export class SecondRunActions implements vscode.CodeActionProvider, Disposable {
  readonly #runs: SecondRuns;
  readonly #registration: vscode.Disposable;

  constructor(runs: SecondRuns) {
    this.#runs = runs;
    this.#registration = vscode.languages.registerCodeActionsProvider(
      sourceLanguageIds.map((language) => ({ language, scheme: 'file' })),
      this,
      { providedCodeActionKinds: [vscode.CodeActionKind.QuickFix] },
    );
  }

  provideCodeActions(
    document: vscode.TextDocument,
    range: vscode.Range,
    { diagnostics }: vscode.CodeActionContext,
  ): vscode.CodeAction[] {
    return this.#runs
      .of(document)
      .filter((run) => run.range.intersection(range) !== undefined)
      .flatMap((run) => {
        const own = diagnostics.filter(
          (diagnostic) => diagnostic.source === productName && diagnostic.range.isEqual(run.range),
        );
        return [...rewrite(document, run), ...runFresh(run)].map((action) => {
          action.diagnostics = own;
          return action;
        });
      });
  }

  dispose(): void {
    this.#registration.dispose();
  }
}

function rewrite(document: vscode.TextDocument, { finding }: SecondRun): vscode.CodeAction[] {
  if (finding.rewrite === undefined) return [];
  const action = new vscode.CodeAction(rewriteTitles[finding.rewrite.kind](), vscode.CodeActionKind.QuickFix);
  const edit = new vscode.WorkspaceEdit();
  edit.set(
    document.uri,
    finding.rewrite.edits.map(({ range, newText }) => new vscode.TextEdit(toRange(range), newText)),
  );
  action.edit = edit;
  action.isPreferred = true;
  return [action];
}

function runFresh({ component }: SecondRun): vscode.CodeAction[] {
  if (component === undefined || !vscode.workspace.isTrusted) return [];
  const target = { path: component.path };
  const run = new vscode.CodeAction(secondRunText.runFresh(component.name), vscode.CodeActionKind.QuickFix);
  run.command = { command: commandIds.runFresh, title: run.title, arguments: [target] };
  const why = new vscode.CodeAction(secondRunText.why(), vscode.CodeActionKind.QuickFix);
  why.command = { command: commandIds.explainVerdict, title: why.title, arguments: [target] };
  return [run, why];
}
