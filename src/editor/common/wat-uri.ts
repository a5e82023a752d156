import * as vscode from 'vscode';
import { watScheme } from './ids';

/** A core module of a file as text, or one function of it. */
export interface WatPlace {
  /** Of the .wasm file. */
  readonly path: string;
  /** `CoreModule.number` of the module. */
  readonly module: number;
  /** The function's index; null for the whole module. */
  readonly func: number | null;
}

/** The address of a core module as text. Its path, from which VS Code makes the title, ends in .wat: VS Code has colours for that. */
export function watUriOf({ path, module, func }: WatPlace): vscode.Uri {
  const file = vscode.Uri.file(path);
  const name = `m${String(module)}${func === null ? '' : `.func${String(func)}`}`;
  return file.with({
    scheme: watScheme,
    path: `${file.path.replace(/\.wasm$/i, '')}.${name}.wat`,
    query: JSON.stringify([file.path, module, func]),
  });
}

/** What an address of {@link watUriOf} shows; null for another one. */
export function placeOfWatUri(uri: vscode.Uri): WatPlace | null {
  if (uri.scheme !== watScheme) return null;
  const [path, module, func] = parts(uri.query);
  if (typeof path !== 'string' || typeof module !== 'number') return null;
  return {
    path: uri.with({ scheme: 'file', path, query: '', fragment: '' }).fsPath,
    module,
    func: typeof func === 'number' ? func : null,
  };
}

function parts(query: string): readonly unknown[] {
  try {
    const value: unknown = JSON.parse(query);
    return Array.isArray(value) ? value : [];
  } catch {
    return [];
  }
}
