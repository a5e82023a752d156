/** The one-line input of a call. */
import * as vscode from 'vscode';
import { eventually } from './eventually';
import { expectQuickInput, fillQuickInput, pressInQuickInput, quickPickRows } from './workbench';

/** Calls an export as a user does: opens the input, writes the call, and accepts it. Resolves when the call has ended. */
export async function callExport(
  component: vscode.Uri,
  text: string,
  command = 'freshInstance.callExport',
): Promise<void> {
  const calling = vscode.commands.executeCommand(command, component);
  await writeCall(text);
  await pressInQuickInput('Enter');
  await calling;
}

/** Writes a call into the input that is open, or about to open, and waits until it is found to be right. */
export async function writeCall(text: string): Promise<void> {
  await expectQuickInput(/\.wasm/);
  await fillQuickInput(text);
  await eventually(async () => {
    const [first = 'none'] = await quickPickRows();
    if (!first.includes('Call') || !first.includes(text)) throw new Error(`The first row is: ${first}`);
  });
}
