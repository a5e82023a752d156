import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { callExport } from './support/calls';
import { bringFixture, clearInstances, expectRows, showInstances } from './support/samples';
import { screenshot } from './support/window';
import { clickToastButton, expectToast } from './support/workbench';

describe('an export that traps when it is called again', () => {
  const component = bringFixture('tools');

  beforeEach(async () => {
    await showInstances();
    await clearInstances();
    await vscode.commands.executeCommand('notifications.clearAll');
  });

  it('is explained after the trap, and warned of before the next, with a fresh instance one click away', async () => {
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
      /Calling once\(\) of tools\.wasm again on instance #\d+ would trap: call 2 of it did on instance #\d+\./,
    );
    await screenshot('repeated-call-warning');
    await clickToastButton('Call in Fresh Instance');
    await calling;
    await expectRows('tools.wasm', /ready · 1 call[^]*ready · 1 call[^]*trapped/);
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
