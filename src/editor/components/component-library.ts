import { isDeepStrictEqual } from 'node:util';
import { isAbsolute } from 'node:path';
import * as vscode from 'vscode';
import { DisposableStore, type Disposable } from '../../base/disposable';
import { Emitter } from '../../base/event';
import { settings } from '../settings/settings';
import { shortNames, type KnownComponent, type KnownContent } from './known-component';

/** Reads one file: what it is and, for a component, what its binary tells. Never rejects. */
export type ReadContent = (path: string) => Promise<Exclude<KnownContent, { type: 'reading' }>>;

/** A build tool writes a file in several steps: a change is read this much after the last of them, in ms. */
const settleMs = 200;

/** Time before an unreadable file is read again, in ms: a build may still be writing it. */
const secondLookMs = 600;

/** More than this many files is not a workspace of components; the rest can still be run by name. */
const mostFiles = 500;

/** Stands among the paths whose reading waits for the search for all of them. */
const searchKey = '';

/** How many files are read at a time. */
const lanes = 2;

/** The workspace's .wasm files and those from elsewhere that were run, kept up to date as they are rebuilt. */
export class ComponentLibrary implements Disposable {
  readonly #read: ReadContent;
  readonly #owned = new DisposableStore();
  readonly #changes = this.#owned.add(new Emitter<KnownComponent>());
  readonly #contents = new Map<string, KnownContent>();
  readonly #timers = new Map<string, NodeJS.Timeout>();
  /** The reading of a path that is going on: the latest asked for wins. */
  readonly #readings = new Map<string, Promise<KnownContent>>();
  readonly #queue: (() => Promise<unknown>)[] = [];
  #busyLanes = 0;
  #names: ReadonlyMap<string, string> = new Map();

