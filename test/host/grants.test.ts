import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { eventually } from './support/eventually';
import { bringFixture, clearInstances, expectRows, sample, showInstances } from './support/samples';
import { click, read, screenshot } from './support/window';
import {
  clickQuickPick,
  expectQuickInput,
  expectQuickPick,
  expectTerminal,
  fillQuickInput,
  pressInQuickInput,
  quickPickRows,
  terminalText,
} from './support/workbench';

describe('what a run is granted', () => {
  // Grants are remembered for a component, so that these are of no other test.
  const files = bringFixture('files');
  const endless = bringFixture('spin', 'endless');
  const again = bringFixture('counter', 'again');
  const caller = bringFixture('sockets', 'caller');

  beforeEach(async () => {
    await showInstances();
    await clearInstances();
  });

  it('is a directory that the user has chosen', async () => {
    const { run } = await edit(files);
    await answer('Arguments and environment', /Arguments and environment of files\.wasm/, 'ls /data');
    await clickQuickPick('Grant a directory');
    await expectQuickInput(/Directory to grant/);
    await fillQuickInput(`${sample('src').fsPath}/`);
    // The dialog goes into the folder first; what is pressed before it is there is lost.
    await eventually(async () => {
      const title = (await read('.quick-input-title')).join();
      if (title.startsWith('Directory')) {
        await pressInQuickInput('Enter');
        await new Promise((resolve) => setTimeout(resolve, 1000));
      }
      assert.match(title, /Path that the guest sees/);
    });
    await fillQuickInput('/data');
    await pressInQuickInput('Enter');
    await expectQuickInput(/Access to/);
    await back();
    await expectQuickInput(/Path that the guest sees/);
    await pressInQuickInput('Enter'); // which still has /data
    await expectQuickInput(/Access to/);
    await pressInQuickInput('Enter');
    await expectQuickPick(/\/data.*src · read-only · select to remove/);
    await screenshot('grants');
    await clickQuickPick('Run');
    await run;
    await expectTerminal(/hello\.c/);
  });

  it('is a time, after which the guest is stopped', async () => {
    const { run } = await edit(endless);
    await answer('Time limit', /Time limit of one call/, '500ms');
    await clickQuickPick('Run');
    await run;
    await expectRows('endless.wasm', /stopped after T, its time limit/);
  });

  it('is edited step by step: the button goes back, Esc leaves, and a run gets no unfinished changes', async () => {
    const { run: left } = await edit(again);
    await clickQuickPick('Time limit');
    await expectQuickInput(/Time limit of one call/);
    await fillQuickInput('7');
    await back();
    await expectQuickPick(/Time limit….*none/);
    await clickQuickPick('Standard input');
    await expectQuickInput(/Standard input/);
    await pressInQuickInput('Escape');
    await expectQuickPick(/Grant a directory/);
    await clickQuickPick('Network: off');
    await expectQuickPick(/Network: allowed/);
    await pressInQuickInput('Escape');
    await left;
    const { run: discarded } = await edit(again);
    await expectQuickPick(/Discard changes.*[^]*Network: allowed/);
    await screenshot('grants-draft');
    await clickQuickPick('Discard changes');
    await expectQuickPick(/Network: off/);
    assert.doesNotMatch((await quickPickRows()).join(), /Discard/);
    await pressInQuickInput('Escape');
    await discarded;
    const { run: clean } = await edit(again);
    await expectQuickPick(/Network: off/);
    await pressInQuickInput('Escape');
    await clean;
  });

  it('is missing for a guest that asks for the network, and the terminal says so', async () => {
    const { run: left } = await edit(caller);
    await answer(
      'Arguments and environment',
      /Arguments and environment of caller\.wasm/,
      'resolve localhost',
    );
    await clickQuickPick('Network: off');
    await expectQuickPick(/Network: allowed/);
    await pressInQuickInput('Escape');
    await left;
    // What was left is nothing that a run has.
    const { run } = await edit(caller);
    await clickQuickPick('Discard changes');
    await answer(
      'Arguments and environment',
      /Arguments and environment of caller\.wasm/,
      'resolve localhost',
    );
    await clickQuickPick('Run');
    await run;
    await eventually(async () => {
      const text = (await terminalText()).replace(/\s+/g, ' ');
      assert.match(
        text,
        /resolve: access-denied The guest asked for the network, which is not granted\. "Run with Grants/,
      );
    });
    await screenshot('network-missed');
  });

  it('counts for new instances, so that an instance that may run again is not called with it', async () => {
    await vscode.commands.executeCommand('freshInstance.run', again);
    await expectRows('again.wasm', /#\d+ {2}ready · 1 call/);
    const { run } = await edit(again);
    await answer('Memory limit', /Limit of each memory/, '64MiB');
    await clickQuickPick('Run');
    await run;
    await expectRows('again.wasm', /#\d+ {2}ready · 1 call[^]*#\d+ {2}ready · 1 call/);
    await vscode.commands.executeCommand('freshInstance.run', again);
    await expectRows('again.wasm', /#\d+ {2}ready · 2 calls[^]*#\d+ {2}ready · 1 call/);
  });
});

/** Begins "Run with Grants and Limits…"; the result is the run that follows once the list is accepted. */
async function edit(component: vscode.Uri): Promise<{ readonly run: PromiseLike<unknown> }> {
  const run = vscode.commands.executeCommand('freshInstance.runWithGrants', component);
  await expectQuickPick(/Grant a directory/);
  return { run };
}

/** Chooses a row of the list, and gives the line that it asks for. */
async function answer(row: string, title: RegExp, line: string): Promise<void> {
  await clickQuickPick(row);
  await expectQuickInput(title);
  await fillQuickInput(line);
  await pressInQuickInput('Enter');
  await expectQuickPick(/Grant a directory/);
}

/** Presses the button that leads back to the step before. */
async function back(): Promise<void> {
  await click('.quick-input-titlebar .codicon-quick-input-back');
}
