import * as vscode from 'vscode';
import type { Disposable } from '../../base/disposable';
import type { ComponentLibrary } from './component-library';
import type { KnownComponent } from './known-component';
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

/** Keeps the menus of files told which of them are of a kind, by a context key with their paths. */
export class FileKey implements Disposable {
  readonly #library: ComponentLibrary;
  readonly #key: string;
  readonly #isMeant: (component: KnownComponent) => boolean;
  readonly #paths = new Set<string>();
  #settling: NodeJS.Timeout | undefined;

  constructor(library: ComponentLibrary, key: string, isMeant: (component: KnownComponent) => boolean) {
    this.#library = library;
    this.#key = key;
    this.#isMeant = isMeant;
  }

  /** Takes notice of a file that has changed. */
  update(path: string): void {
    const component = this.#library.get(path);
    const isMeant = component !== undefined && this.#isMeant(component);
    if (isMeant === this.#paths.has(path)) return;
    if (isMeant) this.#paths.add(path);
    else this.#paths.delete(path);
    this.#settling ??= setTimeout(() => {
      this.#settling = undefined;
      const both = [...this.#paths].flatMap((each) => [each, witUriOf(each).fsPath]);
      void vscode.commands.executeCommand('setContext', this.#key, both);
    }, settleMs);
  }

  dispose(): void {
    clearTimeout(this.#settling);
  }
}
