import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { eventually } from './support/eventually';
import { clearInstances, expectRows, sample, showInstances } from './support/samples';
import { click, press, read, screenshot, waitFor } from './support/window';
import { clickLens, lenses } from './support/workbench';

describe('lenses over a guest’s entry point', () => {
  beforeEach(async () => {
    await showInstances();
    await clearInstances();
  });

  it('run a C component, warn once its instance is spent, and run in a fresh one at a click on the warning', async () => {
    await vscode.window.showTextDocument(sample('src/hello.c'));
    await expectLenses(/^Run\|Debug\|Run in Fresh Instance\|runs once per instance · guard in _start$/);
    await screenshot('lens-before');
    await clickLens('Run');
    await expectRows('hello.wasm', /spent · 1 call/);
    await expectLenses(/^instance #\d+ has run; calling run again would trap\|Run in Fresh Instance\|Why\?$/);
    await screenshot('lens-spent');
    await clickLens('has run');
    await expectRows('hello.wasm', /(#\d+ {2}spent · 1 call[^]*){2}/);
  });

  it('show the running instance, and stop it', async () => {
    await vscode.window.showTextDocument(sample('src/spin.c'));
    await expectLenses(/^Run\|/);
    await clickLens('Run');
    await expectLenses(/^Running on #\d+\|Stop\|Run in Fresh Instance$/);
    await clickLens('Stop');
    await expectRows('spin.wasm', /stopped by the user/);
  });

  it('stand over `fn main` of a Rust source', async () => {
    await vscode.window.showTextDocument(sample('src/hello.rs'));
    await expectLenses(/^Run\|Debug\|Run in Fresh Instance\|/);
  });

  it('stand over the run that a world exports', async () => {
    await vscode.window.showTextDocument(sample('wit/world.wit'));
    await expectLenses(/Run/);
  });

  it('are shown too where a .wasm file is opened as its interface, beside other editors', async () => {
    await vscode.commands.executeCommand('vscode.openWith', sample('hello.wasm'), 'freshInstance.component');
    await eventually(() => {
      assert.equal(vscode.window.activeTextEditor?.document.uri.scheme, 'fresh-instance-wit');
    });
    await expectLenses(/^Run\|/);
  });

  it('stand over a C function that is exported as run', async () => {
    await vscode.window.showTextDocument(sample('src/counter.c'));
    await expectLenses(/^Run\|Debug\|Run in Fresh Instance\|/);
  });

  it('tell over a lower version of run which one is called', async () => {
    await vscode.commands.executeCommand('freshInstance.showInterface', sample('two-runs.wasm'));
    await expectLenses(
      /^Run calls wasi:cli\/run@0\.3\.0, the higher version\|Run\|Debug\|Run in Fresh Instance\|/,
    );
    await vscode.window.showTextDocument(sample('src/two-runs.c'));
    await expectLenses(/^Run calls wasi:cli\/run@0\.3\.0, the higher version\|Run\|Debug\|/);
  });

  it('say below an interface what the exported ones hold', async () => {
    await vscode.commands.executeCommand('freshInstance.showInterface', sample('greeter.wasm'));
    await waitFor('.editor-actions a[aria-label^="Call Export"]');
    assert.deepEqual(await read('.editor-actions a[aria-label^="Run"]', 'aria-label'), []);
    await click('.editor-actions a[aria-label^="Fresh Instance"]');
    await waitFor('.monaco-menu .action-label[aria-label^="Open Console"]');
    await screenshot('title-menu');
    await press('Escape');
    const text = vscode.window.activeTextEditor?.document.getText() ?? '';
    assert.match(text, /^\/\/ greeter\.wasm, \d+ KiB\n\/\/ A library: it has no run/);
    assert.match(text, /\n\/\/ samples:workshop\/greetings#add: func\(a: s32, b: s32\) -> s32\n/);
    assert.match(text, /\n\/\/ record guest \{\n\/\/ {3}name: string,\n\/\/ {3}plus-one: bool,\n\/\/ \}\n/);
  });

  it('stand over the run in the component’s own interface, which is read-only WIT', async () => {
    await vscode.commands.executeCommand('freshInstance.showInterface', sample('hello.wasm'));
    const document = vscode.window.activeTextEditor?.document;
    assert.equal(document?.uri.scheme, 'fresh-instance-wit');
    assert.match(document.getText(), /export wasi:cli\/run@0\.2/);
    await vscode.commands.executeCommand('workbench.action.files.setActiveEditorReadonlyInSession');
    await expectLenses(/^Run\|Debug\|Run in Fresh Instance\|/);
    await screenshot('interface');
  });
});

async function expectLenses(expected: RegExp): Promise<void> {
  await eventually(async () => {
    assert.match(
      (await lenses())
        .map((title) => title.trim())
        .filter((title) => title !== '|')
        .join('|'),
      expected,
    );
  });
}
