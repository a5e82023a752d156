import { dirname } from 'node:path';
import * as vscode from 'vscode';
import { whichComponents } from '../../source/which-component';
import { witScheme } from '../ids';
import { componentOfWitUri } from '../interface/wit-uri';
import type { ComponentLibrary } from './component-library';
import { settings } from '../settings';
import { entryOf } from './known-component';

const choicesKey = 'chosenComponents.v1';

/** Files that tell what a build makes of which source; looked for in the source's folder and those above it. */
const buildFileNames = ['Cargo.toml', 'package.json', 'Makefile', 'makefile', 'justfile', 'build.sh'];

/** Which component a source file makes: what the user chose, or what the component and the build say. */
export class SourceComponents {
  readonly #library: ComponentLibrary;
  readonly #choices: vscode.Memento;

  constructor(library: ComponentLibrary, choices: vscode.Memento) {
    this.#library = library;
    this.#choices = choices;
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
      buildFiles: await readBuildFiles(document.uri),
      ...(world === undefined ? {} : { world }),
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
      title: `Which component does ${vscode.workspace.asRelativePath(source)} make?`,
      placeHolder:
        items.length === 0
          ? 'No component with a run was found in this workspace'
          : 'Remembered for this workspace',
    });
    if (picked === undefined) return undefined;
    await this.#choices.update(choicesKey, { ...this.#all(), [source]: picked.path });
    return picked.path;
  }

  #choice(source: string): string | undefined {
    const path = this.#all()[source];
    return path !== undefined && this.#library.get(path) !== undefined ? path : undefined;
  }

  #all(): Readonly<Record<string, string>> {
    return this.#choices.get<Record<string, string>>(choicesKey, {});
  }
}

async function readBuildFiles(source: vscode.Uri): Promise<{ path: string; text: string }[]> {
  const root = vscode.workspace.getWorkspaceFolder(source)?.uri.fsPath;
  if (root === undefined) return [];
  const files: { path: string; text: string }[] = [];
  for (let folder = dirname(source.fsPath); folder.startsWith(root); folder = dirname(folder)) {
    for (const name of buildFileNames) {
      const uri = vscode.Uri.joinPath(vscode.Uri.file(folder), name);
      try {
        files.push({
          path: uri.fsPath,
          text: new TextDecoder().decode(await vscode.workspace.fs.readFile(uri)),
        });
      } catch {
        // Most folders have none of them.
      }
    }
    if (folder === dirname(folder)) break;
  }
  return files;
}
