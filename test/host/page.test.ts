import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { eventually } from './support/eventually';
import { clearInstances, expectRows, sample, showInstances } from './support/samples';
import { readWebview, webview } from './support/webview';
import { audit, click, screenshot, waitFor } from './support/window';

/** Opens a file as a click in the Explorer does, and waits for its page. */
async function openPage(uri: vscode.Uri, heading: string): Promise<void> {
  await vscode.commands.executeCommand('vscode.open', uri);
  await eventually(async () => {
    assert.deepEqual(await readWebview('h1'), [heading]);
  });
}

describe('the page of a .wasm file', () => {
  before(showInstances);
  beforeEach(clearInstances);
  after(clearInstances);

  it('opens by default and says what the file is, what a second run does, and what can be done', async () => {
    await openPage(sample('hello.wasm'), 'hello.wasm');
    assert.match(
      (await readWebview('.summary')).join(),
      /^component · [\d.]+ KiB( · WASI [\d.]+)? · debug information$/,
    );
    assert.match((await readWebview('.verdict')).join(), /^A second run on the same instance traps/);
    assert.deepEqual(await readWebview('.buttons button'), [
      'Run',
      'Debug',
      'Call…',
      'Probe Reuse',
      'Open Console',
      'Compare Engines',
      'Explain Verdict',
      'Interface as Text',
    ]);
    await eventually(async () => {
      assert.match(
        (await readWebview('#exports')).join(),
        /wasi:cli\/run@0\.2\.\d+.*run: func\(\) -> result/,
      );
    });
    assert.deepEqual(await audit(), []);
    await screenshot('page-guarded');
  });

  it('runs the component and lists its instance, its call and charts', async () => {
    await openPage(sample('counter.wasm'), 'counter.wasm');
    await click(`${webview} >> button[data-action="run"]`);
    await expectRows('counter.wasm', /ready · 1 call/);
    await eventually(async () => {
      assert.match((await readWebview('div.instance')).join(), /#1 ready · 1 call/);
    });
    await click(`${webview} >> button[data-action="run-again"]`);
    await waitFor(`${webview} >> .plot canvas`);
    await screenshot('page-live');
    assert.deepEqual(await audit(), []);
  });

  it('leads to the interface as text', async () => {
    await openPage(sample('greeter.wasm'), 'greeter.wasm');
    await click(`${webview} >> button[data-action="interface"]`);
    await eventually(() => {
      assert.match(vscode.window.activeTextEditor?.document.uri.path ?? '', /greeter\.wit$/);
    });
  });
});
