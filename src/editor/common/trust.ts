import * as vscode from 'vscode';
import { buttons, untrustedText } from '../../words/notifications';
import { notify } from './notify';

/** Whether guests may run. In an untrusted workspace, says why not and offers the place to change that. */
export async function mayRun(name: string): Promise<boolean> {
  if (vscode.workspace.isTrusted) return true;
  const choice = await notify.warn(untrustedText(name), buttons.manageTrust());
  if (choice !== undefined) await vscode.commands.executeCommand('workbench.trust.manage');
  return vscode.workspace.isTrusted;
}
