import { dirname, isAbsolute, join, normalize } from 'node:path';
import * as vscode from 'vscode';

/** A line of a source file, as debug information names it. */
export interface SourceLine {
  readonly file: string;
  /** 1-based. */
  readonly line: number;
}

/**
 * Opens a source line that a component names, if the file is in the workspace.
 * @param component path of the component
 * @returns whether the file is there
 */
export async function openSourceOf(component: string, { file, line }: SourceLine): Promise<boolean> {
  const path = await findSource(component, file);
  if (path === undefined) return false;
  await openLine(path, line);
  return true;
}

/** Opens a line of a file. Files outside the workspace are not opened. */
export async function openLine(path: string, line: number): Promise<void> {
  // `..` would lead out of a folder that the path seems to be in.
  const uri = vscode.Uri.file(normalize(path));
  if (vscode.workspace.getWorkspaceFolder(uri) === undefined) return;
  const at = new vscode.Position(Math.max(0, line - 1), 0);
  await vscode.window.showTextDocument(uri, { selection: new vscode.Range(at, at) });
}

/**
 * The path of a source file in the workspace; undefined if it is not there.
 * @param file the name that the compiler was given: absolute, or relative to its working directory, which mostly is a workspace folder
 */
export async function findSource(component: string, file: string): Promise<string | undefined> {
  const folders = (vscode.workspace.workspaceFolders ?? []).map(({ uri }) => uri.fsPath);
  const homes = [...folders, dirname(component)];
  for (const path of isAbsolute(file) ? [normalize(file)] : homes.map((home) => join(home, file))) {
    const uri = vscode.Uri.file(path);
    if (vscode.workspace.getWorkspaceFolder(uri) === undefined) continue;
    const isThere = await vscode.workspace.fs.stat(uri).then(
      ({ type }) => type === vscode.FileType.File,
      () => false,
    );
    if (isThere) return path;
  }
  return undefined;
}
