import { defined } from '../../base/defined';
import * as vscode from 'vscode';
import { DisposableStore, type Disposable } from '../../base/disposable';
import type { BuildFile } from '../../source/component-candidate';
import { whichComponents } from '../../source/which-component';
import { witScheme } from '../common/ids';
import { componentOfWitUri } from '../common/wit-uri';
import { BuildFileCache, buildFileNames } from './build-file-cache';
import type { ComponentLibrary } from './component-library';
import { settings } from '../settings/settings';
import { entryOf } from './known-component';
import { pickText } from '../../words/pickers';

const choicesKey = 'chosenComponents.v1';

/** Which component a source file makes: what the user chose, or what the component and the build say. */
export class SourceComponents implements Disposable {
  readonly #library: ComponentLibrary;
  readonly #choices: vscode.Memento;
  readonly #buildFiles = new BuildFileCache(readText);
  readonly #owned = new DisposableStore();

  constructor(library: ComponentLibrary, choices: vscode.Memento) {
    this.#library = library;
    this.#choices = choices;
    const watcher = this.#owned.add(
      vscode.workspace.createFileSystemWatcher(`**/{${buildFileNames.join(',')}}`),
    );
    const drop = ({ fsPath }: vscode.Uri): void => {
      this.#buildFiles.drop(fsPath);
    };
    this.#owned.add(watcher.onDidCreate(drop));
    this.#owned.add(watcher.onDidChange(drop));
    this.#owned.add(watcher.onDidDelete(drop));
    // A new workspace folder may be watched from now on only.
    this.#owned.add(
      vscode.workspace.onDidChangeWorkspaceFolders(() => {
        this.#buildFiles.clear();
      }),
    );
  }

  /**
   * Paths of the components that a document makes, the one to use first; empty if none is known.
   * @param world in WIT, the world that is asked about
   */
  async componentsOf(document: vscode.TextDocument, world?: string): Promise<readonly string[]> {
    if (document.uri.scheme === witScheme) return [componentOfWitUri(document.uri)];
    if (document.uri.scheme !== 'file') return [];
    const source = document.uri.fsPath;
    const components = this.#library.all().filter(({ content }) => content.type === 'component');
    const candidates = whichComponents({
      source,
      components: components.flatMap(({ path, content }) =>
        content.type === 'component'
          ? [{ path, mtimeMs: content.build.modifiedAt, dwarfSources: content.sources }]
          : [],
      ),
      mappings: settings.componentMappings(),
      buildFiles: await this.#buildFilesOf(document.uri),
      ...defined({ world }),
    }).map(({ component }) => component.path);
    const chosen = this.#choice(source);
    return chosen === undefined ? candidates : [chosen, ...candidates.filter((path) => path !== chosen)];
  }

  /** Lets the user choose the component of a source, and remembers it. Resolves to its path. */
  async choose(source: string): Promise<string | undefined> {
    const items = this.#library
      .all()
      .filter((component) => entryOf(component) !== null)
      .map(({ name, path }) => ({ label: name, description: vscode.workspace.asRelativePath(path), path }));
    const picked = await vscode.window.showQuickPick(items, {
      title: pickText.componentOfSource(vscode.workspace.asRelativePath(source)),
      placeHolder: items.length === 0 ? pickText.noRunnable() : pickText.remembered(),
    });
    if (picked === undefined) return undefined;
    await this.#choices.update(choicesKey, { ...this.#all(), [source]: picked.path });
    return picked.path;
  }

  dispose(): void {
    this.#owned.dispose();
  }

  async #buildFilesOf(source: vscode.Uri): Promise<readonly BuildFile[]> {
    const root = vscode.workspace.getWorkspaceFolder(source)?.uri.fsPath;
    return root === undefined ? [] : await this.#buildFiles.filesAbove(source.fsPath, root);
  }

  #choice(source: string): string | undefined {
    const path = this.#all()[source];
    return path !== undefined && this.#library.get(path) !== undefined ? path : undefined;
  }

  #all(): Readonly<Record<string, string>> {
    return this.#choices.get<Record<string, string>>(choicesKey, {});
  }
}

async function readText(path: string): Promise<string | undefined> {
  try {
    return new TextDecoder().decode(await vscode.workspace.fs.readFile(vscode.Uri.file(path)));
  } catch {
    // Most folders have none of these files.
    return undefined;
  }
}
