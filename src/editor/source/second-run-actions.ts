import * as vscode from 'vscode';
import type { Disposable } from '../../base/disposable';
import { sourceLanguageIds } from '../../source/languages';
import { commandIds } from '../common/ids';
import { toRange, type SecondRun, type SecondRuns } from './second-runs';

const rewriteTitles = {
  'inside-loop': 'Make a fresh instance inside the loop',
  'before-call': 'Make a fresh instance before this call',
} as const;

/** Quick fixes for second runs in host code: run the component afresh now, or change the code so that each call has an instance of its own. */
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
          (diagnostic) => diagnostic.source === 'Fresh Instance' && diagnostic.range.isEqual(run.range),
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
  const action = new vscode.CodeAction(rewriteTitles[finding.rewrite.kind], vscode.CodeActionKind.QuickFix);
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
  const run = new vscode.CodeAction(
    `Run ${component.name} in Fresh Instance`,
    vscode.CodeActionKind.QuickFix,
  );
  run.command = { command: commandIds.runFresh, title: run.title, arguments: [target] };
  const why = new vscode.CodeAction('Why would it trap?', vscode.CodeActionKind.QuickFix);
  why.command = { command: commandIds.explainVerdict, title: why.title, arguments: [target] };
  return [run, why];
}
