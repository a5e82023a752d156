import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { eventually } from './support/eventually';
import { clearInstances, expectRows, sample, showInstances } from './support/samples';
import { screenshot } from './support/window';
import { expectTerminal } from './support/workbench';

describe('a pre-warmed instance', () => {
  const settings = () => vscode.workspace.getConfiguration('freshInstance');

  before(async () => {
    await showInstances();
    await clearInstances();
    await settings().update('standby.max', 1, vscode.ConfigurationTarget.Global);
  });

  after(async () => {
    await settings().update('standby.max', 0, vscode.ConfigurationTarget.Global);
    await clearInstances();
  });

  it('is there for a component that was run, and for no other', async () => {
    await vscode.commands.executeCommand('freshInstance.run', sample('hello.wasm'));
    await expectRows('hello.wasm', /#\d+ {2}ready · .*standby of build[^]*#\d+ {2}spent · 1 call/);
    await screenshot('standby');
    assert.doesNotMatch(await expectRows('ask.wasm', /ask\.wasm/), /standby/);
  });

  it('is the next fresh instance, with its output in a terminal of its own, and another takes its place', async () => {
    const before = await expectRows('hello.wasm', /standby/);
    const standby = /#(\d+) {2}ready/.exec(before)?.[1];
    await vscode.commands.executeCommand('freshInstance.runFresh', sample('hello.wasm'));
    await expectRows('hello.wasm', new RegExp(`standby of build[^]*#${String(standby)} {2}spent · 1 call`));
    await expectTerminal(/^Hello from hello\.wasm\n.*returned ok/);
  });

  it('goes when none is wanted any more', async () => {
    await settings().update('standby.max', 0, vscode.ConfigurationTarget.Global);
    await eventually(async () => {
      assert.doesNotMatch(await expectRows('hello.wasm', /spent/), /standby/);
    });
  });
});
