import { dirname, isAbsolute, join, normalize } from 'node:path';
import * as vscode from 'vscode';
import type { Disposable } from '../../base/disposable';
import type { SourceHref, SourcePlace } from './explain-code';

/**
 * Opens a source line for a link in a page. Not a command for users, so package.json does not know it. (A link to `vscode.open` would
 * need the file's address as the window sees it, which an extension host on another machine does not know.)
 */
export const openSourceCommand = 'freshInstance.openSourceLine';

/** Lets links of {@link findSources} open files; only files of the workspace are opened. */
export function registerOpenSource(): Disposable {
  return vscode.commands.registerCommand(openSourceCommand, async (path: unknown, line: unknown) => {
    if (typeof path === 'string' && typeof line === 'number') await openLine(path, line);
  });
}

/**
 * Opens a line of a source that a component names, if it is in the workspace.
 * @returns whether it is there
 */
export async function openSourceOf(component: string, { file, line }: SourcePlace): Promise<boolean> {
  const path = await findSource(component, file);
  if (path === undefined) return false;
  await openLine(path, line);
  return true;
}

async function openLine(path: string, line: number): Promise<void> {
  // `..` would lead out of a folder that the path seems to be in.
  const uri = vscode.Uri.file(normalize(path));
  if (vscode.workspace.getWorkspaceFolder(uri) === undefined) return;
  const at = new vscode.Position(Math.max(0, line - 1), 0);
  await vscode.window.showTextDocument(uri, { selection: new vscode.Range(at, at) });
}

/** Which of the source files that a component names are in the workspace, as links that open the line. */
export async function findSources(component: string, sources: readonly SourcePlace[]): Promise<SourceHref> {
  const paths = new Map<string, string>();
  for (const file of new Set(sources.map((source) => source.file))) {
    const path = await findSource(component, file);
    if (path !== undefined) paths.set(file, path);
  }
  return ({ file, line }) => {
    const path = paths.get(file);
    if (path === undefined) return undefined;
    return `command:${openSourceCommand}?${encodeURIComponent(JSON.stringify([path, line]))}`;
  };
}

/** A file is named as the compiler was given it: absolute, or relative to where it ran, which is one of the folders mostly. */
async function findSource(component: string, file: string): Promise<string | undefined> {
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
