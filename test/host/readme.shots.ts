import * as vscode from 'vscode';
import { eventually } from './support/eventually';
import { clearInstances, expectRows, sample, showInstances } from './support/samples';
import { hover, resize, screenshot } from './support/window';
import { lenses, toasts } from './support/workbench';

/** What a user sees who runs the sample twice. The first theme's pictures are the README's, the others are there to be looked at. */
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
      await eventually(async () => {
        if (!(await lenses()).join().includes('would trap')) throw new Error('The lens does not warn yet.');
      });
      await takePicture(`${folder}/lens`);

      const again = vscode.commands.executeCommand('freshInstance.run', sample('hello.wasm'));
      await eventually(async () => {
        if ((await toasts()).length !== 1) throw new Error('There is no warning yet.');
      });
      await takePicture(`${folder}/warning`);
      await vscode.commands.executeCommand('notifications.clearAll');
      await again;
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
        await eventually(async () => {
          if (!expected.test((await lenses()).join()))
            throw new Error('The lens does not tell the result yet.');
        });
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

/** Takes a picture once hovers and scroll bars have faded. */
async function takePicture(name: string): Promise<void> {
  await hover('.part.statusbar');
  await new Promise((resolve) => setTimeout(resolve, 1000));
  await screenshot(name);
}
