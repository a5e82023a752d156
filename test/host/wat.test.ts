import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { bringFixture, sample, showInstances } from './support/samples';
import { eventually } from './support/eventually';
import { press, screenshot } from './support/window';
import { discardEditors, expectQuickInput, expectQuickPick, fillQuickInput } from './support/workbench';

function active(): vscode.TextDocument {
  const document = vscode.window.activeTextEditor?.document;
  assert.ok(document !== undefined);
  return document;
}

/** Where a text stands in the active editor. */
function placeOf(text: string): vscode.Position {
  const at = active().getText().indexOf(text);
  assert.ok(at >= 0, `${text} is not there`);
  return active().positionAt(at);
}

describe('a core module as text', () => {
  // A JavaScript engine, whose code is too large for one document.
  const big = bringFixture('big', 'engine');

  afterEach(discardEditors);

  it('opens from a component, with an outline, and calls lead to functions', async () => {
    await showInstances();
    const opening = vscode.commands.executeCommand('freshInstance.openAsWat', sample('hello.wasm'));
    await expectQuickInput(/Open as WAT/);
    await expectQuickPick(/wit-component:adapter:wasi_snapshot_preview1/);
    await press('Enter');
    await opening;
    assert.equal(active().uri.scheme, 'fresh-instance-wat');
    assert.match(active().getText(), /^;; hello\.wasm · core module 0\n\(module \$\S+\n {2}\(type \(;0;\)/);
    assert.equal(active().languageId, 'wat');
    const symbols = await vscode.commands.executeCommand<vscode.DocumentSymbol[]>(
      'vscode.executeDocumentSymbolProvider',
      active().uri,
    );
    const start = symbols.find(({ name }) => name === '$_start');
    assert.ok(start !== undefined && symbols.length > 20);
    assert.match(active().lineAt(start.range.start.line).text, /^ {2}\(func \$_start \(;\d+;\)/);
    assert.equal(active().lineAt(start.range.end.line).text, '  )');
    const call = /call \$_start|call \$__wasm_call_ctors/.exec(active().getText())?.[0];
    assert.ok(call !== undefined);
    const [target] = await vscode.commands.executeCommand<vscode.LocationLink[]>(
      'vscode.executeDefinitionProvider',
      active().uri,
      placeOf(call).translate(0, 7),
    );
    assert.equal(target?.targetUri.toString(), active().uri.toString());
    assert.match(active().lineAt(target.targetRange.start.line).text, /^ {2}\(func \$_/);
    const editor = vscode.window.activeTextEditor;
    editor?.revealRange(start.range, vscode.TextEditorRevealType.AtTop);
    await screenshot('wat');
  });

  it('of a large module lists functions, and each opens by itself', async () => {
    await vscode.commands.executeCommand('freshInstance.openAsWat', { path: big.fsPath, module: 0 });
    assert.match(
      active().getText(),
      /^;; engine\.wasm · core module 0\n;; [\d,]+ functions, .* of code: each is a document of its own\./,
    );
    const links = await vscode.commands.executeCommand<vscode.DocumentLink[]>(
      'vscode.executeLinkProvider',
      active().uri,
    );
    assert.ok(links.length > 500);
    assert.equal(links[0]?.target?.toString(), big.toString());
    assert.match(links[1]?.target?.path ?? '', /engine\.m0\.func\d+\.wat$/);
    const going = vscode.commands.executeCommand('freshInstance.goToFunction');
    await expectQuickInput(/Go to Function/);
    await fillQuickInput('1234');
    await expectQuickPick(/1234 · /);
    await screenshot('wat-go-to-function');
    await press('Enter');
    await going;
    await eventually(() => {
      assert.match(active().uri.path, /engine\.m0\.func\d+\.wat$/);
      assert.match(active().getText(), /^;; engine\.wasm · core module 0\n\(func (?:\$\S+ )?\(;\d+;\)/);
    });
    await screenshot('wat-function');
  });
});
