import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { eventually } from './support/eventually';
import { expectRows, sample, showInstances } from './support/samples';
import { readWebview } from './support/webview';
import { expectToast } from './support/workbench';

describe('in a workspace that is not trusted', () => {
  after(async () => {
    await vscode.workspace
      .getConfiguration('freshInstance')
      .update('probe.automatic', undefined, vscode.ConfigurationTarget.Global);
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await vscode.commands.executeCommand('notifications.clearAll');
  });

  it('nothing is probed, whatever the settings say', async () => {
    await showInstances();
    await vscode.workspace
      .getConfiguration('freshInstance')
      .update('probe.automatic', true, vscode.ConfigurationTarget.Global);
    await expectRows('counter.wasm', /a second run is untried/);
    await new Promise((resolve) => setTimeout(resolve, 2000));
    await expectRows('counter.wasm', /a second run is untried/);
    void vscode.commands.executeCommand('freshInstance.probeReuse', sample('counter.wasm'));
    await expectToast(/counter\.wasm was not run: this workspace is in restricted mode/);
  });

  it('verdicts are explained, but nothing is offered that would run a guest', async () => {
    await vscode.commands.executeCommand('freshInstance.explainVerdict', sample('hello.wasm'));
    await eventually(async () => {
      assert.match((await readWebview('.verdict')).join(), /A second run on the same instance traps/);
    });
    assert.deepEqual(await readWebview('a.button'), []);
    assert.match((await readWebview('main')).join(), /Nothing is run until you trust this workspace\./);
  });
});
