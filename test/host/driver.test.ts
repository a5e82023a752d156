import { strict as assert } from 'node:assert';
import * as vscode from 'vscode';
import { eventually } from './support/eventually';
import { screenshot } from './support/window';
import { clickDialogButton, clickToastButton, dialog, toasts } from './support/workbench';

describe('the VS Code that the host tests run in', () => {
  it('has our extension', async () => {
    const extension = vscode.extensions.getExtension('fresh-instance.fresh-instance');
    assert.ok(extension);
    await extension.activate();
    assert.equal(extension.isActive, true);
  });

  it('opens a copy of the samples', async () => {
    const files = await vscode.workspace.findFiles('*.wasm');
    assert.ok(files.some((file) => file.path.endsWith('/hello.wasm')));
  });

  it('shows toasts, and a test can press their buttons', async () => {
    const answer = vscode.window.showInformationMessage('Toast for a test', 'Take it');
    await eventually(async () => {
      assert.deepEqual(await toasts(), ['Toast for a test']);
    });
    await clickToastButton('Take it');
    assert.equal(await answer, 'Take it');
  });

  it('shows modal dialogs, and a test can answer them', async () => {
    const answer = vscode.window.showWarningMessage(
      'Dialog for a test',
      { modal: true, detail: 'Why' },
      'Go on',
    );
    await eventually(async () => {
      assert.deepEqual(await dialog(), ['Dialog for a test\nWhy']);
    });
    await screenshot('driver-dialog');
    await clickDialogButton('Go on');
    assert.equal(await answer, 'Go on');
  });
});
