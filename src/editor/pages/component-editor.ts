import { readErrorText } from '../../words/read-error';
import * as vscode from 'vscode';
import type { Disposable } from '../../base/disposable';
import type { ComponentLibrary } from '../components/component-library';
import { isWitPackage } from '../components/known-component';
import { componentEditorId } from '../common/ids';
import type { InterfaceDocuments } from './interface-documents';

/**
 * A choice beside other extensions' editors in "Open With…": shows a .wasm file as its interface. The interface is a text document, with
 * lenses, so this editor opens that and closes itself.
 */
export class ComponentEditor implements vscode.CustomReadonlyEditorProvider, Disposable {
  readonly #library: ComponentLibrary;
  readonly #interfaces: InterfaceDocuments;
  readonly #registration: vscode.Disposable;

  constructor(library: ComponentLibrary, interfaces: InterfaceDocuments) {
    this.#library = library;
    this.#interfaces = interfaces;
    this.#registration = vscode.window.registerCustomEditorProvider(componentEditorId, this);
  }

  openCustomDocument(uri: vscode.Uri): vscode.CustomDocument {
    return { uri, dispose: () => undefined };
  }

  async resolveCustomEditor({ uri }: vscode.CustomDocument, panel: vscode.WebviewPanel): Promise<void> {
    const component = await this.#library.load(uri.fsPath);
    if (component.content.type === 'problem' && !isWitPackage(component.content)) {
      const { row, advice } = readErrorText(component.content.error);
      panel.webview.html = page(`${component.name}: ${row}. ${advice}`);
      return;
    }
    await this.#interfaces.show(component);
    panel.dispose();
  }

  dispose(): void {
    this.#registration.dispose();
  }
}

function page(words: string): string {
  const escaped = words.replace(/&/g, '&amp;').replace(/</g, '&lt;');
  return `<!DOCTYPE html><html lang="en"><head><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'"><title>Component</title></head><body><p>${escaped}</p></body></html>`;
}
