import * as vscode from 'vscode';
import { DisposableStore, type Disposable } from '../../base/disposable';
import type { Knowledge } from '../../calls/knowledge';
import type { ComponentLibrary } from '../components/component-library';
import { producerNames, type KnownComponent } from '../components/known-component';
import type { MissingImportCache } from '../components/missing-import-cache';
import { commandIds, openGuideCommand } from '../common/ids';
import { sourcesOf } from './explain-code';
import { explainPage, type TrappingExport } from './explain-page';
import { explainStyle } from './explain-style';
import { registerGuide } from './guide';
import { readCode } from './read-code';
import { staticOptions, staticPage } from './static-page';
import { findSources, openSourceCommand, registerOpenSource } from './source-links';
import { pageText } from '../../words/explain';

const viewType = 'freshInstance.explain';

/** What {@link ExplainPanels} works with. */
export interface ExplainPanelsParts {
  readonly library: ComponentLibrary;
  readonly knowledge: Knowledge;
  readonly missingImports: MissingImportCache;
  /** Where the extension is installed. */
  readonly extension: vscode.Uri;
}

/** The pages that explain verdicts: one for each component, kept up to date while it is open. */
export class ExplainPanels implements Disposable {
  readonly #parts: ExplainPanelsParts;
  readonly #panels = new Map<string, vscode.WebviewPanel>();
  readonly #owned = new DisposableStore();
  /** Counts the updates of each page: only the latest is shown. */
  readonly #updates = new Map<string, number>();

  constructor(parts: ExplainPanelsParts) {
    const { library, knowledge, extension } = parts;
    this.#parts = parts;
    const updateAll = () => {
      for (const path of this.#panels.keys()) void this.#update(path);
    };
    this.#owned.add(library.onDidChange(({ path }) => void this.#update(path)));
    this.#owned.add(registerOpenSource());
    this.#owned.add(registerGuide(extension));
    this.#owned.add(knowledge.onDidChange(updateAll));
    this.#owned.add(vscode.workspace.onDidGrantWorkspaceTrust(updateAll));
    this.#owned.add(
      vscode.workspace.onDidChangeConfiguration((change) => {
        if (change.affectsConfiguration('freshInstance.imports')) updateAll();
      }),
    );
  }

  /** The component whose page is the active editor. */
  get activePath(): string | undefined {
    return [...this.#panels].find(([, panel]) => panel.active)?.[0];
  }

  /** Opens the page of a component, or brings it to the front. */
  show({ path, name }: KnownComponent): void {
    const open = this.#panels.get(path);
    if (open !== undefined) {
      open.reveal();
      return;
    }
    const panel = vscode.window.createWebviewPanel(
      viewType,
      pageText.title(name),
      vscode.ViewColumn.Active,
      staticOptions([
        commandIds.runFresh,
        commandIds.probeReuse,
        commandIds.callExport,
        commandIds.callExportFresh,
        openSourceCommand,
        openGuideCommand,
      ]),
    );
    this.#panels.set(path, panel);
    panel.onDidDispose(() => {
      this.#panels.delete(path);
      this.#updates.delete(path);
    });
    void this.#update(path);
  }

  dispose(): void {
    this.#owned.dispose();
    for (const panel of this.#panels.values()) panel.dispose();
  }

  #trappingExports(sha256: string): readonly TrappingExport[] {
    const { knowledge } = this.#parts;
    return knowledge.trappingExports(sha256).flatMap((ref) => {
      const verdict = knowledge.trapReason(sha256, ref);
      return verdict === undefined ? [] : [{ export: ref, verdict }];
    });
  }

  async #update(path: string): Promise<void> {
    const component = this.#parts.library.get(path);
    if (!this.#panels.has(path) || component?.content.type !== 'component') return;
    const update = (this.#updates.get(path) ?? 0) + 1;
    this.#updates.set(path, update);
    const { name, content } = component;
    const { build, summary } = content;
    const verdict = this.#parts.knowledge.verdict(build.sha256);
    const [code, sourceHref, missing] = await Promise.all([
      readCode(path, summary.entry, verdict.evidence),
      findSources(path, sourcesOf(verdict.evidence)),
      this.#parts.missingImports.of(component),
    ]);
    const panel = this.#panels.get(path);
    if (panel === undefined || this.#updates.get(path) !== update) return;
    const body = explainPage({
      name,
      path,
      verdict,
      entry: summary.entry,
      otherRuns: summary.runExports.slice(1),
      producers: producerNames(summary),
      missing,
      unsupported: content.unsupported,
      code,
      trappingExports: this.#trappingExports(build.sha256),
      probe: this.#parts.knowledge.probeReport(build.sha256),
      sourceHref,
      trusted: vscode.workspace.isTrusted,
    });
    panel.webview.html = staticPage({ title: name, style: explainStyle, body });
  }
}
