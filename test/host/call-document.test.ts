import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { eventually } from './support/eventually';
import { clearInstances, expectRows, rowsOf, sample, showInstances } from './support/samples';
import { click, press, read, screenshot, waitFor } from './support/window';
import {
  clickLens,
  discardEditors,
  expectLenses,
  expectQuickPick,
  fillQuickInput,
  lenses,
  pressInEditor,
  pressInQuickInput,
  typeInEditor,
} from './support/workbench';

const invitation =
  'invite({host: "Ada", place: "the garden", guests: [{name: "Bob", plus-one: true}, {name: "Cleo", plus-one: false}], style: formal})';

describe('a WAVE document of calls', () => {
  beforeEach(async () => {
    await showInstances();
    await clearInstances();
  });

  afterEach(discardEditors);

  it('takes a call that does not fit a line, lays it out and checks it', async () => {
    const calling = vscode.commands.executeCommand('freshInstance.callExport', sample('greeter.wasm'));
    await expectQuickPick(/Write it in an editor/);
    await fillQuickInput(invitation);
    await expectQuickPick(/Call.*func\(to: party\) -> string/);
    await pressInQuickInput('ArrowUp');
    await pressInQuickInput('Enter');
    await calling;
    const document = activeDocument();
    assert.equal(document.languageId, 'wave');
    assert.equal(
      document.getText().replace(/^\/\/ Ctrl.*$/m, '// how'),
      [
        '// component: greeter.wasm',
        '// how',
        '',
        'invite(',
        '  {',
        '    host: "Ada",',
        '    place: "the garden",',
        '    guests: [{name: "Bob", plus-one: true}, {name: "Cleo", plus-one: false}],',
        '    style: formal,',
        '  },',
        ')',
      ].join('\n'),
    );
    await expectLenses(/^Call in Fresh Instance\|Compare$/);
    assert.deepEqual(await problems(), []);
    await screenshot('call-document');

    await clickLens('Call in Fresh Instance');
    await expectRows('greeter.wasm', /invite {2}.* · → "Dear Bob and company, Dear Cleo, come to/);
    await expectLenses(/→ "Dear Bob and company, Dear Cleo/);
    await screenshot('call-document-result');
  });

  it('says what is wrong with a call, at its place, and makes none of it', async () => {
    await openCalls('add(\n  1,\n  "two",\n)\n\ngreet("you")\nno-such()\n:drop $1 // for scripts\n');
    await eventually(async () => {
      assert.deepEqual(await problems(), [
        '4:2-4:3 Expected a whole number from -2147483648 to 2147483647 (s32), found `"`.',
        '8:0-8:7 No exported function is called `no-such`. There are: `greet`, `greeted`, `add`, `invite`.',
      ]);
    });
    await expectLenses(/^Call in Fresh Instance\|Compare$/);
    await screenshot('call-document-problems');
  });

  it('completes functions, fields and cases, and shows the signature', async () => {
    await openCalls('');
    await vscode.commands.executeCommand('cursorBottom');
    await typeInEditor('inv');
    await vscode.commands.executeCommand('editor.action.triggerSuggest');
    await eventually(async () => {
      assert.match((await suggestions()).join('\n'), /^invite/);
    });
    await pressInEditor('Enter');
    await eventually(() => {
      const text = activeDocument().getText();
      assert.match(text, /^invite\(\{host: "", place: "", guests: \[\], style: none\}\)$/m);
    });
    await pressInEditor('Control+A');
    await pressInEditor('ArrowRight');
    await typeInEditor('\ninvite({host: "Ada", ');
    await vscode.commands.executeCommand('editor.action.triggerSuggest');
    await eventually(async () => {
      const shown = (await suggestions()).join('\n');
      for (const field of ['place', 'guests', 'style']) assert.match(shown, new RegExp(field));
    });
    await vscode.commands.executeCommand('hideSuggestWidget');
    await vscode.commands.executeCommand('editor.action.triggerParameterHints');
    await eventually(async () => {
      assert.match(
        (await read('.parameter-hints-widget.visible')).join(),
        /invite: func\(to: party\) -> string/,
      );
    });
    await screenshot('call-document-completion');
    await typeInEditor('style: ');
    await vscode.commands.executeCommand('editor.action.triggerSuggest');
    await eventually(async () => {
      assert.match((await suggestions()).join('\n'), /formal[^]*friendly/);
    });
  });

  it('makes the call at the cursor by a key, each on the same instance, and on a fresh one if asked', async () => {
    await openCalls('greet("Ada")\n\ngreeted()\n');
    await cursorTo(2);
    await pressInEditor('Control+Enter');
    await expectRows('greeter.wasm', /greet {2}"Ada" · → "Hello, Ada!"/);
    await cursorTo(4);
    await pressInEditor('Control+Enter');
    await expectRows('greeter.wasm', /greeted {2}→ 1/);
    await pressInEditor('Control+Alt+Enter');
    await expectRows('greeter.wasm', /1 call[^]*greeted {2}→ 0/);
  });

  it('may make many calls, of which the tree lists the latest and folds earlier ones', async () => {
    await openCalls('greeted()\n');
    await cursorTo(2);
    for (let call = 1; call <= 230; call++)
      await vscode.commands.executeCommand('freshInstance.runCallAtCursor');
    await vscode.commands.executeCommand('notifications.clearAll');
    await expectRows('greeter.wasm', /230 calls/);
    await click('.monaco-list-row[aria-label^="Instance "]');
    await press('ArrowRight');
    const earlier = '.monaco-list-row:has-text("130 earlier calls")';
    await waitFor(earlier);
    assert.match(await rowsOf('greeter.wasm'), /130 earlier calls {2}the last 100 are kept/);
    await click(earlier);
    await waitFor('.monaco-list-row[aria-label^="Call 31,"]');
    await expectLenses(/^Call on #\d+\|.*→ 0$/);
    await screenshot('earlier-calls');
  });

  it('shows the lenses of the last call when the editor loses the focus before slow lenses are asked for', async () => {
    // VS Code waits as long before it asks for lenses as all providers took to answer. The focus leaves the editor in that time.
    const slow = vscode.languages.registerCodeLensProvider(
      { language: 'wave' },
      {
        provideCodeLenses: async () => {
          await new Promise((resolve) => setTimeout(resolve, 2_000));
          return [];
        },
      },
    );
    try {
      await openCalls('greeted()\n');
      await cursorTo(2);
      await expectLenses(/^Call in Fresh Instance\|Compare$/);
      await vscode.commands.executeCommand('freshInstance.runCallAtCursor');
      await expectRows('greeter.wasm', /1 call[^]*greeted {2}→ 0/);
      await new Promise((resolve) => setTimeout(resolve, 1_200));
      await vscode.commands.executeCommand('freshInstance.instances.focus');
      await expectLenses(/^Call on #\d+\|.*→ 0$/);
    } finally {
      slow.dispose();
    }
  });

  it('is a file like others, whose first line names its component, which can be chosen', async () => {
    const file = sample('calls.wave');
    await vscode.workspace.fs.writeFile(file, new TextEncoder().encode('add(1, 2)\n'));
    await vscode.window.showTextDocument(file);
    await expectLenses(/^Choose the component of these calls…$/);
    await clickLens('Choose the component');
    await expectQuickPick(/./);
    await fillQuickInput('greeter');
    await expectQuickPick(/^greeter\.wasm/);
    await pressInQuickInput('Enter');
    await eventually(() => {
      assert.equal(activeDocument().getText(), '// component: greeter.wasm\nadd(1, 2)\n');
    });
    await activeDocument().save();
    await expectLenses(/^Call in Fresh Instance\|Compare$/);
    await vscode.workspace.fs.delete(file);
  });

  it('says so if the component that it names is not there', async () => {
    await vscode.window.showTextDocument(
      await vscode.workspace.openTextDocument({
        language: 'wave',
        content: '// component: gone.wasm\nadd(1, 2)',
      }),
    );
    await eventually(async () => {
      assert.deepEqual(await problems(), ['0:14-0:23 There is no file gone.wasm in this workspace.']);
      assert.deepEqual(await lenses(), ['Choose another component…']);
    });
  });
});

async function openCalls(calls: string): Promise<void> {
  const content = `// component: greeter.wasm\n\n${calls}`;
  await vscode.window.showTextDocument(
    await vscode.workspace.openTextDocument({ language: 'wave', content }),
  );
}

async function cursorTo(line: number): Promise<void> {
  const at = new vscode.Position(line, 3);
  await vscode.window.showTextDocument(activeDocument(), { selection: new vscode.Range(at, at) });
}

function activeDocument(): vscode.TextDocument {
  const document = vscode.window.activeTextEditor?.document;
  assert.ok(document !== undefined);
  return document;
}

async function problems(): Promise<readonly string[]> {
  const { uri } = activeDocument();
  await new Promise((resolve) => setTimeout(resolve, 100));
  return vscode.languages
    .getDiagnostics(uri)
    .map(
      ({ range: { start, end }, message }) =>
        `${String(start.line)}:${String(start.character)}-${String(end.line)}:${String(end.character)} ${message}`,
    );
}

async function suggestions(): Promise<readonly string[]> {
  return await read('.suggest-widget.visible .monaco-list-row', 'aria-label');
}
