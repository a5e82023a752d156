import * as vscode from 'vscode';
import { DisposableStore, type Disposable } from '../../base/disposable';
import type { ExportCache } from '../components/export-cache';
import type { ComponentLibrary } from '../components/component-library';
import { witScheme } from '../common/ids';
import { componentOfWitUri } from '../common/wit-uri';
import { settings } from '../settings/settings';
import { callLenses } from './call-lenses';
import { LensChanges } from '../common/lens-changes';
import { lensTitle } from '../common/lens-title';

/** Lenses that call exports, in the component's own interface document. */
export class CallLensProvider implements vscode.CodeLensProvider, Disposable {
  readonly #library: ComponentLibrary;
  readonly #exports: ExportCache;
  readonly #owned = new DisposableStore();
  readonly #changes = this.#owned.add(new LensChanges());

  readonly onDidChangeCodeLenses = this.#changes.event;

  constructor(library: ComponentLibrary, exports: ExportCache) {
    this.#library = library;
    this.#exports = exports;
    this.#owned.add(vscode.workspace.onDidGrantWorkspaceTrust(this.#changes.note));
    this.#owned.add(vscode.languages.registerCodeLensProvider({ scheme: witScheme }, this));
  }

  async provideCodeLenses(document: vscode.TextDocument): Promise<vscode.CodeLens[]> {
    if (!vscode.workspace.isTrusted || !settings.showsLenses(document)) return [];
    const path = componentOfWitUri(document.uri);
    const component = this.#library.get(path) ?? (await this.#library.load(path));
    if (component.content.type !== 'component') return [];
    const exports = await this.#exports.of(component);
    return callLenses(document.getText(), path, exports).map(
      ({ line, character, length, title, tooltip, command, target }) =>
        new vscode.CodeLens(new vscode.Range(line, character, line, character + length), {
          title: lensTitle(title),
          tooltip,
          command,
          arguments: [target],
        }),
    );
  }

  dispose(): void {
    this.#owned.dispose();
  }
}
