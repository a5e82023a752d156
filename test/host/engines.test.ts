import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { eventually } from './support/eventually';
import { bringFixture, clearInstances, expectRows, sample, showInstances } from './support/samples';
import { readWebview } from './support/webview';
import { read, resize, screenshot } from './support/window';
import {
  clickQuickPick,
  clickToastButton,
  expectQuickPick,
  expectTerminal,
  expectToast,
  pressInQuickInput,
  quickPickRows,
} from './support/workbench';

/** The wasmtime of tests, where it could be installed. */
const wasmtime = process.env.FRESH_INSTANCE_TEST_WASMTIME;

async function configure(name: string, value: unknown): Promise<void> {
  await vscode.workspace
    .getConfiguration('freshInstance')
    .update(name, value, vscode.ConfigurationTarget.Global);
}

describe('an engine that is not installed', () => {
  before(() => configure('wasmtime.path', '/nowhere/wasmtime'));
  after(async () => {
    await configure('wasmtime.path', undefined);
    await configure('engine', undefined);
    await clearInstances();
  });

  it('is listed with how to get it, and a run on it says the same', async () => {
    await showInstances();
    const choosing = vscode.commands.executeCommand('freshInstance.chooseEngine');
    await expectQuickPick(/Install wasmtime….*\/nowhere\/wasmtime.* is not there/);
    assert.match((await quickPickRows()).join('\n'), /jco [\d.]+.*comes with Fresh Instance · current/);
    await screenshot('engine-missing');
    await pressInQuickInput('Escape');
    await choosing;
    await configure('engine', 'wasmtime');
    await vscode.commands.executeCommand('freshInstance.run', sample('hello.wasm'));
    await expectToast(/hello\.wasm could not start: \/nowhere\/wasmtime/);
    const buttons = await read('.notification-toast .monaco-button');
    assert.deepEqual(buttons, ['Install wasmtime…', 'Open Setting', 'Choose Engine…']);
  });
});

describe('the engine wasmtime', () => {
  if (wasmtime === undefined) {
    it.skip('which is not installed: node scripts/wasmtime.mjs installs one');
    return;
  }

  const blast = bringFixture('boom', 'blast');
  const exceptions = bringFixture('exceptions');

  before(async () => {
    await configure('wasmtime.path', wasmtime);
    await showInstances();
  });
  beforeEach(clearInstances);
  after(async () => {
    await configure('engine', undefined);
    await configure('wasmtime.path', undefined);
    await clearInstances();
  });

  it('is chosen in a list, and runs: tree and terminal name it, and its instance ends with the call', async () => {
    const choosing = vscode.commands.executeCommand('freshInstance.chooseEngine');
    await expectQuickPick(/wasmtime \d+\.\d+\.\d+/);
    await screenshot('engine-choose');
    await clickQuickPick('wasmtime 4');
    await choosing;
    await expectRows('hello.wasm', /on wasmtime/);
    await vscode.commands.executeCommand('freshInstance.run', sample('hello.wasm'));
    await expectTerminal(/^Hello from hello\.wasm\n[^]*returned ok/);
    await expectRows('hello.wasm', /spent · its process has ended · wasmtime [\d.]+ · 1 call/);
    assert.ok(vscode.window.terminals.some(({ name }) => /^hello\.wasm #\d+ on wasmtime [\d.]+$/.test(name)));
    await screenshot('engine-run');
  });

  it('traps with the place in the source, and takes a fresh instance for a further run', async () => {
    await configure('engine', 'wasmtime');
    await vscode.commands.executeCommand('freshInstance.run', blast);
    await expectTerminal(/trapped[^]*boom\.c:5/);
    await expectRows('blast.wasm', /trapped · unreachable at .*boom\.c:5 · wasmtime [\d.]+/);
    await screenshot('engine-trap');
    await vscode.commands.executeCommand('freshInstance.run', sample('counter.wasm'));
    await vscode.commands.executeCommand('freshInstance.run', sample('counter.wasm'));
    const rows = await expectRows('counter.wasm', /#2 {2}spent/);
    assert.equal(rows.match(/spent · its process has ended/g)?.length, 2);
  });

  it('is refused by consoles and the debugger, with what to do', async () => {
    await configure('engine', 'wasmtime');
    void vscode.commands.executeCommand('freshInstance.openConsole', sample('greeter.wasm'));
    await expectToast(/greeter\.wasm runs on wasmtime, which keeps no instance after a call/);
    await vscode.commands.executeCommand('notifications.clearAll');
    const started = vscode.debug.startDebugging(vscode.workspace.workspaceFolders?.[0], {
      type: 'wasi-component',
      request: 'launch',
      name: 'on wasmtime',
      component: sample('hello.wasm').fsPath,
      engine: 'wasmtime',
    });
    await expectToast(/hello\.wasm cannot be debugged on wasmtime: debugging works on the engine jco/);
    await clickToastButton('Run Without Debugging');
    await started;
    await expectRows('hello.wasm', /wasmtime [\d.]+ · 1 call/);
  });

  it('is compared with jco on a page: the same run, and a call that jco cannot translate', async () => {
    await vscode.commands.executeCommand('freshInstance.compareEngines', sample('hello.wasm'));
    await eventually(async () => {
      assert.deepEqual(await readWebview('h1'), ['A run of hello.wasm on both engines']);
    });
    assert.match((await readWebview('.verdict')).join(), /^jco [\d.]+ and wasmtime [\d.]+ do the same\.$/);
    assert.match((await readWebview('tr')).join('\n'), /outcome returned ok returned ok same\n/);
    await screenshot('engines-same');
    await vscode.commands.executeCommand('freshInstance.compareEngines', {
      path: exceptions.fsPath,
      text: 'f()',
    });
    await eventually(async () => {
      assert.deepEqual(await readWebview('h1'), ['f() of exceptions.wasm on both engines']);
    });
    assert.match((await readWebview('li')).join('\n'), /jco does not translate exceptions\. https:/);
    await resize(1280, 1100);
    await screenshot('engines-different');
    await resize(1280, 800);
  });
});
