import { basename } from 'node:path';
import * as vscode from 'vscode';
import { watText } from '../../words/wat';
import { watScheme } from '../common/ids';
import { placeOfWatUri, watUriOf, type WatPlace } from '../common/wat-uri';
import { definitionLine, functionsIn, referenceAt } from './wat-lines';

/** The outline of WAT documents, the way from a call to its function, and links of lists of functions. */
export function registerWatNavigation(): vscode.Disposable {
  const selector: vscode.DocumentSelector = { scheme: watScheme };
  return vscode.Disposable.from(
    vscode.languages.registerDocumentSymbolProvider(selector, { provideDocumentSymbols: symbolsOf }),
    vscode.languages.registerDefinitionProvider(selector, { provideDefinition: definitionOf }),
    vscode.languages.registerDocumentLinkProvider(selector, { provideDocumentLinks: linksOf }),
  );
}

function linesOf(document: vscode.TextDocument): readonly string[] {
  return document.getText().split('\n');
}

function symbolsOf(document: vscode.TextDocument): vscode.DocumentSymbol[] {
  const lines = linesOf(document);
  return functionsIn(lines).map(({ name, index, first, last }) => {
    const range = new vscode.Range(first, 0, last, (lines[last] ?? '').length);
    const head = new vscode.Range(first, 0, first, (lines[first] ?? '').length);
    return new vscode.DocumentSymbol(name, String(index), vscode.SymbolKind.Function, range, head);
  });
}

/** Where a function, global or type is defined: in the module's text, else, for a function of a large module, in its own document. */
async function definitionOf(
  document: vscode.TextDocument,
  { line, character }: vscode.Position,
): Promise<vscode.LocationLink[]> {
  const place = placeOfWatUri(document.uri);
  const reference = referenceAt(document.lineAt(line).text, character);
  if (place === null || reference === null) return [];
  const module = watUriOf({ ...place, func: null });
  const { kind, index, start, end } = reference;
  const found = definitionLine(linesOf(await vscode.workspace.openTextDocument(module)), kind, index);
  if (found < 0 && kind !== 'func') return [];
  const at = new vscode.Position(Math.max(0, found), 0);
  return [
    {
      originSelectionRange: new vscode.Range(line, start, line, end),
      targetUri: found < 0 ? watUriOf({ ...place, func: index }) : module,
      targetRange: new vscode.Range(at, at),
    },
  ];
}

/** From the first line back to the file and the module, and from the list of functions of a large module to each of them. */
function linksOf(document: vscode.TextDocument): vscode.DocumentLink[] {
  const place = placeOfWatUri(document.uri);
  if (place === null) return [];
  return [...titleLinks(document, place), ...(place.func === null ? listLinks(document, place) : [])];
}

function titleLinks(document: vscode.TextDocument, place: WatPlace): vscode.DocumentLink[] {
  const [file, module] = [basename(place.path), watText.module(place.module)];
  const title = document.lineAt(0).text;
  const link = (text: string, target: vscode.Uri) => {
    const at = title.lastIndexOf(text);
    return at < 0 ? [] : [new vscode.DocumentLink(new vscode.Range(0, at, 0, at + text.length), target)];
  };
  return [
    ...link(file, vscode.Uri.file(place.path)),
    ...(place.func === null ? [] : link(module, watUriOf({ ...place, func: null }))),
  ];
}

function listLinks(document: vscode.TextDocument, place: WatPlace): vscode.DocumentLink[] {
  return linesOf(document).flatMap((text, line) => {
    const index = text.startsWith(';; ') ? watText.listedIndex(text.slice(3)) : null;
    if (index === null) return [];
    const range = new vscode.Range(line, 3, line, text.length);
    return [new vscode.DocumentLink(range, watUriOf({ ...place, func: index }))];
  });
}
