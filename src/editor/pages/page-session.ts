import { stat } from 'node:fs/promises';
import { basename } from 'node:path';
import * as vscode from 'vscode';
import { defined } from '../../base/defined';
import { DisposableStore, type Disposable } from '../../base/disposable';
import type { Knowledge } from '../../calls/knowledge';
import type { Overview } from '../../component/anatomy/overview';
import type { SizeTable } from '../../component/anatomy/sizes';
import type { InstanceRegistry } from '../../instance/registry';
import { readPageRequest, type PageParts, type PageUpdate } from '../../page/messages';
import { pageTexts } from '../../words/page';
import type { ComponentLibrary } from '../components/component-library';
import type { KnownComponent } from '../components/known-component';
import type { WorldCache } from '../components/world-cache';
import { settings } from '../settings/settings';
import type { TerminalState } from '../terminal/terminal-registry';
import { pageCommand } from './page-commands';
import { PageInside, type PageInsideParts } from './page-inside';
import { pageLive } from './page-live';
import { pageOverview } from './page-overview';
import { pageSizes, type EarlierSizes } from './page-sizes';
import { pageStructure } from './page-structure';
import { pageWorld } from './page-world';

/** Instances change in bursts; the page follows this much later, in ms. */
const settleMs = 60;

/** How often the times of running calls are updated, in ms. */
const tickMs = 1000;

/** What {@link PageSession} works with. */
export interface PageSessionParts extends PageInsideParts {
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
  readonly #inside: PageInside;
  /** What the page was sent, or would have been if it had been there: it is loaded anew each time that it is brought to the front. */
  #sent: Partial<PageParts> = {};
  #isReady = false;
  #settling: NodeJS.Timeout | undefined;
  #ticking: NodeJS.Timeout | undefined;
  /** The size of the file while it is read, in bytes. */
  #sizeBytes: number | undefined;
  #insideOverview: Overview | undefined;
  #latestSizes: SizeTable | undefined;
  /** Counts what was read of the world: only the latest is shown. */
  #update = 0;

