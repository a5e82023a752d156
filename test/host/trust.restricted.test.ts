import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { eventually } from './support/eventually';
import { sample, showInstances } from './support/samples';
import { read, readTree, screenshot } from './support/window';
import { expectToast } from './support/workbench';

describe('a workspace that is not trusted', () => {
  it('lists its components with their verdicts, and says that none is run', async () => {
    assert.equal(vscode.workspace.isTrusted, false);
    await showInstances();
    await eventually(async () => {
      assert.match(await readTree('Instances'), /hello\.wasm {2}runs once per instance · guard in _start/);
    });
    assert.match(
      (await read('.pane-body')).join('\n'),
      /Restricted mode: components are listed but not run until you trust this workspace/,
    );
    await screenshot('restricted');
  });

  it('shows a component’s interface', async () => {
    await vscode.commands.executeCommand('freshInstance.showInterface', sample('hello.wasm'));
    assert.match(vscode.window.activeTextEditor?.document.getText() ?? '', /export wasi:cli\/run@0\.2/);
  });

  it('runs nothing, whoever asks', async () => {
    void vscode.commands.executeCommand('freshInstance.runFresh', sample('hello.wasm'));
    await expectToast(/hello\.wasm was not run: this workspace is in restricted mode/);
    assert.doesNotMatch(await readTree('Instances'), /#1/);
  });
});
