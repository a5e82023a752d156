import * as vscode from 'vscode';
import { eventually } from './support/eventually';
import { clearInstances, expectRows, sample, showInstances } from './support/samples';
import { webview } from './support/webview';
import { hover, resize, screenshot, waitFor } from './support/window';
import { clickToastButton, lenses, toasts } from './support/workbench';

/** The README shows the pictures of the first theme. The others are for review. */
const themes = [
  ['readme', 'Dark 2026'],
  ['light', 'Light 2026'],
  ['high-contrast', 'Default High Contrast'],
] as const;

const calls = `// component: greeter.wasm

greet("Ada")
greeted()

invite({
  host: "Ada",
  place: "the garden",
  guests: [
    {name: "Bob", plus-one: true},
    {name: "Cleo", plus-one: false},
  ],
  style: formal,
})
`;

describe('the README’s pictures', () => {
  before(async () => {
    await resize(1280, 720);
    await configure('editor', 'minimap.enabled', false);
    await configure('workbench', 'editor.enablePreview', false);
    await showInstances();
    await vscode.window.showTextDocument(sample('src/hello.c'));
    for (let step = 0; step < 2; step++)
      await vscode.commands.executeCommand('workbench.action.decreaseViewWidth');
  });

  it('show the way from the warning to a fresh instance, frame by frame', async () => {
    await configure('workbench', 'colorTheme', themes[0][1]);
    await showInstances();
    await clearInstances();
    await vscode.window.showTextDocument(sample('src/hello.c'));
    await expectLens('runs once');
    await takePicture('demo/1-source');

    await vscode.commands.executeCommand('freshInstance.run', sample('hello.wasm'));
    await expectRows('hello.wasm', /spent · 1 call/);
    await expectLens('would trap');
    await takePicture('demo/2-first-run');

    const again = vscode.commands.executeCommand('freshInstance.run', sample('hello.wasm'));
    await expectWarning();
    await takePicture('demo/3-warning');

    await clickToastButton('Run in Fresh Instance');
    await again;
    await expectRows('hello.wasm', /#2 .*\n(.*\n)*v #1 /);
    await takePicture('demo/4-fresh-instance');
  });

  for (const [folder, theme] of themes) {
    it(`show the sample and the warning before a repeated run (${theme})`, async () => {
      await configure('workbench', 'colorTheme', theme);
      await showInstances();
      await clearInstances();
      await vscode.window.showTextDocument(sample('src/hello.c'));
      await vscode.commands.executeCommand('freshInstance.run', sample('counter.wasm'));
      await expectRows('counter.wasm', /ready · 1 call/);
      await vscode.commands.executeCommand('freshInstance.run', sample('hello.wasm'));
      await expectRows('hello.wasm', /spent · 1 call/);
      await expectLens('would trap');
      await takePicture(`${folder}/lens`);

      const again = vscode.commands.executeCommand('freshInstance.run', sample('hello.wasm'));
      await expectWarning();
      await takePicture(`${folder}/warning`);
      await vscode.commands.executeCommand('notifications.clearAll');
      await again;
    });

    it(`show the page of a component (${theme})`, async () => {
      await configure('workbench', 'colorTheme', theme);
      await showInstances();
      await clearInstances();
      await resize(1280, 1320);
      await vscode.commands.executeCommand('vscode.open', sample('hello.wasm'));
      await waitFor(`${webview} >> .tile`);
      await takePicture(`${folder}/page`);
      await vscode.commands.executeCommand('workbench.action.closeAllEditors');
      await resize(1280, 720);
    });

    it(`show calls in a WAVE document (${theme})`, async () => {
      await configure('workbench', 'colorTheme', theme);
      await showInstances();
      await clearInstances();
      await vscode.window.showTextDocument(
        await vscode.workspace.openTextDocument({ language: 'wave', content: calls }),
      );
      for (const [line, expected] of [
        [2, /→ "Hello, Ada!"/],
        [5, /→ "Dear Bob and company/],
      ] as const) {
        const at = new vscode.Position(line, 0);
        const editor = vscode.window.activeTextEditor;
        if (editor === undefined) throw new Error('The document is not shown.');
        editor.selection = new vscode.Selection(at, at);
        await vscode.commands.executeCommand('freshInstance.runCallAtCursor');
        await expectLens(expected);
      }
      await vscode.commands.executeCommand('notifications.clearAll');
      await takePicture(`${folder}/calls`);
      await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
    });
  }
});

async function configure(section: string, name: string, value: unknown): Promise<void> {
  await vscode.workspace.getConfiguration(section).update(name, value, vscode.ConfigurationTarget.Global);
}

async function expectLens(text: string | RegExp): Promise<void> {
  await eventually(async () => {
    const shown = (await lenses()).join();
    if (typeof text === 'string' ? !shown.includes(text) : !text.test(shown))
      throw new Error(`The lenses are still ${shown}`);
  });
}

async function expectWarning(): Promise<void> {
  await eventually(async () => {
    if ((await toasts()).length !== 1) throw new Error('There is no warning yet.');
  });
}

/** Takes a picture once hovers and scroll bars have faded. */
async function takePicture(name: string): Promise<void> {
  await hover('.part.statusbar');
  await new Promise((resolve) => setTimeout(resolve, 1000));
  await screenshot(name);
}
