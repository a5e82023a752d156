import * as vscode from 'vscode';
import { DisposableStore, type Disposable } from '../../base/disposable';
import type { ComponentLibrary } from '../components/component-library';
import type { KnownComponent } from '../components/known-component';
import { witScheme } from '../ids';
import { componentOfWitUri, witUriOf } from './wit-uri';

/** The text of a component's interface, or the reason why there is none. */
export type ReadInterface = (path: string) => Promise<string>;

/** Components' interfaces as read-only WIT documents, made anew when a component is rebuilt. */
export class InterfaceDocuments implements vscode.TextDocumentContentProvider, Disposable {
  readonly #read: ReadInterface;
  readonly #owned = new DisposableStore();
  readonly #changed = this.#owned.add(new vscode.EventEmitter<vscode.Uri>());

  readonly onDidChange = this.#changed.event;

  constructor(library: ComponentLibrary, read: ReadInterface) {
    this.#read = read;
    this.#owned.add(vscode.workspace.registerTextDocumentContentProvider(witScheme, this));
    this.#owned.add(
      library.onDidChange(({ path, content }) => {
        if (content.type === 'component') this.#changed.fire(witUriOf(path));
      }),
    );
  }

  async provideTextDocumentContent(uri: vscode.Uri): Promise<string> {
    return await this.#read(componentOfWitUri(uri));
  }

  /** Opens a component's interface in an editor. */
  async show({ path }: KnownComponent): Promise<void> {
    const document = await vscode.workspace.openTextDocument(witUriOf(path));
    await vscode.window.showTextDocument(document, { preview: true });
  }

  dispose(): void {
    this.#owned.dispose();
  }
}
