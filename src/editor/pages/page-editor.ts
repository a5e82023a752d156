import { randomBytes } from 'node:crypto';
import * as vscode from 'vscode';
import { DisposableStore, type Disposable } from '../../base/disposable';
import { usualPath } from '../components/component-library';
import { pageEditorId } from '../common/ids';
import { PageSession, type PageSessionParts } from './page-session';

/** What {@link PageEditor} works with. */
export interface PageEditorParts extends PageSessionParts {
  /** Where the extension is installed. */
  readonly extension: vscode.Uri;
}

/** Opens .wasm files as pages: what the file is, what can be done with it, its imports and exports, its live instances. */
export class PageEditor implements vscode.CustomReadonlyEditorProvider, Disposable {
  readonly #parts: PageEditorParts;
  readonly #owned = new DisposableStore();
  readonly #sessions = new Set<PageSession>();

  constructor(parts: PageEditorParts) {
    this.#parts = parts;
    this.#owned.add(
      vscode.window.registerCustomEditorProvider(pageEditorId, this, {
        supportsMultipleEditorsPerDocument: true,
        webviewOptions: { enableFindWidget: true },
      }),
    );
  }

  openCustomDocument(uri: vscode.Uri): vscode.CustomDocument {
    return { uri, dispose: () => undefined };
  }

  resolveCustomEditor({ uri }: vscode.CustomDocument, panel: vscode.WebviewPanel): void {
    const session = new PageSession(this.#parts, usualPath(uri.fsPath), panel);
    this.#sessions.add(session);
    panel.onDidDispose(() => {
      this.#sessions.delete(session);
      session.dispose();
    });
    const dist = vscode.Uri.joinPath(this.#parts.extension, 'dist');
    panel.webview.options = { enableScripts: true, localResourceRoots: [dist] };
    panel.webview.html = frame(panel.webview, dist);
    void session.load();
  }

  dispose(): void {
    this.#owned.dispose();
    for (const session of this.#sessions) session.dispose();
  }
}

/**
 * The empty page: everything in it is made by its script. Only that script and its style are loaded, from the extension's own folder; there is
 * no network, no inline script, no frame and no form.
 */
function frame(webview: vscode.Webview, dist: vscode.Uri): string {
  const nonce = randomBytes(16).toString('hex');
  const address = (name: string) => webview.asWebviewUri(vscode.Uri.joinPath(dist, name)).toString();
  const policy = `default-src 'none'; base-uri 'none'; form-action 'none'; script-src 'nonce-${nonce}'; style-src 'nonce-${nonce}'`;
  return `<!DOCTYPE html><html lang="en"><head><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>WebAssembly</title><link rel="stylesheet" nonce="${nonce}" href="${address('page.css')}"></head>
<body><script nonce="${nonce}" src="${address('page.js')}"></script></body></html>`;
}
