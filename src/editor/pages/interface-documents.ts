import * as vscode from 'vscode';
import { DisposableStore, type Disposable } from '../../base/disposable';
import type { Knowledge } from '../../calls/knowledge';
import type { ExportCache } from '../components/export-cache';
import type { ComponentLibrary } from '../components/component-library';
import type { MissingImportCache } from '../components/missing-import-cache';
import { isWitPackage, producerNames, type KnownComponent } from '../components/known-component';
import { witScheme } from '../common/ids';
import { interfaceFooter, interfaceHeader, witPackageHeader } from './interface-header';
import { componentOfWitUri, witUriOf } from '../common/wit-uri';

/** What {@link InterfaceDocuments} works with. */
export interface InterfaceDocumentsParts {
  readonly library: ComponentLibrary;
  readonly knowledge: Knowledge;
  readonly exports: ExportCache;
  readonly missingImports: MissingImportCache;
  /** The text of a component's interface, or the reason why there is none. */
  readonly read: (path: string) => Promise<string>;
}

/** Components' interfaces as read-only WIT documents, made anew when a component is rebuilt. */
export class InterfaceDocuments implements vscode.TextDocumentContentProvider, Disposable {
  readonly #parts: InterfaceDocumentsParts;
  readonly #owned = new DisposableStore();
  readonly #changed = this.#owned.add(new vscode.EventEmitter<vscode.Uri>());

  readonly onDidChange = this.#changed.event;

  constructor(parts: InterfaceDocumentsParts) {
    const { library, knowledge } = parts;
    this.#parts = parts;
    this.#owned.add(vscode.workspace.registerTextDocumentContentProvider(witScheme, this));
    this.#owned.add(
      library.onDidChange(({ path, content }) => {
        if (content.type === 'component' || isWitPackage(content)) this.#changed.fire(witUriOf(path));
      }),
    );
    this.#owned.add(
      knowledge.onDidChange((sha256) => {
        for (const { path, content } of library.all()) {
          if (content.type === 'component' && content.build.sha256 === sha256)
            this.#changed.fire(witUriOf(path));
        }
      }),
    );
  }

  async provideTextDocumentContent(uri: vscode.Uri): Promise<string> {
    const path = componentOfWitUri(uri);
    const component = await this.#parts.library.load(path);
    const { name, content } = component;
    const text = await this.#parts.read(path);
    if (isWitPackage(content)) return `${witPackageHeader(name)}${text}`;
    if (content.type !== 'component') return text;
    const { build, summary } = content;
    const header = interfaceHeader({
      name,
      sizeBytes: build.sizeBytes,
      adapted: build.adapted,
      verdict: this.#parts.knowledge.verdict(build.sha256),
      imports: summary.imports,
      missing: await this.#parts.missingImports.of(component),
      producers: producerNames(summary),
    });
    const exports = await this.#parts.exports.of(component).catch(() => []);
    return `${header}${text}${interfaceFooter(exports)}`;
  }

  /** Opens a component's interface in an editor. */
  async show({ path }: KnownComponent): Promise<void> {
    const document = await vscode.workspace.openTextDocument(witUriOf(path));
    await vscode.window.showTextDocument(document, { preview: true });
  }

  dispose(): void {
    this.#owned.dispose();
  }
}
