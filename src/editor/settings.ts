import * as vscode from 'vscode';
import type { OnRepeatedRun } from '../instance/run-policy';

/** The user's settings, read at the moment they are needed, so that a change takes effect at once. */
export const settings = {
  onRepeatedRun(): OnRepeatedRun {
    return read<OnRepeatedRun>('onRepeatedRun', 'ask');
  },
  async setOnRepeatedRun(value: OnRepeatedRun): Promise<void> {
    await vscode.workspace
      .getConfiguration('freshInstance')
      .update('onRepeatedRun', value, vscode.ConfigurationTarget.Global);
  },
  outputCapBytes(): number {
    return read('output.capMiB', 16) * 1024 * 1024;
  },
  revealTerminal(): boolean {
    return read<'always' | 'never'>('terminal.reveal', 'always') === 'always';
  },
};

function read<T>(name: string, fallback: T): T {
  return vscode.workspace.getConfiguration('freshInstance').get<T>(name, fallback);
}