  constructor(parts: PageSessionParts, path: string, panel: vscode.WebviewPanel) {
    this.#parts = parts;
    this.#path = path;
    this.#webview = panel.webview;
    this.#inside = this.#owned.add(this.#lookInside());
    this.#owned.add(this.#webview.onDidReceiveMessage((message: unknown) => void this.#onRequest(message)));
    this.#owned.add(
      panel.onDidChangeViewState(() => {
        if (!panel.visible) this.#isReady = false;
      }),
    );
    this.#followFile();
    this.#followOthers();
  }

  /** Reads the file. What is known already is shown at once. */
  async load(): Promise<void> {
    const { library } = this.#parts;
    this.#send({ language: vscode.env.language, texts: pageTexts() });
    this.#sendFile();
    void this.#inside.read();
    if (library.get(this.#path) === undefined) {
      this.#sizeBytes = await stat(this.#path).then(
        ({ size }) => size,
        () => undefined,
      );
    }
    // The library follows the files of the workspace, but may have missed a change.
    await library.load(this.#path);
  }

  dispose(): void {
    clearTimeout(this.#settling);
    clearInterval(this.#ticking);
    this.#owned.dispose();
  }

  #lookInside(): PageInside {
    return new PageInside(this.#parts, this.#path, {
      onOverview: (overview) => {
        this.#insideOverview = overview;
        this.#sendOverview();
        this.#send({ structure: overview.structure && pageStructure(overview.structure) });
      },
      onProgress: (share) => {
        // The sizes of the build before are better than none.
        const { sizes } = this.#sent;
        if (!sizes || 'share' in sizes) this.#send({ sizes: { share } });
      },
      onSizes: (table, earlier) => void this.#sendSizes(table, earlier),
      onNothing: () => {
        this.#insideOverview = undefined;
        this.#latestSizes = undefined;
        this.#send({ structure: null, sizes: null });
        this.#sendOverview();
      },
    });
  }

  /** The library watches the workspace for components; a page shows files of all kinds, from everywhere. */
  #followFile(): void {
    const uri = vscode.Uri.file(this.#path);
    const isOutside = vscode.workspace.getWorkspaceFolder(uri) === undefined;
    const pattern = new vscode.RelativePattern(vscode.Uri.joinPath(uri, '..'), basename(this.#path));
    const watcher = this.#owned.add(vscode.workspace.createFileSystemWatcher(pattern));
    const read = () => {
      this.#inside.noteChange();
      if (isOutside) void this.#parts.library.load(this.#path);
    };
    this.#owned.add(watcher.onDidChange(read));
    this.#owned.add(watcher.onDidCreate(read));
    this.#owned.add(watcher.onDidDelete(read));
  }

  #followOthers(): void {
    const { library, knowledge, registry } = this.#parts;
    this.#owned.add(
      library.onDidChange(({ path }) => {
        if (path !== this.#path) return;
        this.#inside.noteChange();
        this.#sendFile();
      }),
    );
    this.#owned.add(knowledge.onDidChange(() => this.#sendOverview()));
    this.#owned.add(
      registry.onDidChange(({ instance }) => {
        if (instance.build.path === this.#path) this.#sendLiveSoon();
      }),
    );
    this.#owned.add(vscode.workspace.onDidGrantWorkspaceTrust(() => this.#sendFile()));
    this.#owned.add(
      vscode.workspace.onDidChangeConfiguration((change) => {
        if (change.affectsConfiguration('freshInstance.imports')) this.#sendFile();
      }),
    );
  }

  async #onRequest(message: unknown): Promise<void> {
    const request = readPageRequest(message);
    if (request === undefined) return;
    if (request.type === 'ready') {
      this.#isReady = true;
      this.#send(this.#sent);
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

  #sendOverview(): void {
    const component = this.#component();
    const { content } = component;
    const { knowledge } = this.#parts;
    const overview = pageOverview({
      component,
      trusted: vscode.workspace.isTrusted,
      ...defined({
        verdict: content.type === 'component' ? knowledge.verdict(content.build.sha256) : undefined,
        sizeBytes: this.#sizeBytes,
        inside: this.#insideOverview,
      }),
    });
    this.#send({ overview });
  }

  /** Sends what depends on the file's content. */
  #sendFile(): void {
    this.#update += 1;
    this.#sendOverview();
    this.#sendLive();
    const { content } = this.#component();
    if (content.type === 'component') void this.#sendWorld(content.build, this.#update);
    else if (content.type === 'problem') this.#send({ world: null });
  }

  async #sendWorld(build: Parameters<WorldCache['of']>[0], update: number): Promise<void> {
    const world = await this.#parts.worlds.of(build);
    if (world === null || update !== this.#update) return;
    const { modules } = settings.importModules(this.#path);
    this.#send({ world: pageWorld(world, modules, vscode.workspace.isTrusted) });
  }

  async #sendSizes(table: SizeTable, earlier: EarlierSizes | undefined): Promise<void> {
    this.#latestSizes = table;
    const sizes = await pageSizes(table, earlier);
    if (this.#latestSizes === table) this.#send({ sizes });
  }

  #sendLiveSoon(): void {
    this.#settling ??= setTimeout(() => {
      this.#settling = undefined;
      this.#sendLive();
    }, settleMs);
  }

  #sendLive(): void {
    const instances = this.#parts.registry.of(this.#path);
    const isOfUse = instances.length > 0 || this.#component().content.type === 'component';
    this.#send({ live: isOfUse ? pageLive(instances, Date.now(), this.#parts.terminalState) : null });
    const isRunning = instances.some(({ state }) => state.type === 'running');
    if (isRunning === (this.#ticking !== undefined)) return;
    clearInterval(this.#ticking);
    this.#ticking = isRunning ? setInterval(() => this.#sendLive(), tickMs) : undefined;
  }

  #send(parts: Partial<PageParts>): void {
    this.#sent = { ...this.#sent, ...parts };
    if (!this.#isReady) return;
    void this.#webview.postMessage({ type: 'update', parts } satisfies PageUpdate);
  }
}
