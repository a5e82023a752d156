import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { breakAt, debug, followDebugger } from './support/debugger';
import { eventually } from './support/eventually';
import {
  bringFixture,
  clearInstances,
  expectRows,
  sample,
  selectRow,
  showInstances,
} from './support/samples';
import { readWebview } from './support/webview';
import { hover, press, screenshot, waitFor } from './support/window';
import { expectQuickInput, expectTerminal, expectToast } from './support/workbench';

describe('a wasip1 module', () => {
  const app = bringFixture('module-hello', 'app');
  const probe = followDebugger();

  beforeEach(async () => {
    await showInstances();
    await clearInstances();
  });

  it('runs from the tree, which says that it was adapted and what a second run does', async () => {
    await expectRows(
      'app.wasm',
      /^.*app\.wasm {2}runs once per instance · guard in _start · wasip1 module, adapted/,
    );
    await selectRow('Component app.wasm');
    await vscode.commands.executeCommand('freshInstance.run');
    await expectTerminal(/^Hello from app\.wasm\n[^]*returned ok/);
    await expectRows('app.wasm', /#\d+ {2}spent · 1 call/);
    await screenshot('module-run');
  });

  it('has a page that says so, and offers to save the component', async () => {
    await vscode.commands.executeCommand('vscode.open', app);
    await eventually(async () => {
      assert.match((await readWebview('.summary')).join(), /^wasip1 module, adapted · [\d.]+ KiB/);
    });
    assert.ok((await readWebview('.buttons button')).includes('Save as Component…'));
    await eventually(async () => {
      assert.match((await readWebview('#exports')).join(), /run: func\(\) -> result/);
    });
    await screenshot('module-page');
  });

  it('stops at a breakpoint in its source', async () => {
    breakAt('src/hello.c', 9);
    assert.equal(await debug('app.wasm', { args: ['one', 'two'] }), true);
    const stop = await probe.stop();
    assert.equal(stop.frames[0], '__main_argc_argv src/hello.c:9');
    assert.deepEqual(await probe.locals(stop), { argc: '3', argv: 'char **', i: '0' });
    await screenshot('module-breakpoint');
  });

  it('is saved as a component, which runs', async () => {
    const saving = vscode.commands.executeCommand('freshInstance.saveAsComponent', app);
    await expectQuickInput(/Save app\.wasm as a Component/);
    await screenshot('module-save');
    await press('Enter');
    await saving;
    await expectToast(/Saved the component as app\.component\.wasm/);
    const saved = sample('app.component.wasm');
    try {
      await expectRows('app.component.wasm', /^.*app\.component\.wasm {2}runs once per instance/);
      await vscode.commands.executeCommand('freshInstance.run', saved);
      await expectTerminal(/^Hello from app\.component\.wasm\n/);
      await vscode.commands.executeCommand('freshInstance.saveAsComponent', saved);
      await expectToast(/app\.component\.wasm is a component already/);
    } finally {
      await clearInstances();
      await vscode.workspace.fs.delete(saved);
    }
  });
});

describe('files that are no programs', () => {
  bringFixture('module-wasm-bindgen', 'bindgen');
  bringFixture('truncated', 'damaged');
  const wit = bringFixture('wit-package', 'interfaces');

  beforeEach(async () => {
    await showInstances();
    await clearInstances();
  });

  it('say what they are, and what was found in them', async () => {
    await expectRows('bindgen.wasm', /a core module for the JavaScript of wasm-bindgen/);
    await expectRows('damaged.wasm', /not a whole component: truncated at byte 4,000/);
    await expectRows('interfaces.wasm', /a WIT package, not a program/);
    await vscode.commands.executeCommand('freshInstance.run', sample('bindgen.wasm'));
    await expectToast(/bindgen\.wasm cannot be run: wasm-bindgen made it .*__wbg_log_/);
    await hover('.monaco-list-row[aria-label^="Component damaged.wasm"]');
    await waitFor('.monaco-hover:has-text("bytes are missing")');
    await screenshot('module-damaged');
  });

  it('show the interfaces of a WIT package as a document', async () => {
    await vscode.commands.executeCommand('freshInstance.showInterface', wit);
    const editor = await eventually(() => {
      const active = vscode.window.activeTextEditor;
      assert.equal(active?.document.uri.scheme, 'fresh-instance-wit');
      return active;
    });
    assert.match(
      editor.document.getText(),
      /^\/\/ interfaces\.wasm is a WIT package: .*There is nothing to run\.\n[^]*package [^]*interface /,
    );
    await screenshot('module-wit');
    await vscode.commands.executeCommand('vscode.open', sample('damaged.wasm'));
    await eventually(async () => {
      assert.match((await readWebview('main, body')).join(' '), /bytes are missing/);
    });
    await screenshot('module-damaged-page');
  });
});
