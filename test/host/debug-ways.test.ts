import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { fixture } from '../fixtures';
import { breakAt, debug, followDebugger } from './support/debugger';
import { eventually } from './support/eventually';
import { expectRows, sample, selectYoungestInstance } from './support/samples';
import { press, screenshot, waitFor } from './support/window';
import { clickLens, clickToastButton, expectLenses, expectToast } from './support/workbench';

describe('debug sessions', () => {
  const probe = followDebugger();

  it('show C++: methods, members and template instances', async () => {
    await bring('shapes', 'test/fixtures/src/shapes.cpp', 'test/fixtures/src/shapes.cpp');
    breakAt('test/fixtures/src/shapes.cpp', 9);
    await debug('shapes.wasm');
    const stop = await probe.stop();
    assert.match(
      stop.frames.slice(0, 2).join('\n'),
      /^Rectangle::area.* test\/fixtures\/src\/shapes\.cpp:9\nmain.*:20$/,
    );
    assert.ok('this' in (await probe.locals(stop)));
    const { result } = (await stop.session.customRequest('evaluate', {
      expression: 'this->height',
      frameId: stop.frameId,
      context: 'watch',
    })) as { result: string };
    assert.equal(result, '4');
  });

  it('find sources of another machine by the source map', async () => {
    await bring('shapes-elsewhere', 'test/fixtures/src/shapes.cpp', 'here/shapes.cpp');
    breakAt('here/shapes.cpp', 20);
    await debug('shapes-elsewhere.wasm', { sourceMap: { '/build/project': '${workspaceFolder}/here' } });
    assert.match((await probe.stop()).frames[0]!, /^main.* here\/shapes\.cpp:20$/);
  });

  it('stop in a module of 1 KB, which js-debug would misread', async () => {
    await bring('run-trap', 'test/fixtures/src/reuse/run-trap.c', 'test/fixtures/src/reuse/run-trap.c');
    breakAt('test/fixtures/src/reuse/run-trap.c', 4);
    await debug('run-trap.wasm', { stopOnTrap: false });
    assert.match((await probe.stop()).frames[0]!, /^run test\/fixtures\/src\/reuse\/run-trap\.c:4$/);
  });

  it('stop at the entry if asked to', async () => {
    breakAt('src/hello.c', 12);
    await debug('hello.wasm', { stopOnEntry: true });
    const entry = await probe.stop();
    assert.match(entry.frames[0]!, /src\/hello\.c:6$/);
    await probe.do(entry, 'continue');
    const second = await probe.stop();
    assert.match(second.frames[0]!, /src\/hello\.c:12$/);
    await probe.do(second, 'continue');
    await probe.told(/run returned ok/);
  });

  it('say before they start that there is no debug information, and run all the same if told to', async () => {
    await bring('trap-stripped');
    const debugging = debug('trap-stripped.wasm', { args: ['unreachable'] });
    await expectToast(/trap-stripped\.wasm has no debug information \(DWARF\).*-g/);
    await screenshot('debug-no-dwarf');
    await clickToastButton('Run Without Debugging');
    assert.equal(await debugging, true);
    await probe.told(/Running trap-stripped\.wasm[^]*trapped: .*unreachable/);
  });

  it('show WebAssembly text where there is no debug information, if told to', async () => {
    await bring('trap-stripped');
    const debugging = debug('trap-stripped.wasm', { args: ['unreachable'] });
    await clickToastButton('Debug as WAT');
    assert.equal(await debugging, true);
    const stop = await probe.stop();
    assert.match(stop.frames[0]!, /\.wat:\d+$/);
    await probe.told(/stderr: Instance #\d+ trapped: wasm `unreachable` instruction executed\./);
  });

  it('begin with F5 on a component, without a launch.json', async () => {
    breakAt('src/hello.c', 7);
    await vscode.commands.executeCommand('vscode.open', sample('hello.wasm'));
    await pressF5Over('hello.wasm');
    assert.match((await probe.stop()).frames[0]!, /src\/hello\.c:7$/);
  });

  it('begin with F5 on a source that makes a component, without a launch.json', async () => {
    breakAt('src/boom.c', 10);
    await vscode.window.showTextDocument(sample('src/boom.c'));
    await pressF5Over('boom.c');
    assert.match((await probe.stop()).frames[0]!, /src\/boom\.c:10$/);
  });

  it('begin with the lens over main, and with the command on a row', async () => {
    breakAt('src/hello.c', 7);
    await vscode.window.showTextDocument(sample('src/hello.c'));
    await expectLenses(/Debug/);
    await clickLens('Debug');
    await probe.stop();
    await probe.clear();
    breakAt('src/hello.c', 7);
    void vscode.commands.executeCommand('freshInstance.debug', { path: sample('hello.wasm').fsPath });
    await probe.stop();
  });

  it('name the attribute that is wrong, and do not start', async () => {
    assert.equal(await debug('hello.wasm', { timeout: 'soon' }), false);
    await expectToast(/"timeout" in the launch configuration takes a time such as 5s/);
  });

  it('start together as a compound', async () => {
    breakAt('src/hello.c', 7);
    breakAt('src/boom.c', 10);
    const configurations = ['hello', 'boom'].map((name) => ({
      type: 'wasi-component',
      request: 'launch',
      name,
      component: `\${workspaceFolder}/${name}.wasm`,
    }));
    const launch = vscode.workspace.getConfiguration('launch', vscode.workspace.workspaceFolders?.[0]?.uri);
    await launch.update('configurations', configurations, vscode.ConfigurationTarget.Workspace);
    const compounds = [{ name: 'both', configurations: ['hello', 'boom'], stopAll: true }];
    await launch.update('compounds', compounds, vscode.ConfigurationTarget.Workspace);
    try {
      await vscode.debug.startDebugging(vscode.workspace.workspaceFolders?.[0], 'both');
      const stops = [await probe.stop(), await probe.stop()].map(({ frames }) => frames[0]!).sort();
      assert.match(stops.join('\n'), /src\/hello\.c:7\n.*src\/boom\.c:10/);
    } finally {
      await launch.update('configurations', undefined, vscode.ConfigurationTarget.Workspace);
      await launch.update('compounds', undefined, vscode.ConfigurationTarget.Workspace);
    }
  });

  it('end when their instance is stopped or disposed from the tree', async () => {
    for (const command of ['freshInstance.stop', 'freshInstance.dispose']) {
      await debug('spin.wasm');
      await probe.told(/Spinning/);
      // The row of its call may be drawn first.
      await expectRows('spin.wasm', /#\d+ {2}running for T.*debugging/);
      await selectYoungestInstance();
      await vscode.commands.executeCommand(command);
      await eventually(() => {
        assert.equal(probe.sessions.size, 0);
      });
      await probe.clear();
    }
  });
});

/** Brings a fixture, and its source if it has one, into the workspace. */
async function bring(name: string, source?: string, target?: string): Promise<void> {
  await vscode.workspace.fs.writeFile(sample(`${name}.wasm`), readFileSync(fixture(name)));
  if (source === undefined || target === undefined) return;
  const text = readFileSync(join(fixture(name), '..', '..', '..', source));
  await vscode.workspace.fs.writeFile(sample(target), text);
}

/** Presses F5 once the window knows which editor is in front. */
async function pressF5Over(file: string): Promise<void> {
  await waitFor(`.tab.active:has-text("${file}")`);
  await new Promise((resolve) => setTimeout(resolve, 500));
  await press('F5');
}
