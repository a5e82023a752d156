import { basename } from 'node:path';
import * as vscode from 'vscode';
import { formatBytes } from '../../base/size';
import { DisposableStore, type Disposable } from '../../base/disposable';
import type { WatPrint } from '../../component/wat/read-wat';
import { readErrorText } from '../../words/read-error';
import { watText } from '../../words/wat';
import type { Anatomy } from '../anatomy/anatomy';
import { watScheme } from '../common/ids';
import { placeOfWatUri, watUriOf, type WatPlace } from '../common/wat-uri';
import type { ComponentLibrary } from '../components/component-library';

/**
 * Core modules as read-only WAT, printed when they are opened. A large module is shown without its functions, each of which is a document of its
 * own; links and "Go to Function…" lead there.
 */
export class WatDocuments implements vscode.TextDocumentContentProvider, Disposable {
  readonly #anatomy: Anatomy;
  readonly #owned = new DisposableStore();
  readonly #changed = this.#owned.add(new vscode.EventEmitter<vscode.Uri>());

  readonly onDidChange = this.#changed.event;

  constructor({ anatomy, library }: { readonly anatomy: Anatomy; readonly library: ComponentLibrary }) {
    this.#anatomy = anatomy;
    this.#owned.add(vscode.workspace.registerTextDocumentContentProvider(watScheme, this));
    this.#owned.add(
      library.onDidChange(({ path }) => {
        for (const { uri } of vscode.workspace.textDocuments)
          if (placeOfWatUri(uri)?.path === path) this.#changed.fire(uri);
      }),
    );
  }

  async provideTextDocumentContent(uri: vscode.Uri): Promise<string> {
    const place = placeOfWatUri(uri);
    if (place === null) return '';
    const { path, module, func } = place;
    const read =
      func === null
        ? await this.#anatomy.wat(path, module)
        : await this.#anatomy.watFunction(path, module, func);
    if (!read.ok) return comment(readErrorText(read.error).row);
    if (read.value === null)
      return comment(func === null ? watText.noModule(module) : watText.noFunction(func));
    const text = typeof read.value === 'string' ? read.value : moduleText(read.value);
    return `${comment(watText.title(basename(path), module))}${text}`;
  }

  /** Opens a module or a function in an editor. */
  async show(place: WatPlace): Promise<void> {
    const document = await vscode.workspace.openTextDocument(watUriOf(place));
    await vscode.window.showTextDocument(document, { preview: place.func !== null });
  }

  dispose(): void {
    this.#owned.dispose();
  }
}

function moduleText({ text, isWhole, functionCount, codeBytes, largest }: WatPrint): string {
  if (isWhole) return text;
  const list = largest.map(({ index, name, bytes }) =>
    watText.listed(String(index), name, formatBytes(bytes)),
  );
  const notes = [watText.large(functionCount, formatBytes(codeBytes)), ...list];
  return `${notes.map(comment).join('')}\n${text}`;
}

function comment(text: string): string {
  return `;; ${text}\n`;
}
