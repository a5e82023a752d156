import { stat } from 'node:fs/promises';
import { basename } from 'node:path';
import * as vscode from 'vscode';
import { defined } from '../../base/defined';
import { DisposableStore, type Disposable } from '../../base/disposable';
import type { Knowledge } from '../../calls/knowledge';
import type { InstanceRegistry } from '../../instance/registry';
import { readPageRequest, type PageParts, type PageUpdate } from '../../page/messages';
import { pageTexts } from '../../words/page';
import type { ComponentLibrary } from '../components/component-library';
import type { KnownComponent } from '../components/known-component';
import type { WorldCache } from '../components/world-cache';
import { settings } from '../settings/settings';
import type { TerminalState } from '../terminal/terminal-registry';
import { pageCommand } from './page-commands';
import { pageLive } from './page-live';
import { pageOverview } from './page-overview';
import { pageWorld } from './page-world';

/** Instances change in bursts; the page follows this much later, in ms. */
const settleMs = 60;

/** How often the times of running calls are updated, in ms. */
const tickMs = 1000;

/** What {@link PageSession} works with. */
export interface PageSessionParts {
  readonly library: ComponentLibrary;
  readonly knowledge: Knowledge;
  readonly registry: InstanceRegistry;
  readonly worlds: WorldCache;
  readonly terminalState: (id: string) => TerminalState;
}

/** One open page: sends what is known of its file, and follows the file, its instances and the settings. */
export class PageSession implements Disposable {
  readonly #parts: PageSessionParts;
  readonly #path: string;
  readonly #webview: vscode.Webview;
  readonly #owned = new DisposableStore();
  /** Whether the page listens: it is loaded anew each time that it is brought to the front. */
  #isReady = false;
  #settling: NodeJS.Timeout | undefined;
  #ticking: NodeJS.Timeout | undefined;
  /** The size of the file while it is read, in bytes. */
  #sizeBytes: number | undefined;
  /** Counts what was sent of the file: only the latest is shown. */
  #update = 0;

  constructor(parts: PageSessionParts, path: string, panel: vscode.WebviewPanel) {
    this.#parts = parts;
    this.#path = path;
    this.#webview = panel.webview;
    const { library, knowledge, registry } = parts;
    const resend = () => void this.#sendFile();
    this.#owned.add(this.#webview.onDidReceiveMessage((message: unknown) => void this.#onRequest(message)));
    this.#owned.add(
      library.onDidChange((changed) => {
        if (changed.path === path) resend();
      }),
    );
    this.#owned.add(knowledge.onDidChange(() => this.#sendOverview()));
    this.#owned.add(
      registry.onDidChange(({ instance }) => {
        if (instance.build.path === path) this.#sendLiveSoon();
      }),
    );
    this.#owned.add(vscode.workspace.onDidGrantWorkspaceTrust(resend));
    this.#owned.add(
      vscode.workspace.onDidChangeConfiguration((change) => {
        if (change.affectsConfiguration('freshInstance.imports')) resend();
      }),
    );
    this.#owned.add(
      panel.onDidChangeViewState(() => {
        if (!panel.visible) this.#isReady = false;
      }),
    );
    this.#followFile();
  }

  /** Reads the file, if that was not done yet. What is known already is sent at once. */
  async load(): Promise<void> {
    const { library } = this.#parts;
    if (library.get(this.#path) !== undefined) {
      // The library follows the files of the workspace, but misses a change now and then.
      void library.load(this.#path);
      return;
    }
    this.#sizeBytes = await stat(this.#path).then(
      ({ size }) => size,
      () => undefined,
    );
    await library.load(this.#path);
  }

  dispose(): void {
    clearTimeout(this.#settling);
    clearInterval(this.#ticking);
    this.#owned.dispose();
  }

  /** The library watches the workspace; a file from elsewhere is watched here. */
  #followFile(): void {
    const uri = vscode.Uri.file(this.#path);
    if (vscode.workspace.getWorkspaceFolder(uri) !== undefined) return;
    const pattern = new vscode.RelativePattern(vscode.Uri.joinPath(uri, '..'), basename(this.#path));
    const watcher = this.#owned.add(vscode.workspace.createFileSystemWatcher(pattern));
    const read = () => void this.#parts.library.load(this.#path);
    this.#owned.add(watcher.onDidChange(read));
    this.#owned.add(watcher.onDidCreate(read));
    this.#owned.add(watcher.onDidDelete(read));
  }

  async #onRequest(message: unknown): Promise<void> {
    const request = readPageRequest(message);
    if (request === undefined) return;
    if (request.type === 'ready') {
      this.#isReady = true;
      this.#send({ language: vscode.env.language, texts: pageTexts(), overview: this.#overview() });
      this.#sendLive();
      await this.#sendFile();
      return;
    }
    if (request.type === 'live' && this.#parts.registry.get(request.id)?.build.path !== this.#path) return;
    const { command, argument } = pageCommand(request, this.#path);
    await vscode.commands.executeCommand(command, argument);
  }

  #component(): KnownComponent {
    const { library } = this.#parts;
    const found = library.get(this.#path);
    if (found !== undefined) return found;
    const error = { code: 'not-found', path: this.#path } as const;
    return { path: this.#path, name: basename(this.#path), content: { type: 'problem', error } };
  }

  #overview(): PageParts['overview'] {
    const component = this.#component();
    const { content } = component;
    return pageOverview({
      component,
      trusted: vscode.workspace.isTrusted,
      ...defined({
        verdict:
          content.type === 'component' ? this.#parts.knowledge.verdict(content.build.sha256) : undefined,
        sizeBytes: this.#sizeBytes,
      }),
    });
  }

  #sendOverview(): void {
    this.#send({ overview: this.#overview() });
  }

  /** Sends what depends on the file's content. */
  async #sendFile(): Promise<void> {
    const update = (this.#update += 1);
    this.#sendOverview();
    const component = this.#component();
    if (component.content.type !== 'component') return;
    const world = await this.#parts.worlds.of(component.content.build);
    if (world === null || update !== this.#update) return;
    const { modules } = settings.importModules(this.#path);
    this.#send({ world: pageWorld(world, modules, vscode.workspace.isTrusted) });
  }

  #sendLiveSoon(): void {
    this.#settling ??= setTimeout(() => {
      this.#settling = undefined;
      this.#sendLive();
    }, settleMs);
  }

  #sendLive(): void {
    const instances = this.#parts.registry.of(this.#path);
    this.#send({ live: pageLive(instances, Date.now(), this.#parts.terminalState) });
    const isRunning = instances.some(({ state }) => state.type === 'running');
    if (isRunning === (this.#ticking !== undefined)) return;
    clearInterval(this.#ticking);
    this.#ticking = isRunning ? setInterval(() => this.#sendLive(), tickMs) : undefined;
  }

  #send(parts: Partial<PageParts>): void {
    if (!this.#isReady) return;
    void this.#webview.postMessage({ type: 'update', parts } satisfies PageUpdate);
  }
}
