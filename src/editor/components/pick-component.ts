import { readErrorText } from '../../words/read-error';
import { posix } from 'node:path';
import * as vscode from 'vscode';
import type { ComponentLibrary } from './component-library';
import type { KnownComponent } from './known-component';
import { rankComponents, type RankingContext } from './component-ranking';
import { pickText } from '../../words/pickers';

/** Lets the user pick a component of the workspace, or any file. Resolves with its path; throws a CancellationError if nothing is picked. */
export async function pickComponent(library: ComponentLibrary, context: RankingContext): Promise<string> {
  // A command may come before the first search has ended.
  if (library.all().length === 0) await library.find();
  const components = rankComponents(library.all(), context);
  // An empty list would only be an extra step.
  if (components.length === 0) return await pickFile();
  const browse = { label: `$(folder-opened) ${pickText.file()}`, path: undefined };
  const picked = await vscode.window.showQuickPick<{ label: string; path: string | undefined }>(
    [...components.map((component) => itemFor(component, context)), browse],
    {
      title: pickText.component(),
      placeHolder: pickText.components(),
      matchOnDescription: true,
    },
  );
  if (picked === undefined) throw new vscode.CancellationError();
  return picked.path ?? (await pickFile());
}

async function pickFile(): Promise<string> {
  const files = await vscode.window.showOpenDialog({
    title: pickText.component(),
    filters: { [pickText.fileType()]: ['wasm'] },
  });
  const file = files?.[0];
  if (file === undefined) throw new vscode.CancellationError();
  return file.fsPath;
}

function itemFor({ name, path, content }: KnownComponent, { isLive }: RankingContext) {
  const problem = content.type === 'problem' ? readErrorText(content.error).row : '';
  const folder = posix.dirname(vscode.workspace.asRelativePath(path).replaceAll('\\', '/'));
  // The name tells as much of the folders as it takes; only the rest is worth the room.
  const where = folder === '.' || name.startsWith(`${folder}/`) ? [] : [folder];
  return {
    label: name,
    description: [...(isLive(path) ? [pickText.live()] : [problem]), ...where]
      .filter((words) => words !== '')
      .join(' · '),
    path,
  };
}
