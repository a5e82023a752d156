import { stat } from 'node:fs/promises';
import { dirname, isAbsolute, resolve } from 'node:path';
import * as vscode from 'vscode';
import { formatCall } from '../../../component/wave/format-call';
import { textScheme, waveLanguage } from '../../common/ids';
import type { ComponentLibrary } from '../../components/component-library';
import type { ExportCache } from '../../components/export-cache';
import type { KnownComponent } from '../../components/known-component';
import { exportsHint, headerLine, readCallDocument } from './call-document';
import { callDocumentText } from '../../../words/calls';

/** Widest line of a call that is written into a document, in columns. */
const width = 80;

/** Opens documents of calls and ties them to their component. */
export class CallEditor {
  readonly #library: ComponentLibrary;
  readonly #exports: ExportCache;

  constructor(library: ComponentLibrary, exports: ExportCache) {
    this.#library = library;
    this.#exports = exports;
  }

  /** The path of the component that a document's calls are for; undefined where it names none that is there. */
  async componentOf(document: vscode.TextDocument): Promise<string | undefined> {
    const named = readCallDocument(document.getText()).component;
    return named === null ? undefined : await this.find(document, named.path);
  }

  /** Opens an editor to go on with a call: the document of the component's calls that is not saved yet, or a new one. */
  async open(component: KnownComponent, text: string): Promise<void> {
    const call = formatCall(text, width);
    for (const document of vscode.workspace.textDocuments) {
      if (!document.isUntitled || !isCallDocument(document)) continue;
      if ((await this.componentOf(document)) !== component.path) continue;
      await appendCall(document, call);
      return;
    }
    const how = `// ${callDocumentText.keys()}\n`;
    const hint = call === '' ? exportsHint(await this.#exports.of(component)) : '';
    const content = `${headerLine(pathFor(component))}${how}${hint}\n${call}`;
    const document = await vscode.workspace.openTextDocument({ language: waveLanguage, content });
    await show(document, content.length - call.length, call);
  }

  /** Lets a document say which component its calls are for. */
  async name(document: vscode.TextDocument, component: KnownComponent): Promise<void> {
    const named = readCallDocument(document.getText()).component;
    const edit = new vscode.WorkspaceEdit();
    if (named === null) edit.insert(document.uri, new vscode.Position(0, 0), headerLine(pathFor(component)));
    else edit.replace(document.uri, rangeOf(document, named.offset, named.path.length), pathFor(component));
    await vscode.workspace.applyEdit(edit);
  }

  /** The file that a document means by a path: beside itself, or in a folder of the workspace. */
  async find({ uri }: vscode.TextDocument, path: string): Promise<string | undefined> {
    const folders = (vscode.workspace.workspaceFolders ?? []).map((folder) => folder.uri.fsPath);
    const bases = uri.scheme === 'file' ? [dirname(uri.fsPath), ...folders] : folders;
    const candidates = isAbsolute(path) ? [resolve(path)] : bases.map((base) => resolve(base, path));
    for (const candidate of candidates) {
      if (this.#library.get(candidate) !== undefined || (await isFile(candidate))) return candidate;
    }
    return undefined;
  }
}

/** Results that are shown are WAVE too, but are not for calling. */
export function isCallDocument({ languageId, uri }: vscode.TextDocument): boolean {
  return languageId === waveLanguage && uri.scheme !== textScheme;
}

/** The range of a part of a document. */
export function rangeOf(document: vscode.TextDocument, offset: number, length: number): vscode.Range {
  return new vscode.Range(document.positionAt(offset), document.positionAt(offset + length));
}

/** As short as it can be for a document of this workspace, with slashes on every system. */
export function pathFor({ path }: KnownComponent): string {
  return vscode.workspace.asRelativePath(path, false).replaceAll('\\', '/');
}

async function appendCall(document: vscode.TextDocument, call: string): Promise<void> {
  const text = document.getText();
  const gap = text.trimEnd() === text ? '\n\n' : '\n';
  const edit = new vscode.WorkspaceEdit();
  edit.insert(document.uri, document.positionAt(text.length), `${gap}${call}`);
  await vscode.workspace.applyEdit(edit);
  await show(document, text.length + gap.length, call);
}

/** Shows a call with the cursor where its first argument goes. */
async function show(document: vscode.TextDocument, offset: number, call: string): Promise<void> {
  const cursor = document.positionAt(offset + call.indexOf('(') + 1);
  await vscode.window.showTextDocument(document, { selection: new vscode.Range(cursor, cursor) });
}

async function isFile(path: string): Promise<boolean> {
  return await stat(path).then(
    (found) => found.isFile(),
    () => false,
  );
}
