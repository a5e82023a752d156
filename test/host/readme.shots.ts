import * as vscode from 'vscode';
import { clearInstances, expectRows, sample, showInstances } from './support/samples';
import { eventually } from './support/eventually';
import { hover, resize, screenshot } from './support/window';
import { clickToastButton, lenses, toasts } from './support/workbench';

/** The pictures of the README: what a user sees who runs the sample twice, in each kind of theme. */
const themes = [
  ['dark', 'Dark 2026'],
  ['light', 'Light 2026'],
  ['high-contrast', 'Default High Contrast'],
] as const;

describe('the README’s pictures', () => {
  before(async () => {
    await resize(1280, 720);
    await vscode.workspace
      .getConfiguration('editor')
      .update('minimap.enabled', false, vscode.ConfigurationTarget.Global);
    await showInstances();
    await vscode.window.showTextDocument(sample('src/hello.c'));
    for (let step = 0; step < 2; step++)
      await vscode.commands.executeCommand('workbench.action.decreaseViewWidth');
  });

  for (const [name, theme] of themes) {
    it(`show the warning before a repeated run (${name})`, async () => {
      await vscode.workspace
        .getConfiguration('workbench')
        .update('colorTheme', theme, vscode.ConfigurationTarget.Global);
      await showInstances();
      await clearInstances();
      await vscode.window.showTextDocument(sample('src/hello.c'));
      await vscode.commands.executeCommand('freshInstance.run', sample('counter.wasm'));
      await expectRows('counter.wasm', /ready · 1 call/);
      await vscode.commands.executeCommand('freshInstance.run', sample('hello.wasm'));
      await expectRows('hello.wasm', /spent · 1 call/);
      const again = vscode.commands.executeCommand('freshInstance.run', sample('hello.wasm'));
      await eventually(async () => {
        if ((await toasts()).length !== 1) throw new Error('There is no warning yet.');
        if (!(await lenses()).join().includes('would trap')) throw new Error('The lens does not warn yet.');
      });
      await hover('.part.statusbar');
      await new Promise((resolve) => setTimeout(resolve, 1000)); // Hovers and scroll bars fade.
      await screenshot(`media/warning-${name}`);
      await clickToastButton('Run in Fresh Instance');
      await again;
    });
  }
});
