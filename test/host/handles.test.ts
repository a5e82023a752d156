import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { eventually } from './support/eventually';
import { bringFixture, clearInstances, expectRows, showInstances } from './support/samples';
import { click, hover, screenshot, waitFor } from './support/window';
import {
  clickLens,
  clickQuickPick,
  enterInTerminal,
  expectTerminal,
  expectToast,
  lenses,
  pressInQuickInput,
  quickPickRows,
} from './support/workbench';

const row = (name: string) => `.monaco-list-row[aria-label^="Handle ${name},"]`;

describe('handles of resources', () => {
  const component = bringFixture('tools');

  beforeEach(async () => {
    await showInstances();
    await clearInstances();
    await vscode.commands.executeCommand('freshInstance.openConsole', component);
    await expectTerminal(/tools\.wasm #\d+>/);
  });

  it('are listed below their instance with the calls that returned them, and dropped from there', async () => {
    await enter('counter(5)');
    await enter('counter.several([7, 8])');
    await expectRows('tools.wasm', /> Handles \(3\)/);
    await click('.monaco-list-row:has-text("Handles (3)")');
    await expectRows(
      'tools.wasm',
      /v Handles \(3\)\n\$1 {2}counter · from counter\(5\)\n\$2 {2}counter · from counter\.several\(\[7, 8\]\)\n\$3 {2}counter/,
    );
    await hover(row('$2'));
    await waitFor(`${row('$2')} .action-label[aria-label^="Drop Handle"]`);
    await screenshot('handles');
    await click(`${row('$2')} .action-label[aria-label^="Drop Handle"]`);
    await expectRows(
      'tools.wasm',
      /v Handles \(2\)\n\$1 [^\n]*\n\$3 [^\n]*\n[^]*drop counter {2}\$2 · returned ok · T/,
    );
    await vscode.commands.executeCommand('freshInstance.showTerminal');
    await expectTerminal(/dropped 7\n[^]*Dropped \$2 \(counter\)\./);
  });

  it('are known to the tree and to every console, and dropped there, too', async () => {
    await enter('counter.several([1, 2, 3])');
    await enter(':drop $1 $3');
    await enter(':handles');
    await expectTerminal(
      /Dropped \$1 \(counter\)\.\nDropped \$3 \(counter\)\.\n[^\n]*:handles\n\$2 {2}counter {2}from/,
    );
    await expectRows('tools.wasm', /Handles \(1\)/);
    await screenshot('handles-console');
  });

  it('are listed and dropped by the lines of a WAVE document, as by those of a script', async () => {
    const content = '// component: tools.wasm\n\ncounter(5)\n\n:handles\n:drop $1 // used up\n';
    const document = await vscode.workspace.openTextDocument({ language: 'wave', content });
    await vscode.window.showTextDocument(document, { selection: new vscode.Range(2, 3, 2, 3) });
    await eventually(async () => {
      assert.match(
        (await lenses()).join(),
        /^Call on #\d+,Call in Fresh Instance,Compare,List Handles of #\d+,Drop on #\d+$/,
      );
    });
    await screenshot('call-document-handles');
    await vscode.commands.executeCommand('freshInstance.runCallAtCursor');
    await expectRows('tools.wasm', /Handles \(1\)/);
    await clickLens('List Handles of #');
    await expectTerminal(/\$1 {2}counter {2}from counter\(5\)/);
    await clickLens('Drop on #');
    await expectRows('tools.wasm', /drop counter {2}\$1 · returned ok/);
    await vscode.window.showTextDocument(document);
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
  });

  it('are picked for the command of the palette; a destructor that traps ends the instance, and is explained', async () => {
    await enter('counter.several([1, 13, 3])');
    await expectRows('tools.wasm', /Handles \(3\)/);
    const dropping = vscode.commands.executeCommand('freshInstance.dropHandle');
    await eventually(async () => {
      assert.equal((await quickPickRows()).length, 3);
    });
    await clickQuickPick('$2');
    await screenshot('handle-pick');
    await pressInQuickInput('Enter');
    await dropping;
    const rows = await expectRows('tools.wasm', /#\d+ {2}trapped · unreachable at .*tools\.c:\d+/);
    assert.match(rows, /drop counter {2}\$2 · trapped: unreachable/);
    assert.doesNotMatch(rows, /Handles/);
    await expectToast(
      /tools\.wasm: Instance #\d+ trapped in the destructor of \$2 \(counter\) at .*tools\.c:\d+: wasm `unreachable`/,
    );
    await screenshot('handle-trap');
  });

  async function enter(line: string): Promise<void> {
    await enterInTerminal(line);
    await expectTerminal(/#\d+>$/);
  }
});
