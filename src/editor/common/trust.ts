import * as vscode from 'vscode';
import { notify } from './notify';

/** Whether guests may run. In an untrusted workspace it says why not, and offers the place to change that. */
export async function mayRun(name: string): Promise<boolean> {
  if (vscode.workspace.isTrusted) return true;
  const choice = await notify.warn(
    `${name} was not run: this workspace is in restricted mode. Components can be read but not run until you trust it.`,
    'Manage Workspace Trust',
  );
  if (choice !== undefined) await vscode.commands.executeCommand('workbench.trust.manage');
  return vscode.workspace.isTrusted;
}
