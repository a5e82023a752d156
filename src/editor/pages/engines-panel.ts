import * as vscode from 'vscode';
import type { Disposable } from '../../base/disposable';
import type { EnginesReport } from '../../calls/compare-engines/engines-report';
import { enginesText } from '../../words/compare-engines';
import { commandIds } from '../common/ids';
import type { KnownComponent } from '../components/known-component';
import { enginesPage } from './engines-page';
import { enginesStyle } from './engines-style';
import { explainStyle } from './explain-style';
import { staticOptions, staticPage } from './static-page';

const viewType = 'freshInstance.engines';

const style = `${explainStyle}${enginesStyle}`;

/** The pages with comparisons of engines: one for each component, with the latest comparison. */
export class EnginesPanels implements Disposable {
  readonly #panels = new Map<string, vscode.WebviewPanel>();

  /** Shows a comparison, in place of the one before. */
  show({ path, name }: KnownComponent, report: EnginesReport): void {
    const panel = this.#panels.get(path) ?? this.#open(path, name);
    const body = enginesPage({ name, path, report, trusted: vscode.workspace.isTrusted });
    panel.webview.html = staticPage({ title: name, style, body });
    panel.reveal();
  }

  dispose(): void {
    for (const panel of this.#panels.values()) panel.dispose();
  }

  #open(path: string, name: string): vscode.WebviewPanel {
    const panel = vscode.window.createWebviewPanel(
      viewType,
      enginesText.title(name),
      vscode.ViewColumn.Active,
      staticOptions([commandIds.compareEngines, commandIds.chooseEngine]),
    );
    this.#panels.set(path, panel);
    panel.onDidDispose(() => {
      this.#panels.delete(path);
    });
    return panel;
  }
}
