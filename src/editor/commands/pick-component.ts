import * as vscode from 'vscode';
import type { ComponentLibrary } from '../components/component-library';
import type { KnownComponent } from '../components/known-component';
import { inOrderOfOffer, type OfferContext } from '../components/offer';

/** Lets the user pick a component of the workspace, or any file. Resolves with its path; throws a CancellationError if nothing is picked. */
export async function pickComponent(library: ComponentLibrary, context: OfferContext): Promise<string> {
  const browse = { label: '$(folder-opened) Choose a file…', path: undefined };
  const picked = await vscode.window.showQuickPick<{ label: string; path: string | undefined }>(
    [...inOrderOfOffer(library.all(), context).map((component) => itemFor(component, context)), browse],
    {
      title: 'Choose a component',
      placeHolder: 'Components of this workspace',
      matchOnDescription: true,
      matchOnDetail: true,
    },
  );
  if (picked === undefined) throw new vscode.CancellationError();
  if (picked.path !== undefined) return picked.path;
  const files = await vscode.window.showOpenDialog({
    title: 'Choose a component',
    filters: { 'WebAssembly components': ['wasm'] },
  });
  const file = files?.[0];
  if (file === undefined) throw new vscode.CancellationError();
  return file.fsPath;
}

function itemFor({ name, path, content }: KnownComponent, { isLive }: OfferContext) {
  const problem = content.type === 'problem' ? content.message : '';
  return {
    label: name,
    description: isLive(path) ? 'has a live instance' : problem,
    detail: vscode.workspace.asRelativePath(path),
    path,
  };
}
