import * as vscode from 'vscode';
import { witScheme } from './ids';

/** The address of a component's interface as text; its path ends in .wit, so that it is shown and coloured as WIT. */
export function witUriOf(componentPath: string): vscode.Uri {
  const file = vscode.Uri.file(componentPath);
  return file.with({ scheme: witScheme, path: `${file.path.replace(/\.wasm$/i, '')}.wit`, query: file.path });
}

/** The component whose interface an address of {@link witUriOf} shows. */
export function componentOfWitUri(uri: vscode.Uri): string {
  return uri.with({ scheme: 'file', path: uri.query, query: '' }).fsPath;
}
