import * as vscode from 'vscode';
import { DisposableStore, type Disposable } from '../../../base/disposable';
import { argumentAt, type CallText } from '../../../component/wave/split-calls';
import { functionName, fullName, type Callable } from '../../../component/wave/export-lookup';
import { formatCall } from '../../../component/wave/format-call';
import { printFunction, printType } from '../../../component/wit-print';
import type { ComponentLibrary } from '../../components/component-library';
import { waveLanguage } from '../../common/ids';
import { callAt, readCallDocument } from './call-document';
import type { CallDocuments } from './call-documents';
import { isCallDocument, pathFor } from './call-editor';

/** What helps to write calls in a WAVE document: completion, the signature of the function, and formatting. */
export class CallDocumentHelp
  implements
    vscode.CompletionItemProvider,
    vscode.SignatureHelpProvider,
    vscode.HoverProvider,
    vscode.DocumentFormattingEditProvider,
    Disposable
{
  readonly #documents: CallDocuments;
  readonly #library: ComponentLibrary;
  readonly #owned = new DisposableStore();

  constructor(documents: CallDocuments, library: ComponentLibrary) {
    this.#documents = documents;
    this.#library = library;
    const wave = { language: waveLanguage };
    const { languages } = vscode;
    this.#owned.add(
      languages.registerCompletionItemProvider(wave, this, '(', '{', '[', ',', ' ', '.', '$', '#'),
    );
    this.#owned.add(languages.registerSignatureHelpProvider(wave, this, '(', ','));
    this.#owned.add(languages.registerHoverProvider(wave, this));
    this.#owned.add(languages.registerDocumentFormattingEditProvider(wave, this));
  }

  async provideCompletionItems(
    document: vscode.TextDocument,
    position: vscode.Position,
  ): Promise<vscode.CompletionItem[]> {
    const { subject, calls } = await this.#documents.read(document);
    const before = document.lineAt(position).text.slice(0, position.character);
    if (/^\s*\/\//.test(before)) return this.#components(document, position, before);
    if (subject === undefined) return [];
    const call = begun(calls, document, position);
    const { start, end, candidates } = subject.reader.complete(
      call.text,
      document.offsetAt(position) - call.offset,
    );
    const range = new vscode.Range(
      document.positionAt(call.offset + start),
      document.positionAt(call.offset + end),
    );
    return candidates.map(({ label, insert, detail }, index) => {
      const item = new vscode.CompletionItem(label, kindOf(subject.reader.calleeOf(insert), detail));
      item.insertText = insert;
      item.detail = detail;
      item.range = range;
      item.sortText = String(index).padStart(6, '0');
      return item;
    });
  }

  async provideSignatureHelp(
    document: vscode.TextDocument,
    position: vscode.Position,
  ): Promise<vscode.SignatureHelp | undefined> {
    const { subject, calls } = await this.#documents.read(document);
    const call = callAt(calls, document.offsetAt(position));
    if (subject === undefined || call === undefined) return undefined;
    const before = call.text.slice(0, document.offsetAt(position) - call.offset);
    const callee = subject.reader.calleeOf(before);
    const argument = argumentAt(before);
    if (callee === null || argument === null) return undefined;
    const help = new vscode.SignatureHelp();
    help.signatures = [signatureOf(callee)];
    // In `$1.next(…)` the receiver is written before the arguments.
    help.activeParameter = argument + (before.startsWith('$') ? 1 : 0);
    return help;
  }

  async provideHover(
    document: vscode.TextDocument,
    position: vscode.Position,
  ): Promise<vscode.Hover | undefined> {
    const { subject, calls } = await this.#documents.read(document);
    const offset = document.offsetAt(position);
    const call = callAt(calls, offset);
    const nameLength = call?.text.search(/\(|$/) ?? 0;
    if (subject === undefined || call === undefined || offset > call.offset + nameLength) return undefined;
    const callee = subject.reader.calleeOf(call.text.slice(0, nameLength + 1));
    if (callee === null) return undefined;
    const text = `${fullName(callee)}: ${printFunction(callee.type)}`;
    return new vscode.Hover(new vscode.MarkdownString().appendCodeblock(text, 'wit'));
  }

  provideDocumentFormattingEdits(document: vscode.TextDocument): vscode.TextEdit[] {
    if (!isCallDocument(document)) return [];
    const width = vscode.workspace.getConfiguration('editor', document).get<readonly number[]>('rulers', []);
    return readCallDocument(document.getText()).calls.map(({ text, offset }) =>
      vscode.TextEdit.replace(
        new vscode.Range(document.positionAt(offset), document.positionAt(offset + text.length)),
        formatCall(text, width[0] ?? 80),
      ),
    );
  }

  dispose(): void {
    this.#owned.dispose();
  }

  /** In the line that names the component: those of the workspace. */
  #components(
    document: vscode.TextDocument,
    position: vscode.Position,
    before: string,
  ): vscode.CompletionItem[] {
    const [, head] = /^(\s*\/\/\s*component:\s*)/.exec(before) ?? [];
    if (
      head === undefined ||
      readCallDocument(document.getText()).calls.some(({ offset }) => offset < document.offsetAt(position))
    )
      return [];
    const range = new vscode.Range(
      position.line,
      head.length,
      position.line,
      document.lineAt(position).text.length,
    );
    return this.#library
      .all()
      .filter(({ content }) => content.type === 'component')
      .map((component) => {
        const item = new vscode.CompletionItem(pathFor(component), vscode.CompletionItemKind.File);
        item.range = range;
        return item;
      });
  }
}

/** The call that a position is in; on an empty line, one that is about to be begun there. */
function begun(
  calls: readonly CallText[],
  document: vscode.TextDocument,
  position: vscode.Position,
): CallText {
  const offset = document.offsetAt(position);
  return callAt(calls, offset) ?? { text: '', offset };
}

function kindOf(callee: Callable | null, detail: string): vscode.CompletionItemKind {
  if (callee === null)
    return detail === '' ? vscode.CompletionItemKind.EnumMember : vscode.CompletionItemKind.Value;
  switch (functionName(callee.func).kind) {
    case 'constructor':
      return vscode.CompletionItemKind.Constructor;
    case 'method':
      return vscode.CompletionItemKind.Method;
    case 'function':
    case 'static':
      return vscode.CompletionItemKind.Function;
  }
}

function signatureOf(callee: Callable): vscode.SignatureInformation {
  const signature = new vscode.SignatureInformation(`${fullName(callee)}: ${printFunction(callee.type)}`);
  signature.parameters = callee.type.params.map(
    ({ name, type }) => new vscode.ParameterInformation(`${name}: ${printType(type)}`),
  );
  return signature;
}
