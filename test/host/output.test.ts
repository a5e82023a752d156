import { readFileSync, writeFileSync } from 'node:fs';
import * as vscode from 'vscode';
import { fixture } from '../fixtures';
import { bringFixture, clearInstances, expectRows, sample, showInstances } from './support/samples';
import { screenshot } from './support/window';
import { expectTerminal, expectToast } from './support/workbench';

describe('what a terminal leaves out', () => {
  const flood = bringFixture('flood', 'torrent');
  const own = vscode.workspace.getConfiguration('freshInstance');
  const { Workspace } = vscode.ConfigurationTarget;

  before(async () => {
    await own.update('output.capMiB', 1, Workspace);
    await own.update('profiles', { 'torrent.wasm': { args: ['2000000'] } }, Workspace);
  });
  beforeEach(async () => {
    await showInstances();
    await clearInstances();
  });
  after(async () => {
    await own.update('output.capMiB', undefined, Workspace);
    await own.update('profiles', undefined, Workspace);
  });

  it('is asked for in vain where nothing was left out, and the user is told', async () => {
    await vscode.commands.executeCommand('freshInstance.showAllOutput');
    await expectToast(/No output of any instance was left out. The terminals show everything/);
    await vscode.commands.executeCommand('freshInstance.run', sample('hello.wasm'));
    await vscode.commands.executeCommand('notifications.clearAll');
    await vscode.commands.executeCommand('freshInstance.showAllOutput');
    await expectToast(/No output of any instance was left out/);
  });

  it('is said at the end, and shown from then on where the user asks for it', async () => {
    await vscode.commands.executeCommand('freshInstance.run', sample('hello.wasm'));
    await vscode.commands.executeCommand('freshInstance.run', flood);
    await expectRows('torrent.wasm', /1 call/);
    await expectTerminal(/were left out\)/);
    // The only instance that has left something out is the one that is meant.
    await vscode.commands.executeCommand('freshInstance.showAllOutput');
    await expectTerminal(/of output were left out\. All further output is shown\.\)/);
    await screenshot('output-left-out');
    await vscode.commands.executeCommand('freshInstance.showAllOutput');
    await expectToast(/No output of any instance was left out/);
  });
});

describe('a component that is being rebuilt', () => {
  const late = sample('late.wasm');
  const whole = readFileSync(fixture('counter'));

  beforeEach(async () => {
    await showInstances();
    await clearInstances();
  });
  afterEach(async () => {
    await vscode.workspace.fs.delete(late);
  });

  for (const [what, bytes] of [
    ['empty', Buffer.alloc(0)],
    ['cut off', whole.subarray(0, 4000)],
  ] as const) {
    it(`and ${what} when Run is asked for runs when its build has ended`, async () => {
      writeFileSync(late.fsPath, bytes);
      const run = vscode.commands.executeCommand('freshInstance.run', late);
      setTimeout(() => {
        writeFileSync(late.fsPath, whole);
      }, 1200);
      await expectToast(/late\.wasm: waiting for its build to end/);
      await screenshot('waiting-for-build');
      await run;
      await expectRows('late.wasm', /ready · 1 call/);
      await expectTerminal(/Run 1 on this instance/);
    });
  }

  it('is refused with the reason where the build does not go on', async () => {
    writeFileSync(late.fsPath, '');
    await vscode.commands.executeCommand('freshInstance.run', late);
    await expectToast(/late\.wasm cannot be run: it is empty/);
  });
});
