import { verdictHeadline } from '../../words/verdict';
import * as vscode from 'vscode';
import { asMarkdown } from '../../base/sanitize';
import type { Disposable } from '../../base/disposable';
import type { Knowledge } from '../../calls/knowledge';
import { describeEvidence } from '../../words/evidence';
import type { ComponentLibrary } from '../components/component-library';
import type { SourceComponents } from '../components/source-components';
import { commandIds } from '../common/ids';
import { settings } from '../settings/settings';
import type { EntryPoints } from './entry-points';
import { lensSelector } from './lens-provider';
import { hoverText } from '../../words/lenses';

/** How many pieces of evidence a hover shows; the page behind "Why?" has all. */
const evidenceShown = 3;

/** What {@link EntryHoverProvider} works with. */
export interface EntryHoverProviderParts {
  readonly library: ComponentLibrary;
  readonly knowledge: Knowledge;
  readonly sources: SourceComponents;
  readonly entryPoints: EntryPoints;
}

/** The verdict, its basis, its evidence and links, over an entry point. */
export class EntryHoverProvider implements vscode.HoverProvider, Disposable {
  readonly #parts: EntryHoverProviderParts;
  readonly #registration: vscode.Disposable;

  constructor(parts: EntryHoverProviderParts) {
    this.#parts = parts;
    this.#registration = vscode.languages.registerHoverProvider(lensSelector, this);
  }

  async provideHover(
    document: vscode.TextDocument,
    position: vscode.Position,
  ): Promise<vscode.Hover | undefined> {
    if (!settings.showsHovers(document)) return undefined;
    const entry = this.#parts.entryPoints
      .of(document)
      .find(({ line, character, length }) =>
        new vscode.Range(line, character, line, character + length).contains(position),
      );
    if (entry === undefined) return undefined;
    const [path] = await this.#parts.sources.componentsOf(document, entry.world);
    const component = path === undefined ? undefined : this.#parts.library.get(path);
    if (component?.content.type !== 'component') return undefined;
    const verdict = this.#parts.knowledge.verdict(component.content.build.sha256);
    const text = new vscode.MarkdownString('', true);
    text.isTrusted = { enabledCommands: [commandIds.explainVerdict, commandIds.runFresh] };
    const lines = [
      `**${asMarkdown(`${component.name}: ${verdictHeadline(verdict)}`)}**`,
      hoverText.basis(verdict.basis),
      ...verdict.evidence.slice(0, evidenceShown).map((item) => `- ${asMarkdown(describeEvidence(item))}`),
    ];
    text.appendMarkdown(lines.join('\n\n'));
    const target = encodeURIComponent(JSON.stringify([{ path: component.path }]));
    const links = [
      `[${hoverText.why()}](command:${commandIds.explainVerdict}?${target})`,
      `[${hoverText.runFresh()}](command:${commandIds.runFresh}?${target})`,
      `[${hoverText.upstream()}](https://github.com/bytecodealliance/wasmtime/issues/10219)`,
    ];
    text.appendMarkdown(`\n\n${links.join(' · ')}`);
    return new vscode.Hover(text);
  }

  dispose(): void {
    this.#registration.dispose();
  }
}
