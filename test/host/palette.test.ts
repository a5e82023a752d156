import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { eventually } from './support/eventually';
import { clearInstances, expectRows, rowsOf, sample, selectRow, showInstances } from './support/samples';
import { click, screenshot } from './support/window';
import { expectQuickInput, pressInQuickInput, quickPickRows } from './support/workbench';

describe('a command of the palette', () => {
  beforeEach(async () => {
    await showInstances();
    await clearInstances();
  });

  it('is about the selected row, until the user turns to an editor', async () => {
    await vscode.window.showTextDocument(sample('src/counter.c'));
    await select('hello.wasm');
    await vscode.commands.executeCommand('freshInstance.run');
    await expectRows('hello.wasm', /spent · 1 call/);
    await vscode.window.showTextDocument(sample('src/boom.c'));
    await vscode.window.showTextDocument(sample('src/counter.c'));
    await settled();
    await vscode.commands.executeCommand('freshInstance.run');
    await expectRows('counter.wasm', /ready · 1 call/);
    assert.match(await rowsOf('hello.wasm'), /spent · 1 call/);
  });

  it('is about the selected row again once the user turns back to it', async () => {
    await select('greeter.wasm');
    // The extension host hears of a click a moment after it is seen: on a busy machine, later than that.
    await eventually(async () => {
      await vscode.window.showTextDocument(sample('src/hello.c'));
      await settled();
      await click('.monaco-list-row[aria-label^="Component greeter.wasm"]');
      await settled();
      await vscode.commands.executeCommand('freshInstance.showInterface');
      assert.match(vscode.window.activeTextEditor?.document.uri.path ?? '', /greeter\.wit$/);
    });
  });

  it('offers what can be run before libraries, and what has a live instance or was used last first', async () => {
    await vscode.commands.executeCommand('freshInstance.run', sample('exit3.wasm'));
    await expectRows('exit3.wasm', /exited with/);
    await vscode.commands.executeCommand('freshInstance.run', sample('counter.wasm'));
    await expectRows('counter.wasm', /ready · 1 call/);
    await select('greeter.wasm');
    const running = vscode.commands.executeCommand('freshInstance.run');
    const offered = await eventually(async () => {
      const rows = await quickPickRows();
      assert.ok(rows.length > 3);
      return rows.map((row) => /^[\w-]+\.wasm/.exec(row)?.[0] ?? row);
    });
    assert.deepEqual(offered.slice(0, 2), ['counter.wasm', 'exit3.wasm']);
    // Below all that can be run, and maybe farther down than is seen.
    const library = offered.indexOf('greeter.wasm');
    assert.ok(offered.includes('hello.wasm'), offered.join());
    assert.ok(library < 0 || library > offered.indexOf('hello.wasm'), offered.join());
    await screenshot('component-pick');
    await pressInQuickInput('Escape');
    await running;
  });

  it('calls the library of the selected row', async () => {
    await select('greeter.wasm');
    const calling = vscode.commands.executeCommand('freshInstance.callExport');
    await expectQuickInput(/Call on a fresh instance of greeter\.wasm/);
    await pressInQuickInput('Escape');
    await calling;
  });
});

async function select(component: string): Promise<void> {
  await selectRow(`Component ${component}`);
}

/** The extension host hears of a selection a moment after it is seen. */
async function settled(): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, 400));
}
