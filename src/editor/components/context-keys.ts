import * as vscode from 'vscode';
import type { Disposable } from '../../base/disposable';
import type { ComponentLibrary } from './component-library';
import { entryOf } from './known-component';
import { contextKeys } from '../common/ids';
import { witUriOf } from '../common/wit-uri';

/** What menus are told; only what has changed is. */
export class ContextKeys {
  readonly #values = new Map<string, boolean>();

  set(key: string, value: boolean): void {
    if ((this.#values.get(key) ?? false) === value) return;
    this.#values.set(key, value);
    void vscode.commands.executeCommand('setContext', key, value);
  }
}

/** Files are read one after the other; menus are told this much later, in ms. */
const settleMs = 50;

/** Keeps the menus of files told which of them are libraries: those are called and not run. */
export class LibraryKey implements Disposable {
  readonly #library: ComponentLibrary;
  readonly #paths = new Set<string>();
  #settling: NodeJS.Timeout | undefined;

  constructor(library: ComponentLibrary) {
    this.#library = library;
  }

  /** Takes notice of a file that has changed. */
  update(path: string): void {
    const component = this.#library.get(path);
    const isLibrary = component?.content.type === 'component' && entryOf(component) === null;
    if (isLibrary === this.#paths.has(path)) return;
    if (isLibrary) this.#paths.add(path);
    else this.#paths.delete(path);
    this.#settling ??= setTimeout(() => {
      this.#settling = undefined;
      const both = [...this.#paths].flatMap((each) => [each, witUriOf(each).fsPath]);
      void vscode.commands.executeCommand('setContext', contextKeys.libraries, both);
    }, settleMs);
  }

  dispose(): void {
    clearTimeout(this.#settling);
  }
}
