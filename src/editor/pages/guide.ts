import * as vscode from 'vscode';
import type { Disposable } from '../../base/disposable';
import { openGuideCommand } from '../common/ids';

/** Lets the link open what the extension brings for authors of components. */
export function registerGuide(extension: vscode.Uri): Disposable {
  const guide = vscode.Uri.joinPath(extension, 'docs', 'reuse.md');
  return vscode.commands.registerCommand(openGuideCommand, async () => {
    await vscode.commands.executeCommand('markdown.showPreview', guide);
  });
}
