import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { fixture } from '../fixtures';
import { eventually } from './support/eventually';
import {
  clearInstances,
  expectRows,
  rowsOf,
  sample,
  selectRow,
  selectYoungestInstance,
  showInstances,
} from './support/samples';
import { click, read, screenshot } from './support/window';
import {
  clickToastButton,
  enterInTerminal,
  expectQuickInput,
  expectQuickPick,
  expectTerminal,
  expectToast,
  fillQuickInput,
  pressInQuickInput,
  pressInTerminal,
  terminalText,
} from './support/workbench';

describe('running a component', () => {
  beforeEach(async () => {
    await showInstances();
    await clearInstances();
  });

  it('shows its output in a terminal of its own and its life in the tree', async () => {
    await vscode.commands.executeCommand('freshInstance.run', sample('hello.wasm'));
    await expectTerminal(/^Hello from hello\.wasm\n[^]*returned ok/);
    assert.match(
      await expectRows('hello.wasm', /spent · 1 call/),
      /#\d+ {2}spent · 1 call · SIZE.*\n.*run {2}returned ok · T · CLOCK/s,
    );
    await screenshot('run-hello');
  });

  it('passes arguments and environment that were given, and remembers them for the component', async () => {
    const asking = vscode.commands.executeCommand('freshInstance.runWithArguments', sample('hello.wasm'));
    await expectQuickInput(/Arguments and environment/);
    await fillQuickInput('GREETING="good day" one "two words"');
    await pressInQuickInput('Enter');
    await asking;
    await expectTerminal(/argument 1: one\n {2}argument 2: two words\n {2}environment: GREETING=good day/);
    await vscode.commands.executeCommand('freshInstance.runFresh', sample('hello.wasm'));
    await expectTerminal(/argument 2: two words/);
    const clearing = vscode.commands.executeCommand('freshInstance.runWithArguments', sample('hello.wasm'));
    await expectQuickInput(/Arguments and environment/);
    await fillQuickInput('');
    await pressInQuickInput('Enter');
    await clickToastButton('Run in Fresh Instance');
    await clearing;
  });

  it('hands what is typed to stdin, ends it with Ctrl+D, and tells stderr apart', async () => {
    const run = vscode.commands.executeCommand('freshInstance.run', sample('ask.wasm'));
    await expectTerminal(/Say something:/);
    await expectRows('ask.wasm', /running for T/);
    await enterInTerminal('hello there');
    await expectTerminal(/You said "hello there"/);
    await pressInTerminal('Control+D');
    await run;
    await expectTerminal(/End of input after 1 line/);
    await screenshot('stdin');
  });

  it('stops a guest that loops, with Ctrl+C in its terminal', async () => {
    const run = vscode.commands.executeCommand('freshInstance.run', sample('spin.wasm'));
    await expectRows('spin.wasm', /running for T/);
    await pressInTerminal('Control+C');
    await run;
    await expectRows('spin.wasm', /stopped by the user/);
  });

  it('stops a guest that loops, from the tree', async () => {
    const run = vscode.commands.executeCommand('freshInstance.run', sample('spin.wasm'));
    await expectRows('spin.wasm', /running for T/);
    await screenshot('running');
    await selectYoungestInstance();
    await vscode.commands.executeCommand('freshInstance.stop');
    await run;
    await expectRows('spin.wasm', /stopped by the user/);
  });

  it('stops the only guest that runs, and disposes of one that is chosen, without a selection', async () => {
    await vscode.commands.executeCommand('freshInstance.run', sample('exit3.wasm'));
    const run = vscode.commands.executeCommand('freshInstance.run', sample('spin.wasm'));
    await expectRows('spin.wasm', /running for T/);
    await vscode.commands.executeCommand('freshInstance.stop');
    await run;
    await expectRows('spin.wasm', /stopped by the user/);
    const disposing = vscode.commands.executeCommand('freshInstance.dispose');
    await expectQuickPick(/spin\.wasm #\d+.*stopped[^]*exit3\.wasm #\d+.*exited/);
    await screenshot('choose-instance');
    await pressInQuickInput('Enter');
    await disposing;
    await expectRows('spin.wasm', /^(?![^]*#\d)/);
    await expectRows('exit3.wasm', /#\d+ {2}exited/);
  });

  it('shows the exit status of a guest that exits', async () => {
    await vscode.commands.executeCommand('freshInstance.run', sample('exit3.wasm'));
    await expectRows('exit3.wasm', /#\d+ {2}exited with 1[^]*run {2}exited with 1/);
  });

  it('calls a component that may run again on the same instance, which keeps its state', async () => {
    await vscode.commands.executeCommand('freshInstance.run', sample('counter.wasm'));
    await vscode.commands.executeCommand('freshInstance.run', sample('counter.wasm'));
    await expectTerminal(/Run 1 on this instance[^]*Run 2 on this instance/);
    await expectRows('counter.wasm', /may run again · seen to rerun[^]*ready · 2 calls/);
  });

  it('takes the highest version where a component exports run twice', async () => {
    await vscode.commands.executeCommand('freshInstance.run', sample('two-runs.wasm'));
    await expectRows(
      'two-runs.wasm',
      'Suspending' in WebAssembly
        ? /run {2}returned ok/
        : /failed · it is made for WASI 0\.3.* Node 2\d\.[.\d]+ does not have it, Node 24 does/,
    );
  });

  it('names the imports that a component lacks, in the tree and in a notification', async () => {
    await vscode.commands.executeCommand('freshInstance.run', sample('needs-host.wasm'));
    await expectRows('needs-host.wasm', /failed · .*samples:workshop\/thermometer/);
    await expectToast(/needs-host\.wasm could not start.*samples:workshop\/thermometer/);
  });

  it('says that a file is not there, and what to do', async () => {
    await vscode.commands.executeCommand('freshInstance.run', sample('gone.wasm'));
    await expectToast(/^gone\.wasm cannot be run: there is no such file\. Build it/);
    await vscode.commands.executeCommand('freshInstance.refresh');
  });

  it('shows a link in a name as plain text', async () => {
    await vscode.commands.executeCommand('freshInstance.run', sample('[here](command:noop).wasm'));
    await expectToast(/here.*cannot be run: there is no such file/);
    assert.deepEqual(await read('.notifications-toasts .notification-list-item-message a'), []);
    await vscode.commands.executeCommand('notifications.clearAll');
    await vscode.commands.executeCommand('freshInstance.refresh');
  });

  it('says what is wrong with a file that is no component, and what to do', async () => {
    const wrong: readonly (readonly [file: string, message: RegExp])[] = [
      ['core.wasm', /core\.wasm has nothing to run: it does not export wasi:cli\/run/],
      ['greeter.wasm', /has nothing to run: it does not export wasi:cli\/run/],
    ];
    for (const [file, message] of wrong) {
      await vscode.commands.executeCommand('notifications.clearAll');
      // VS Code shows at most three notifications in 800 ms; others go to its list at once.
      await new Promise((resolve) => setTimeout(resolve, 1000));
      await vscode.commands.executeCommand('freshInstance.run', sample(file));
      await expectToast(message);
    }
  });
});

describe('a component whose file is deleted', () => {
  it('keeps its row as long as there are instances of it', async () => {
    await showInstances();
    await clearInstances();
    const component = sample('passing.wasm');
    await vscode.workspace.fs.copy(vscode.Uri.file(fixture('hello')), component, { overwrite: true });
    await vscode.commands.executeCommand('freshInstance.run', component);
    await expectRows('passing.wasm', /spent · 1 call/);
    await vscode.workspace.fs.delete(component);
    // Of a file that comes and goes at once, VS Code may tell nothing.
    await vscode.commands.executeCommand('freshInstance.refresh');
    await expectRows(
      'passing.wasm',
      /^v passing\.wasm {2}gone from the workspace · its instances remain\nv #\d+ {2}.*spent · 1 call/,
    );
    await vscode.commands.executeCommand('freshInstance.disposeAll');
    await eventually(async () => {
      assert.equal(await rowsOf('passing.wasm'), '');
    });
  });
});

describe('a trap', () => {
  beforeEach(async () => {
    await showInstances();
    await clearInstances();
    await vscode.commands.executeCommand('freshInstance.run', sample('boom.wasm'));
    await expectRows('boom.wasm', /trapped · unreachable at src\/boom\.c:5/);
  });

  it('names its line in the notification, which opens it', async () => {
    await expectToast(/boom\.wasm: Instance #\d+ trapped at src\/boom\.c:5/);
    await clickToastButton('Show Line');
    await expectLine('boom.c', 4);
  });

  it('names its line in the terminal, as a link', async () => {
    await expectTerminal(/trapped at src\/boom\.c:5/);
    await screenshot('trap-terminal');
  });

  it('opens its line from the row of the call', async () => {
    await click('.monaco-list-row[aria-label^="Call 1, run"]');
    await expectLine('boom.c', 4);
  });
});

async function expectLine(file: string, line: number): Promise<void> {
  await eventually(() => {
    const editor = vscode.window.activeTextEditor;
    assert.ok(editor?.document.uri.path.endsWith(file));
    assert.equal(editor?.selection.active.line, line);
  });
}

describe('running a component again on a spent instance', () => {
  beforeEach(async () => {
    await showInstances();
    await clearInstances();
    await vscode.commands.executeCommand('freshInstance.run', sample('hello.wasm'));
    await expectRows('hello.wasm', /spent · 1 call/);
  });

  it('warns before the call, says why, and runs in a fresh instance at a click', async () => {
    const again = vscode.commands.executeCommand('freshInstance.run', sample('hello.wasm'));
    await expectToast(
      /Running hello\.wasm again on instance #\d+ would trap: .*_start.* may run once per instance/,
    );
    assert.doesNotMatch(await rowsOf('hello.wasm'), /2 calls/);
    await screenshot('warning');
    await clickToastButton('Run in Fresh Instance');
    await again;
    const rows = await expectRows('hello.wasm', /(#\d+ {2}spent · 1 call[^]*){2}/);
    assert.doesNotMatch(rows, /trapped/);
  });

  it('really calls when told to, explains the trap, and refuses every call after it', async () => {
    const again = vscode.commands.executeCommand('freshInstance.run', sample('hello.wasm'));
    await clickToastButton('Run Anyway');
    await again;
    await expectRows('hello.wasm', /trapped · unreachable/);
    await eventually(async () => {
      // The terminal breaks long lines anywhere.
      assert.match(
        (await terminalText()).replaceAll('\n', ''),
        /Call 2 on instance #\d+ trapped \(wasm `unreachable` instruction executed\).*: its `_start` may run once per instance \(guard at 0x[0-9a-f]+/,
      );
    });
    await screenshot('trapped');
    await vscode.commands.executeCommand('notifications.clearAll');
    await selectYoungestInstance();
    await vscode.commands.executeCommand('freshInstance.runAgain');
    await expectToast(/was refused: the instance trapped/);
  });

  it('warns as well before a run that is repeated from the history', async () => {
    await selectRow('Call 1, run');
    const again = vscode.commands.executeCommand('freshInstance.repeatCall');
    await expectToast(/Running hello\.wasm again on instance #\d+ would trap/);
    assert.doesNotMatch(await rowsOf('hello.wasm'), /trapped/);
    await clickToastButton('Run in Fresh Instance');
    await again;
    await expectRows('hello.wasm', /(#\d+ {2}spent · 1 call[^]*){2}/);
  });

  it('takes a fresh instance of a build that is newer, and marks the older one outdated', async () => {
    const file = sample('hello.wasm');
    const bytes = await vscode.workspace.fs.readFile(file);
    // An empty custom section named "x": another build with the same behaviour.
    await vscode.workspace.fs.writeFile(file, Buffer.concat([bytes, Buffer.from([0, 2, 1, 0x78])]));
    await expectRows('hello.wasm', /#\d+ {2}outdated · spent/);
    await vscode.commands.executeCommand('freshInstance.run', file);
    await expectRows('hello.wasm', /#\d+ {2}spent[^]*#\d+ {2}outdated · spent/);
    await vscode.workspace.fs.writeFile(file, bytes);
  });
});
