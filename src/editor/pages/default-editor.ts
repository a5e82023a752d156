import * as vscode from 'vscode';
import type { Disposable } from '../../base/disposable';
import { associationsFor, type OpenWasmFiles } from './editor-association';

const { Global, Workspace } = vscode.ConfigurationTarget;

/** The places where the setting can be, and how VS Code names them. */
const places = [
  { target: Global, key: 'globalValue' },
  { target: Workspace, key: 'workspaceValue' },
] as const;

/** Makes the setting `freshInstance.openWasmFiles` true, by way of `workbench.editorAssociations`. */
export class DefaultEditor implements Disposable {
  readonly #registration: vscode.Disposable;
  readonly #before = new Map<vscode.ConfigurationTarget, OpenWasmFiles | undefined>();
  /** Changes are made one after the other. */
  #work: Promise<void>;

  constructor() {
    this.#work = this.#follow();
    this.#registration = vscode.workspace.onDidChangeConfiguration((change) => {
      if (change.affectsConfiguration('freshInstance.openWasmFiles'))
        this.#work = this.#work.then(() => this.#follow());
    });
  }

  dispose(): void {
    this.#registration.dispose();
  }

  async #follow(): Promise<void> {
    for (const { target, key } of places) {
      const setting = vscode.workspace
        .getConfiguration('freshInstance')
        .inspect<OpenWasmFiles>('openWasmFiles');
      const workbench = vscode.workspace.getConfiguration('workbench');
      const associations = workbench.inspect<Record<string, string>>('editorAssociations')?.[key] ?? {};
      const value = known(setting?.[key]);
      const wanted = associationsFor(value, this.#before.get(target), associations);
      this.#before.set(target, value);
      // Settings that cannot be written stay as they are: VS Code tells its user why.
      if (wanted !== null)
        await workbench.update('editorAssociations', wanted, target).then(undefined, () => undefined);
    }
  }
}

/** What a hand-written settings file has may be anything. */
function known(value: unknown): OpenWasmFiles | undefined {
  return value === 'page' || value === 'other' ? value : undefined;
}
