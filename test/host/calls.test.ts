import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { callExport, writeCall } from './support/calls';
import { eventually } from './support/eventually';
import { clearInstances, expectRows, sample, selectRow, showInstances } from './support/samples';
import { click, press, screenshot } from './support/window';
import {
  clickLens,
  discardEditors,
  enterInTerminal,
  expectQuickPick,
  expectTerminal,
  expectToast,
  fillQuickInput,
  expectLenses,
  lenses,
  pressInQuickInput,
  terminalText,
} from './support/workbench';

describe('calling any export', () => {
  beforeEach(async () => {
    await showInstances();
    await clearInstances();
  });

  afterEach(discardEditors);

  it('lists the exports of a component with their signatures', async () => {
    await expectRows('greeter.wasm', /has no run/);
    await click('.monaco-list-row[aria-label^="Component greeter.wasm"]');
    await press('ArrowRight');
    await expectRows('greeter.wasm', /Exports/);
    await click('.monaco-list-row:has-text("Exports")');
    const rows = await expectRows('greeter.wasm', /greeted {2}func\(\) -> u32/);
    assert.match(rows, /add {2}func\(a: s32, b: s32\) -> s32/);
    await screenshot('exports');
    await click('.monaco-list-row:has-text("Exports")');
  });

  it('asks for the call with an example from the types, checks it while it is typed, and shows the result', async () => {
    const calling = vscode.commands.executeCommand('freshInstance.callExport', {
      path: sample('greeter.wasm').fsPath,
      export: { interface: 'samples:workshop/greetings', func: 'add' },
    });
    await expectQuickPick(/Call/);
    await fillQuickInput('add(1, "two")');
    await expectQuickPick(/Column 8/);
    await screenshot('call-error');
    await fillQuickInput('add(1, 2)');
    await expectQuickPick(/Call.*func\(a: s32, b: s32\) -> s32/);
    await pressInQuickInput('Enter');
    await calling;
    await expectRows('greeter.wasm', /add {2}1, 2 · → 3 · T/);
    await expectToast(/add\(1, 2\) on greeter\.wasm #\d+: 3/);
  });

  it('keeps the state of the instance from call to call, and a fresh instance has none', async () => {
    for (const expected of ['→ 1', '→ 2']) {
      await call('greet("Ada")');
      await call('greeted()');
      await expectRows('greeter.wasm', new RegExp(`greeted {2}.*${expected}`));
    }
    await call('greeted()', 'freshInstance.callExportFresh');
    await expectRows('greeter.wasm', /#\d+ {2}ready · 1 call[^]*greeted {2}→ 0/);
  });

  it('repeats a call of the history, and copies it as a command line', async () => {
    await call('add(20, 22)');
    await expectRows('greeter.wasm', /add {2}20, 22 · → 42/);
    await selectRow('Call 1, add');
    await vscode.commands.executeCommand('freshInstance.repeatCall');
    await expectRows('greeter.wasm', /2 calls[^]*→ 42[^]*→ 42/);
    await vscode.commands.executeCommand('freshInstance.copyCall');
    assert.match(
      await vscode.env.clipboard.readText(),
      /^fresh-instance call \S*greeter\.wasm 'add\(20, 22\)'$/,
    );
  });

  it('has a console in which each line is a call on one instance', async () => {
    await vscode.commands.executeCommand('freshInstance.openConsole', sample('greeter.wasm'));
    await expectTerminal(/greeter\.wasm #\d+>/);
    await enterInTerminal('add(1, 2)');
    await expectTerminal(/> add\(1, 2\)\n3\n/);
    for (const line of ['greet("you")', 'greeted()', ':fresh', 'greeted()']) await enterInTerminal(line);
    await expectTerminal(/greeted\(\)\n1\n[^]*greeted\(\)\n0\n/);
    const prompts = [...(await terminalText()).matchAll(/^greeter\.wasm (#\d+)>/gm)].map(
      ([, number]) => number,
    );
    assert.notEqual(prompts.at(-1), prompts[0]);
    await eventually(() => {
      assert.equal(vscode.window.activeTerminal?.name, `Calls: greeter.wasm ${prompts.at(-1) ?? ''}`);
    });
    await screenshot('console');
  });

  it('has lenses over the exports in the component’s own interface', async () => {
    await vscode.commands.executeCommand('freshInstance.showInterface', sample('greeter.wasm'));
    await eventually(async () => {
      assert.deepEqual(await lenses(), ['Call greet…', 'Call greeted…', 'Call add…', 'Call invite…']);
    });
    await screenshot('call-lenses');
  });

  it('calls an export from its lens, through to the result in the history', async () => {
    await vscode.commands.executeCommand('freshInstance.showInterface', sample('greeter.wasm'));
    await eventually(async () => {
      assert.ok((await lenses()).includes('Call add…'));
    });
    await clickLens('Call add…');
    await expectQuickPick(/Call.*func\(a: s32, b: s32\) -> s32/);
    await writeCall('add(40, 2)');
    await pressInQuickInput('Enter');
    await expectRows('greeter.wasm', /#\d+ {2}ready · 1 call[^]*add {2}40, 2 · → 42 · T/);
    await expectToast(/add\(40, 2\) on greeter\.wasm #\d+: 42/);
    await screenshot('call-lens-result');
  });

  it('makes no call on an instance with a grant that was taken away since', async () => {
    const component = sample('greeter.wasm');
    const granted = { 'greeter.wasm': { dirs: [{ host: 'src', guest: '/data' }] } };
    await setting('profiles', granted);
    await call('greet("Ada")');
    await call('greeted()');
    await expectRows('greeter.wasm', /#\d+ {2}ready · 2 calls[^]*greeted {2}→ 1/);
    await openCalls('greeted()\n');
    await expectLenses(/^Call on #\d+\|Call in Fresh Instance\|Compare$/);
    await setting('profiles', undefined);
    await expectLenses(/^Call in Fresh Instance\|Compare$/);
    await clickLens('Call in Fresh Instance');
    await expectRows('greeter.wasm', /#\d+ {2}ready · 1 call[^]*→ 0[^]*#\d+ {2}ready · 2 calls/);
    await setting('profiles', granted);
    await call('greeted()');
    await expectRows(
      'greeter.wasm',
      /^[^]*#\d+ {2}ready · 1 call[^]*→ 0[^]*ready · 1 call[^]*→ 0[^]*ready · 2 calls/,
    );
    await setting('profiles', undefined);
    await vscode.commands.executeCommand('freshInstance.openConsole', component);
    await enterInTerminal('greeted()');
    await expectTerminal(/greeter\.wasm #\d+> greeted\(\)\n0\n/);
    await setting('profiles', granted);
    await enterInTerminal('greeted()');
    await expectTerminal(/Not called: the grants have changed since this instance was made/);
    await screenshot('grants-changed-console');
    await setting('profiles', undefined);
    await selectRow('Call 2, greeted');
    await vscode.commands.executeCommand('freshInstance.repeatCall');
    await expectToast(
      /The grants of greeter\.wasm have changed since instance #\d+ was made, so fresh instance #\d+ is called\./,
    );
    await screenshot('grants-changed');
  });

  it('does not call an instance spent that was never run', async () => {
    await call('add(1, 2)');
    await expectRows('greeter.wasm', /#\d+ {2}ready · 1 call/);
  });

  it('reports what calling again does, against fresh instances', async () => {
    const reporting = vscode.commands.executeCommand('freshInstance.compareReuse', sample('greeter.wasm'));
    await writeCall('greet("you")');
    await pressInQuickInput('Enter');
    await reporting;
    const text = vscode.window.activeTextEditor?.document.getText() ?? '';
    assert.match(text, /5 calls on one instance, and one on each of 5 fresh instances/);
    await screenshot('reuse-report');
  });

  it('leads authors to a guide, which the extension brings', async () => {
    await vscode.commands.executeCommand('freshInstance.openGuide');
    await eventually(() => {
      assert.match(vscode.window.tabGroups.activeTabGroup.activeTab?.label ?? '', /reuse\.md/);
    });
    await screenshot('guide');
  });
});

async function setting(name: string, value: unknown): Promise<void> {
  await vscode.workspace
    .getConfiguration('freshInstance')
    .update(name, value, vscode.ConfigurationTarget.Workspace);
}

async function openCalls(calls: string): Promise<void> {
  const content = `// component: greeter.wasm\n\n${calls}`;
  await vscode.window.showTextDocument(
    await vscode.workspace.openTextDocument({ language: 'wave', content }),
  );
}

async function call(text: string, command?: string): Promise<void> {
  await callExport(sample('greeter.wasm'), text, command);
  await vscode.commands.executeCommand('notifications.clearAll');
}