  constructor(read: ReadContent) {
    this.#read = read;
    const watcher = this.#owned.add(vscode.workspace.createFileSystemWatcher('**/*.wasm'));
    this.#owned.add(
      watcher.onDidCreate((uri) => {
        this.#onTouched(uri);
      }),
    );
    this.#owned.add(
      watcher.onDidChange((uri) => {
        this.#onTouched(uri);
      }),
    );
    this.#owned.add(
      watcher.onDidDelete((uri) => {
        this.#onDeleted(uri.fsPath);
      }),
    );
    this.#owned.add(vscode.workspace.onDidChangeWorkspaceFolders(() => void this.find()));
    this.#owned.add(
      vscode.workspace.onDidChangeConfiguration((change) => {
        if (change.affectsConfiguration('freshInstance.components.exclude'))
          void this.find({ dropExcluded: true });
      }),
    );
  }

  /** Fires a component whose content has changed. One that has gone is fired with what was known of it. */
  readonly onDidChange = this.#changes.event;

  /**
   * Looks for components in the workspace's folders. Resolves when all of them have been read.
   * @param dropExcluded whether to drop files that the search leaves out, and that were run or opened by name
   */
  async find({ dropExcluded = false } = {}): Promise<void> {
    const globs = settings.excludedComponents();
    const uris = await vscode.workspace.findFiles(
      '**/*.wasm',
      globs.length > 0 ? `{${globs.join(',')}}` : null,
      mostFiles,
    );
    const found = new Set(uris.map(({ fsPath }) => fsPath));
    for (const path of [...this.#contents.keys()]) {
      const uri = vscode.Uri.file(path);
      if (found.has(path) || vscode.workspace.getWorkspaceFolder(uri) === undefined) continue;
      if (dropExcluded || !(await isThere(uri))) this.#onDeleted(path);
    }
    await Promise.all([...found].map((path) => this.load(path)));
  }

  /** All known components, by name. */
  all(): readonly KnownComponent[] {
    return [...this.#contents.keys()]
      .map((path) => this.get(path))
      .filter((component) => component !== undefined)
      .sort((a, b) => a.name.localeCompare(b.name, undefined, { numeric: true }));
  }

  get(path: string): KnownComponent | undefined {
    const content = this.#contents.get(path);
    return content === undefined ? undefined : { path, name: this.#names.get(path) ?? path, content };
  }

  /** Reads a file now, known or not, and resolves to what it is at this moment. */
  async load(written: string): Promise<KnownComponent> {
    const path = usualPath(written);
    if (!this.#contents.has(path)) this.#set(path, { type: 'reading' });
    const content = await this.#startReading(path);
    return { path, name: this.#names.get(path) ?? path, content };
  }

  dispose(): void {
    for (const timer of this.#timers.values()) clearTimeout(timer);
    this.#queue.length = 0;
    this.#owned.dispose();
  }

  #onTouched(uri: vscode.Uri): void {
    const path = uri.fsPath;
    if (this.#contents.has(path)) {
      this.#later(path, settleMs, async () => {
        await this.#startReading(path, { mayBeHalfWritten: true });
      });
    } else {
      // The search knows which files are left out.
      this.#later(searchKey, settleMs, () => this.find());
    }
  }

  #onDeleted(path: string): void {
    const component = this.get(path);
    clearTimeout(this.#timers.get(path));
    this.#readings.delete(path);
    if (component === undefined) return;
    this.#contents.delete(path);
    this.#names = shortNames([...this.#contents.keys()]);
    this.#changes.fire(component);
  }

  #startReading(path: string, { mayBeHalfWritten = false } = {}): Promise<KnownContent> {
    const reading: Promise<KnownContent> = this.#inLane(() => this.#read(path)).then((content) => {
      if (this.#readings.get(path) !== reading) return content;
      this.#readings.delete(path);
      if (content.type === 'problem' && mayBeHalfWritten) {
        this.#later(path, secondLookMs, async () => {
          await this.#startReading(path);
        });
      } else this.#set(path, content);
      return content;
    });
    this.#readings.set(path, reading);
    return reading;
  }

  #set(path: string, content: KnownContent): void {
    const before = this.#contents.get(path);
    this.#contents.set(path, content);
    if (before === undefined) this.#names = shortNames([...this.#contents.keys()]);
    // Files are read anew before each run; only what is another build, or another problem, is a change.
    if (before !== undefined && isSame(before, content)) return;
    const component = this.get(path);
    if (component !== undefined) this.#changes.fire(component);
  }

  #later(path: string, ms: number, work: () => Promise<void>): void {
    clearTimeout(this.#timers.get(path));
    this.#timers.set(
      path,
      setTimeout(() => {
        this.#timers.delete(path);
        void work();
      }, ms),
    );
  }

  async #inLane<T>(work: () => Promise<T>): Promise<T> {
    return await new Promise<T>((resolve, reject) => {
      this.#queue.push(() => work().then(resolve, reject));
      this.#startLanes();
    });
  }

  #startLanes(): void {
    while (this.#busyLanes < lanes) {
      const work = this.#queue.shift();
      if (work === undefined) return;
      this.#busyLanes += 1;
      void work().finally(() => {
        this.#busyLanes -= 1;
        this.#startLanes();
      });
    }
  }
}

/** A path as VS Code writes it: on Windows with backslashes and the drive's letter in lower case, so that it is one key however it is given. */
export function usualPath(path: string): string {
  return isAbsolute(path) ? vscode.Uri.file(path).fsPath : path;
}

async function isThere(uri: vscode.Uri): Promise<boolean> {
  return await vscode.workspace.fs.stat(uri).then(
    () => true,
    () => false,
  );
}

function isSame(before: KnownContent, after: KnownContent): boolean {
  if (before.type === 'component' && after.type === 'component')
    return before.build.sha256 === after.build.sha256;
  if (before.type === 'problem' && after.type === 'problem')
    return isDeepStrictEqual(before.error, after.error);
  return before.type === after.type;
}
