import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { clearInstances, expectRows, sample, showInstances } from './support/samples';
import { webview } from './support/webview';
import { screenshot, waitFor } from './support/window';
import { clickToastButton, expectLenses, expectTerminal, expectToast } from './support/workbench';

describe('a window in Simplified Chinese', () => {
  it('shows the tree, a run and the warning before a second run in Chinese', async () => {
    assert.equal(vscode.env.language, 'zh-cn');
    await showInstances();
    await clearInstances();
    await expectRows('hello.wasm', /每个实例只能运行一次 · 防护在 _start 中/);
    await vscode.commands.executeCommand('freshInstance.run', sample('hello.wasm'));
    await expectTerminal(/Hello from hello\.wasm\n[^]*正常返回/);
    await expectRows('hello.wasm', /#1 {2}已用尽 · 1 次调用/);
    void vscode.commands.executeCommand('freshInstance.run', sample('hello.wasm'));
    await expectToast(/会陷入/);
    await screenshot('zh-cn-warning');
    await clickToastButton('在新实例中运行');
    await expectRows('hello.wasm', /#2 {2}已用尽/);
  });

  it('shows lenses in Chinese', async () => {
    await vscode.window.showTextDocument(sample('src/hello.c'));
    await expectLenses(/运行/);
    await screenshot('zh-cn-lenses');
  });

  it('shows the page about the verdict in Chinese', async () => {
    await vscode.commands.executeCommand('freshInstance.explainVerdict', sample('hello.wasm'));
    await waitFor(`${webview} >> text=在同一实例上第二次运行会陷入`);
    await screenshot('zh-cn-page');
  });

  it('names commands and settings in Chinese', async () => {
    await vscode.commands.executeCommand('workbench.action.openSettings', 'freshInstance');
    await waitFor('.settings-editor >> text=何时显示运行的终端');
    await screenshot('zh-cn-settings');
  });
});
