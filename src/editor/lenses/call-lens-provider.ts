import * as vscode from 'vscode';
import { DisposableStore, type Disposable } from '../../base/disposable';
import type { Event } from '../../base/event';
import type { ExportRef } from '../../instance/call';
import type { CallPlanner } from '../engine/call-planner';
import type { ExportCache } from '../components/export-cache';
import type { ComponentLibrary } from '../components/component-library';
import { witScheme } from '../common/ids';
import { componentOfWitUri } from '../common/wit-uri';
import { settings } from '../settings/settings';
import { callLenses } from './call-lenses';
import { LensChanges } from '../common/lens-changes';
import { lensTitle } from '../common/lens-title';
import { shownDocuments } from '../common/shown-documents';

/** What {@link CallLensProvider} works with. */
export interface CallLensProviderParts {
  readonly library: ComponentLibrary;
  readonly exports: ExportCache;
  readonly planner: CallPlanner;
  /** On which the plan of a call depends. */
  readonly changes: readonly Event<unknown>[];
}

const selector: vscode.DocumentSelector = { scheme: witScheme };

/** Lenses that call exports, in the component's own interface document. */
export class CallLensProvider implements vscode.CodeLensProvider, Disposable {
  readonly #parts: CallLensProviderParts;
  readonly #owned = new DisposableStore();
  readonly #changes = this.#owned.add(new LensChanges(shownDocuments(selector)));

  readonly onDidChangeCodeLenses = this.#changes.event;

  constructor(parts: CallLensProviderParts) {
    this.#parts = parts;
    for (const change of parts.changes) this.#owned.add(change(this.#changes.note));
    this.#owned.add(vscode.workspace.onDidGrantWorkspaceTrust(this.#changes.note));
    this.#owned.add(vscode.languages.registerCodeLensProvider(selector, this));
  }

  async provideCodeLenses(document: vscode.TextDocument): Promise<vscode.CodeLens[]> {
    this.#changes.asked(document.uri.toString());
    if (!vscode.workspace.isTrusted || !settings.showsLenses(document)) return [];
    const path = componentOfWitUri(document.uri);
    const component = this.#parts.library.get(path) ?? (await this.#parts.library.load(path));
    if (component.content.type !== 'component') return [];
    const exports = await this.#parts.exports.of(component);
    const warningOf = (ref: ExportRef) => {
      const plan = this.#parts.planner.preview(path, { export: ref });
      return plan.type === 'ask' ? plan.why : undefined;
    };
    return callLenses(document.getText(), path, exports, warningOf).map(
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
