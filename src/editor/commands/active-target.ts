import * as vscode from 'vscode';
import { DisposableStore, type Disposable } from '../../base/disposable';
import type { InstancesView } from '../tree/instances-view';
import type { TreeNode } from '../tree/tree-node';

/** What a command of the palette is about: the row that the user selected, unless they have turned to an editor since. */
export class ActiveTarget implements Disposable {
  readonly #view: InstancesView;
  readonly #owned = new DisposableStore();
  #onTree = false;

  constructor(view: InstancesView) {
    this.#view = view;
    // Logs change selections, too, and closing an editor turns to none.
    const turnsTo = (editor: boolean) => {
      if (editor) this.#onTree = false;
    };
    const byUser = (kind: vscode.TextEditorSelectionChangeKind | undefined) =>
      kind === vscode.TextEditorSelectionChangeKind.Mouse ||
      kind === vscode.TextEditorSelectionChangeKind.Keyboard;
    this.#owned.add(
      view.onDidChangeSelection(() => {
        this.#onTree = view.selection !== undefined;
      }),
    );
    this.#owned.add(
      view.onDidToggle((row) => {
        // A click on the row that is selected already changes no selection.
        if (row === view.selection) this.#onTree = true;
      }),
    );
    this.#owned.add(
      vscode.window.tabGroups.onDidChangeTabs(({ opened, changed }) => {
        turnsTo([...opened, ...changed].some(({ isActive }) => isActive));
      }),
    );
    this.#owned.add(
      vscode.window.onDidChangeActiveTextEditor((editor) => {
        turnsTo(editor !== undefined);
      }),
    );
    this.#owned.add(
      vscode.window.onDidChangeTextEditorSelection(({ kind }) => {
        turnsTo(byUser(kind));
      }),
    );
  }

  /** The selected row, if the view is seen and was turned to last. */
  get row(): TreeNode | undefined {
    return this.#onTree && this.#view.visible ? this.#view.selection : undefined;
  }

  dispose(): void {
    this.#owned.dispose();
  }
}
