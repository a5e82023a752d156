import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { fixture } from '../fixtures';
import { eventually } from './support/eventually';
import { clearInstances, expectRows, sample, showInstances } from './support/samples';
import { readWebview, webview } from './support/webview';
import { click, press, resize, screenshot, waitFor } from './support/window';
import { clickToastButton, expectToast, toasts } from './support/workbench';

/** A picture of the whole page in a window that is tall enough. */
async function screenshotPage(name: string): Promise<void> {
  await resize(1280, 1700);
  await screenshot(name);
  await resize(1280, 800);
}

describe('the page that explains a verdict', () => {
  before(async () => {
    await showInstances();
    await vscode.commands.executeCommand('freshInstance.clearObservations');
  });
  beforeEach(clearInstances);
  after(async () => {
    await vscode.workspace
      .getConfiguration()
      .update('workbench.colorTheme', undefined, vscode.ConfigurationTarget.Global);
    await clearInstances();
  });

  it('tells of a guarded command why a second run traps, and shows the guard', async () => {
    await vscode.commands.executeCommand('freshInstance.explainVerdict', sample('hello.wasm'));
    await eventually(async () => {
      assert.deepEqual(await readWebview('h1'), ['hello.wasm']);
    });
    assert.match(
      (await readWebview('.verdict')).join(),
      /^A second run on the same instance traps: its _start may run once per instance \(guard at 0x/,
    );
    assert.match((await readWebview('ol > li')).at(-1) ?? '', /^_start, function \d+ of core module \d+/);
    assert.match(
      (await readWebview('pre mark')).join('\n'),
      /i32\.store ← the first call sets the mark here\n.* unreachable ← a call that finds the mark traps here/,
    );
    await screenshotPage('explain-guarded');
  });

  it('says, while it is looked at, what a command of the palette is about', async () => {
    await vscode.commands.executeCommand('freshInstance.explainVerdict', sample('greeter.wasm'));
    await eventually(async () => {
      assert.deepEqual(await readWebview('h1'), ['greeter.wasm']);
    });
    await vscode.commands.executeCommand('freshInstance.showInterface');
    assert.match(vscode.window.activeTextEditor?.document.uri.path ?? '', /greeter\.wit$/);
  });

  it('is readable in every kind of theme', async () => {
    await vscode.commands.executeCommand('freshInstance.explainVerdict', sample('hello.wasm'));
    for (const [theme, name] of [
      ['Default Light Modern', 'light'],
      ['Default High Contrast', 'contrast'],
    ]) {
      await vscode.workspace
        .getConfiguration()
        .update('workbench.colorTheme', theme, vscode.ConfigurationTarget.Global);
      await waitFor(`${webview} >> body.vscode-${name === 'light' ? 'light' : 'high-contrast'}`);
      await screenshot(`explain-${String(name)}`);
    }
    await vscode.workspace
      .getConfiguration()
      .update('workbench.colorTheme', undefined, vscode.ConfigurationTarget.Global);
  });

  it('opens the line of the source where the guard stands', async () => {
    const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
    assert.ok(folder !== undefined);
    const source = vscode.Uri.joinPath(folder, 'test/fixtures/src/reuse/guard-bit.c');
    await vscode.workspace.fs.writeFile(source, Buffer.from('\n'.repeat(6) + '  if (flag) trap();\n'));
    await vscode.commands.executeCommand(
      'freshInstance.explainVerdict',
      vscode.Uri.file(fixture('guard-bit')),
    );
    await click(`${webview} >> a:has-text("guard-bit.c:7") >> nth=0`);
    await eventually(() => {
      const editor = vscode.window.activeTextEditor;
      assert.equal(editor?.document.uri.fsPath, source.fsPath);
      assert.equal(editor.selection.active.line, 6);
    });
    await vscode.workspace.fs.delete(vscode.Uri.joinPath(folder, 'test'), { recursive: true });
  });

  it('is brought up to date by a probe that it starts, and tells of a component that reruns what it keeps', async () => {
    await vscode.commands.executeCommand('freshInstance.explainVerdict', sample('counter.wasm'));
    await eventually(async () => {
      assert.match((await readWebview('.verdict')).join(), /^It is not known what a second run/);
    });
    await click(`${webview} >> a.button:has-text("Probe Reuse")`);
    await eventually(async () => {
      assert.match((await readWebview('.verdict')).join(), /^It can be run again on the same instance/);
    });
    assert.deepEqual(
      (await readWebview('tbody tr')).map((row) =>
        row.replace(/[\d.]+ ms/, 'T').replace(/[\d.]+ (K|M)iB/g, 'SIZE'),
      ),
      [
        '1 returned ok 7 23 B SIZE T',
        '2 returned ok 1 23 B, unlike call 1 SIZE T',
        '3 returned ok 1 23 B, unlike call 1 SIZE T',
      ],
    );
    await vscode.commands.executeCommand('notifications.clearAll');
    await expectRows('counter.wasm', /reran in a probe, state kept/);
    await screenshotPage('explain-reruns');
  });

  it('can be read and followed with the keyboard alone', async () => {
    await vscode.commands.executeCommand('freshInstance.explainVerdict', sample('boom.wasm'));
    await waitFor(`${webview} >> h1`);
    await click(`${webview} >> h1`);
    await press('Tab');
    assert.deepEqual(await readWebview('a:focus'), ['Run in Fresh Instance']);
    await press('Tab');
    assert.deepEqual(await readWebview('a:focus'), ['Probe Reuse']);
  });
});

describe('trying a second run in a probe', () => {
  before(async () => {
    await showInstances();
    await vscode.commands.executeCommand('freshInstance.clearObservations');
  });
  beforeEach(clearInstances);
  after(async () => {
    await vscode.workspace
      .getConfiguration('freshInstance')
      .update('probe.automatic', undefined, vscode.ConfigurationTarget.Global);
    await vscode.commands.executeCommand('freshInstance.clearObservations');
    await clearInstances();
  });

  it('tells what was seen, changes the row, and makes no instance of the user’s', async () => {
    const probing = vscode.commands.executeCommand('freshInstance.probeReuse', sample('counter.wasm'));
    await expectToast(
      /^counter\.wasm may run again: in a probe it ran 3 times on one instance, and its output changed: it keeps state\./,
    );
    assert.doesNotMatch(await expectRows('counter.wasm', /reran in a probe, state kept/), /#1/);
    await screenshot('probe');
    await clickToastButton('Why?');
    await probing;
    await eventually(async () => {
      assert.deepEqual(await readWebview('h1'), ['counter.wasm']);
    });
  });

  it('says so where a probe tells nothing', async () => {
    void vscode.commands.executeCommand('freshInstance.probeReuse', sample('spin.wasm'));
    await expectToast(/A probe of spin\.wasm was inconclusive: call 1 did not return within 3 s\./);
  });

  it('can be cancelled', async () => {
    const probing = vscode.commands.executeCommand('freshInstance.probeReuse', sample('spin.wasm'));
    await waitFor('.notifications-toasts .notification-list-item:has-text("trying a second run")');
    await clickToastButton('Cancel');
    await probing;
    assert.deepEqual(await toasts(), []);
  });

  it('refuses what has no run', async () => {
    await vscode.commands.executeCommand('freshInstance.probeReuse', sample('greeter.wasm'));
    await expectToast(/greeter\.wasm has no run to probe/);
  });

  it('happens by itself where the user allows it, for components of which the binary does not tell', async () => {
    await vscode.commands.executeCommand('freshInstance.clearObservations');
    await expectRows('counter.wasm', /a second run is untried/);
    await vscode.workspace
      .getConfiguration('freshInstance')
      .update('probe.automatic', true, vscode.ConfigurationTarget.Global);
    await expectRows('counter.wasm', /reran in a probe, state kept/);
    await expectRows('two-runs.wasm', /reran in a probe|a probe was inconclusive/);
    await expectRows('hello.wasm', /runs once per instance · guard in _start/);
    assert.deepEqual(await toasts(), []);
  });
});
