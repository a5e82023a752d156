import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { callExport } from './support/calls';
import { bringFixture, clearInstances, expectRows, showInstances } from './support/samples';
import { click, screenshot } from './support/window';
import {
  clickToastButton,
  discardEditors,
  enterInTerminal,
  expectLenses,
  expectTerminal,
  expectToast,
} from './support/workbench';

describe('an export that traps when it is called again', () => {
  const component = bringFixture('tools');

  beforeEach(async () => {
    await showInstances();
    await clearInstances();
    await vscode.commands.executeCommand('notifications.clearAll');
  });

  afterEach(discardEditors);

  it('is explained after the trap, and warned of before the next, with a fresh instance one click away', async () => {
    await vscode.commands.executeCommand('freshInstance.clearObservations');
    await callExport(component, 'once()');
    await expectRows('tools.wasm', /ready · 1 call[^]*once {2}→ 1/);
    await callExport(component, 'once()');
    await expectToast(
      /once\(\) on tools\.wasm #\d+ trapped: unreachable at .*tools\.c:\d+\. A trapped instance cannot be entered again\./,
    );
    await screenshot('repeated-call-trapped');
    await clickToastButton('Call in Fresh Instance');
    await expectRows('tools.wasm', /ready · 1 call[^]*once {2}→ 1[^]*trapped/);
    const calling = callExport(component, 'once()');
    await expectToast(
      /Calling once\(\) again on tools\.wasm #\d+ would trap: call 2 on one instance trapped before/,
    );
    await screenshot('repeated-call-warning');
    await clickToastButton('Call in Fresh Instance');
    await calling;
    await expectRows('tools.wasm', /ready · 1 call[^]*ready · 1 call[^]*trapped/);
  });

  it('is marked in the tree, over a call, in a console and on the page', async () => {
    await callExport(component, 'once()');
    await expectRows('tools.wasm', /ready · 1 call/);
    const content = '// component: tools.wasm\n\nonce()\n\nnext()\n';
    await vscode.window.showTextDocument(
      await vscode.workspace.openTextDocument({ language: 'wave', content }),
    );
    await expectLenses(
      /^Calling it again on #\d+ would trap\|Call in Fresh Instance\|Compare\|Call on #\d+\|/,
    );
    await screenshot('repeated-call-lens');
    // Rows that other tests left open would push the exports out of the view, which only draws what it shows.
    await vscode.commands.executeCommand('workbench.actions.treeView.freshInstance.instances.collapseAll');
    await click('.monaco-list-row[aria-label^="Component tools.wasm"]');
    await expectRows('tools.wasm', /Exports/);
    await click('.monaco-list-row[aria-label^="Exports of tools"]');
    await expectRows('tools.wasm', /once {2}trapped when called again · func\(\) -> u32/);
    await screenshot('repeated-call-tree');
    await vscode.commands.executeCommand('freshInstance.openConsole', component);
    await enterInTerminal('once()');
    await expectTerminal(/Not called[^]*would trap: call 2 on one instance/);
    await vscode.commands.executeCommand('freshInstance.explainVerdict', component);
    await screenshot('repeated-call-page');
    await vscode.commands.executeCommand('workbench.action.closeActiveEditor');
  });

  it('is reported in the words of run, with a fresh instance one click away', async () => {
    await vscode.commands.executeCommand('freshInstance.compareReuse', {
      path: component.fsPath,
      text: 'once()',
    });
    const words =
      /Calling once\(\) again on one instance would trap: call 2 did\. Use a fresh instance for each call\./;
    assert.match(vscode.window.activeTextEditor?.document.getText() ?? '', words);
    await expectToast(words);
    await screenshot('repeated-call-report');
    await clickToastButton('Call in Fresh Instance');
    await expectRows('tools.wasm', /ready · 1 call[^]*once {2}→ 1/);
  });
});
