import * as vscode from 'vscode';
import type { Disposable } from '../../base/disposable';
import { findSource, openLine, type SourceLine } from '../common/open-source';
import type { SourceHref } from './explain-code';

/**
 * Opens a source line for a link in a page. Not a command for users, so package.json does not know it. (A link to `vscode.open` would
 * need the file's address as the window sees it, which an extension host on another machine does not know.)
 */
export const openSourceCommand = 'freshInstance.openSourceLine';

/** Registers the command behind links of {@link findSources}. It opens only files of the workspace. */
export function registerOpenSource(): Disposable {
  return vscode.commands.registerCommand(openSourceCommand, async (path: unknown, line: unknown) => {
    if (typeof path === 'string' && typeof line === 'number') await openLine(path, line);
  });
}

/** Which of the source files that a component names are in the workspace, as links that open the line. */
export async function findSources(component: string, sources: readonly SourceLine[]): Promise<SourceHref> {
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
