import * as vscode from 'vscode';
import { DisposableStore, type Disposable } from '../../base/disposable';
import type { Event } from '../../base/event';
import type { ExportRef } from '../../instance/call';
import type { Knowledge } from '../../calls/knowledge';
import { currentInstance, type CallPlan } from '../../calls/plan-call';
import type { InstanceRegistry } from '../../instance/registry';
import { sourceLanguageIds } from '../../source/languages';
import type { ComponentLibrary } from '../components/component-library';
import { entryOf } from '../components/known-component';
import type { SourceComponents } from '../components/source-components';
import { commandIds, witScheme } from '../common/ids';
import { settings } from '../settings/settings';
import type { SecondRun, SecondRuns } from '../source/second-runs';
import { entryLenses, lowerRunLens, type LensText } from './entry-lenses';
import type { EntryPoints } from './entry-points';
import { LensChanges } from '../common/lens-changes';
import { lensTitle } from '../common/lens-title';
import { shownDocuments } from '../common/shown-documents';
import { entryLensText } from '../../words/lenses';

/** Where lenses are looked for. */
export const lensSelector: vscode.DocumentSelector = [
  ...sourceLanguageIds.map((language) => ({ language, scheme: 'file' })),
  { pattern: '**/*.wit', scheme: 'file' },
  { scheme: witScheme },
];

/** Which instance a run of a component is made on. */
type PlanRun = (path: string, run: ExportRef) => CallPlan;

/** What {@link EntryLensProvider} works with. */
export interface EntryLensProviderParts {
  readonly library: ComponentLibrary;
  readonly registry: InstanceRegistry;
  readonly knowledge: Knowledge;
  readonly sources: SourceComponents;
  readonly entryPoints: EntryPoints;
  readonly secondRuns: SecondRuns;
  readonly planRun: PlanRun;
  /** What runs are given, on which the plan depends. */
  readonly profiles: { readonly onDidChange: Event<void> };
}

/** Lenses over the entry points of guests' sources and of WIT text. */
export class EntryLensProvider implements vscode.CodeLensProvider, Disposable {
  readonly #parts: EntryLensProviderParts;
  readonly #owned = new DisposableStore();
  readonly #changes = this.#owned.add(new LensChanges(shownDocuments(lensSelector)));

  readonly onDidChangeCodeLenses = this.#changes.event;

  constructor(parts: EntryLensProviderParts) {
    this.#parts = parts;
    const { note } = this.#changes;
    this.#owned.add(parts.library.onDidChange(note));
    this.#owned.add(parts.registry.onDidChange(note));
    this.#owned.add(parts.knowledge.onDidChange(note));
    this.#owned.add(parts.profiles.onDidChange(note));
    this.#owned.add(parts.secondRuns.onDidChange(note));
    this.#owned.add(vscode.workspace.onDidGrantWorkspaceTrust(note));
    this.#owned.add(vscode.languages.registerCodeLensProvider(lensSelector, this));
  }

  async provideCodeLenses(document: vscode.TextDocument): Promise<vscode.CodeLens[]> {
    this.#changes.asked(document.uri.toString());
    if (!settings.showsLenses(document)) return [];
    const lenses = await Promise.all(
      this.#parts.entryPoints.of(document).map(async ({ line, character, length, name, world }) => {
        const range = new vscode.Range(line, character, line, character + length);
        const texts = await this.#lensTexts(document, name, world);
        return texts.map(
          ({ title, tooltip, command, target }) =>
            new vscode.CodeLens(range, { title: lensTitle(title), tooltip, command, arguments: [target] }),
        );
      }),
    );
    return [...lenses.flat(), ...this.#parts.secondRuns.of(document).map(secondRunLens)];
  }

  dispose(): void {
    this.#owned.dispose();
  }

  /** @param entryPoint what the text calls the entry point */
  async #lensTexts(
    document: vscode.TextDocument,
    entryPoint: string,
    world: string | undefined,
  ): Promise<readonly LensText[]> {
    const [path, ...others] = await this.#parts.sources.componentsOf(document, world);
    if (path === undefined) {
      // Most `main` functions have nothing to do with components.
      if (!this.#parts.library.all().some((component) => entryOf(component) !== null)) return [];
      if (this.#parts.entryPoints.isHost(document)) return [];
      return [
        {
          title: `$(link) ${entryLensText.choose()}`,
          tooltip: entryLensText.chooseHint(),
          command: commandIds.chooseComponent,
          target: { path: document.uri.fsPath },
        },
      ];
    }
    const component = this.#parts.library.get(path) ?? (await this.#parts.library.load(path));
    const entry = entryOf(component);
    if (component.content.type !== 'component' || entry === null) return [];
    if (entryPoint !== entry && component.content.summary.runExports.includes(entryPoint))
      return [lowerRunLens(path, entry)];
    const texts = entryLenses({
      path,
      name: component.name,
      verdict: this.#parts.knowledge.verdict(component.content.build.sha256),
      current: currentInstance(this.#parts.registry.of(path)),
      plan: this.#parts.planRun(path, { interface: entry, func: 'run' }),
      trusted: vscode.workspace.isTrusted,
    });
    if (others.length === 0) return texts;
    return [
      ...texts,
      {
        title: `$(chevron-down) ${entryLensText.others(component.name, others.length)}`,
        tooltip: entryLensText.othersHint(),
        command: commandIds.chooseComponent,
        target: { path: document.uri.fsPath },
      },
    ];
  }
}

/** The lens on a second run in host code: a click runs the component afresh, or explains where it is not known. */
function secondRunLens({ component, text, range }: SecondRun): vscode.CodeLens {
  const command =
    component === undefined || !vscode.workspace.isTrusted || text.severity === 'information'
      ? commandIds.explainVerdict
      : commandIds.runFresh;
  return new vscode.CodeLens(range, {
    title: lensTitle(text.lens),
    tooltip: text.message,
    command,
    arguments: component === undefined ? [] : [{ path: component.path }],
  });
}
