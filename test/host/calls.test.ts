import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { eventually } from './support/eventually';
import { clearInstances, expectRows, sample, showInstances } from './support/samples';
import { click, press, screenshot, typeText } from './support/window';
import { clickLens, expectToast, lenses, quickPickRows, terminalText } from './support/workbench';

describe('calling any export', () => {
  beforeEach(async () => {
    await showInstances();
    await clearInstances();
  });

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
    await eventually(async () => {
      assert.match((await quickPickRows()).join('\n'), /Call/);
    });
    await press('Control+A');
    await typeText('add(1, "two")');
    await eventually(async () => {
      assert.match((await quickPickRows()).join('\n'), /Column 8/);
    });
    await screenshot('call-error');
    await press('Control+A');
    await typeText('add(1, 2)');
    await eventually(async () => {
      assert.match((await quickPickRows()).join('\n'), /Call.*func\(a: s32, b: s32\) -> s32/);
    });
    await press('Enter');
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
    await click('.monaco-list-row[aria-label^="Call 1, add"]');
    await new Promise((resolve) => setTimeout(resolve, 300));
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
    await eventually(async () => {
      assert.match(await terminalText(), /greeter\.wasm #\d+>/);
    });
    await vscode.commands.executeCommand('workbench.action.terminal.focus');
    await typeText('add(1, 2)');
    await press('Enter');
    await eventually(async () => {
      assert.match(await terminalText(), /> add\(1, 2\)\n3\n/);
    });
    await typeText('greet("you")');
    await press('Enter');
    await typeText('greeted()');
    await press('Enter');
    await typeText(':fresh');
    await press('Enter');
    await typeText('greeted()');
    await press('Enter');
    await eventually(async () => {
      assert.match(await terminalText(), /greeted\(\)\n1\n[^]*greeted\(\)\n0\n/);
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
    await eventually(async () => {
      assert.match((await quickPickRows()).join('\n'), /Call.*func\(a: s32, b: s32\) -> s32/);
    });
    await press('Control+A');
    await typeText('add(40, 2)');
    await eventually(async () => {
      assert.match((await quickPickRows()).join('\n'), /Call.*add\(40, 2\)/);
    });
    await press('Enter');
    await expectRows('greeter.wasm', /#\d+ {2}ready · 1 call[^]*add {2}40, 2 · → 42 · T/);
    await expectToast(/add\(40, 2\) on greeter\.wasm #\d+: 42/);
    await screenshot('call-lens-result');
  });

  it('does not call an instance spent that was never run', async () => {
    await call('add(1, 2)');
    await expectRows('greeter.wasm', /#\d+ {2}ready · 1 call/);
  });

  it('reports what calling again does, against fresh instances', async () => {
    const reporting = vscode.commands.executeCommand('freshInstance.compareReuse', sample('greeter.wasm'));
    await eventually(async () => {
      assert.notDeepEqual(await quickPickRows(), []);
    });
    await typeText('greet("you")');
    await eventually(async () => {
      assert.match((await quickPickRows()).join('\n'), /Call/);
    });
    await press('Enter');
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

async function call(text: string, command = 'freshInstance.callExport'): Promise<void> {
  const calling = vscode.commands.executeCommand(command, sample('greeter.wasm'));
  await eventually(async () => {
    assert.notDeepEqual(await quickPickRows(), []);
  });
  await press('Control+A');
  await typeText(text);
  await eventually(async () => {
    assert.match((await quickPickRows()).join('\n'), /Call/);
  });
  await press('Enter');
  await calling;
  await vscode.commands.executeCommand('notifications.clearAll');
}
