import * as vscode from 'vscode';
import { DisposableStore, type Disposable } from '../../base/disposable';
import type { Knowledge } from '../../instance/knowledge';
import type { ComponentLibrary } from '../components/component-library';
import type { KnownComponent } from '../components/known-component';
import { commandIds } from '../ids';
import { explainPage } from './explain-page';

const viewType = 'freshInstance.explain';

const style = `
body { max-width: 52em; padding: 0 1.5em 2em; line-height: 1.5; color: var(--vscode-foreground); font-family: var(--vscode-font-family); }
h1 { font-weight: 500; } h2 { font-size: 1.1em; margin-top: 1.6em; }
.verdict { font-size: 1.15em; border-left: 4px solid var(--vscode-descriptionForeground); padding: .4em .8em; background: var(--vscode-textBlockQuote-background); }
.verdict.traps, .verdict.likely-traps { border-color: var(--vscode-list-warningForeground); }
.verdict.reruns { border-color: var(--vscode-testing-iconPassed); }
code, pre { font-family: var(--vscode-editor-font-family); font-size: var(--vscode-editor-font-size); }
pre { overflow-x: auto; padding: .8em; background: var(--vscode-textCodeBlock-background); border: 1px solid var(--vscode-contrastBorder, transparent); }
a { color: var(--vscode-textLink-foreground); }
a.button { display: inline-block; padding: .35em .9em; color: var(--vscode-button-foreground); background: var(--vscode-button-background); text-decoration: none; border: 1px solid var(--vscode-contrastBorder, transparent); }
a.button:hover { background: var(--vscode-button-hoverBackground); }
a:focus { outline: 1px solid var(--vscode-focusBorder); outline-offset: 2px; }
li { margin: .3em 0; }`;

/** The pages that explain verdicts: one for each component, kept up to date while it is open. */
export class ExplainPanels implements Disposable {
  readonly #library: ComponentLibrary;
  readonly #knowledge: Knowledge;
  readonly #panels = new Map<string, vscode.WebviewPanel>();
  readonly #owned = new DisposableStore();

  constructor(library: ComponentLibrary, knowledge: Knowledge) {
    this.#library = library;
    this.#knowledge = knowledge;
    this.#owned.add(
      library.onDidChange(({ path }) => {
        this.#update(path);
      }),
    );
    this.#owned.add(
      knowledge.onDidChange(() => {
        for (const path of this.#panels.keys()) this.#update(path);
      }),
    );
  }

  /** Opens the page of a component, or brings it to the front. */
  show({ path, name }: KnownComponent): void {
    const open = this.#panels.get(path);
    if (open !== undefined) {
      open.reveal();
      return;
    }
    const panel = vscode.window.createWebviewPanel(viewType, `Why? ${name}`, vscode.ViewColumn.Active, {
      enableCommandUris: [commandIds.runFresh, commandIds.probe],
      enableScripts: false,
      localResourceRoots: [],
    });
    this.#panels.set(path, panel);
    panel.onDidDispose(() => this.#panels.delete(path));
    this.#update(path);
  }

  dispose(): void {
    this.#owned.dispose();
    for (const panel of this.#panels.values()) panel.dispose();
  }

  #update(path: string): void {
    const panel = this.#panels.get(path);
    const component = this.#library.get(path);
    if (panel === undefined || component?.content.type !== 'component') return;
    const { build, summary } = component.content;
    const body = explainPage({
      name: component.name,
      path,
      verdict: this.#knowledge.verdict(build.sha256),
      entry: summary.entry,
      otherRuns: summary.runExports.slice(1),
      producers: summary.producers.map(({ name, version }) => (version === '' ? name : `${name} ${version}`)),
      trusted: vscode.workspace.isTrusted,
    });
    panel.webview.html = `<!DOCTYPE html><html lang="en"><head><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${component.name.replace(/[<&]/g, '')}</title><style>${style}</style></head><body>${body}</body></html>`;
  }
}
