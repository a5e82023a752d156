import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { breakAt, debug, followDebugger } from './support/debugger';
import { eventually } from './support/eventually';
import { expectRows } from './support/samples';
import { read, screenshot, waitFor } from './support/window';
import { expectTerminal } from './support/workbench';

describe('debugging a component', () => {
  const probe = followDebugger();

  it('stops at a breakpoint in C, with its locals and a stack without glue', async () => {
    breakAt('src/hello.c', 9);
    assert.equal(await debug('hello.wasm', { args: ['one', 'two'] }), true);
    const stop = await probe.stop();
    assert.equal(stop.frames[0], '__main_argc_argv src/hello.c:9');
    assert.deepEqual(await probe.locals(stop), { argc: '3', argv: 'char **', i: '0' });
    assert.deepEqual(
      stop.frames.filter((frame) => !frame.endsWith('(skipped)')).map((frame) => frame.split(' ')[0]),
      ['__main_argc_argv', 'global.$__main_void', 'global.$_start', '$wasi:cli/run@0.2.12#run', 'host'],
    );
    await expectRows('hello.wasm', /running for T · .*debugging/);
    await screenshot('debug-stop');
  });

  it('steps from line to line, and into a function', async () => {
    breakAt('src/boom.c', 11);
    await debug('boom.wasm');
    const first = await probe.stop();
    await probe.do(first, 'next');
    const beforeCall = await probe.stop();
    await probe.do(beforeCall, 'stepIn');
    const inside = await probe.stop();
    assert.deepEqual(
      [first, beforeCall, inside].map(({ frames }) => frames[0]),
      ['main src/boom.c:11', 'main src/boom.c:12', 'explode src/boom.c:4'],
    );
  });

  it('stops where the guest traps, and explains the trap', async () => {
    await debug('boom.wasm');
    const stop = await probe.stop();
    assert.equal(stop.reason, 'exception');
    assert.equal(stop.frames[0], 'explode src/boom.c:5');
    await probe.told(
      /stderr: Instance #\d+ trapped at src\/boom\.c:5: wasm `unreachable` instruction executed\.\n.*fresh instance/,
    );
    await screenshot('debug-trap');
    await probe.do(stop, 'continue');
    await expectRows('boom.wasm', /trapped · unreachable/);
    await eventually(() => {
      assert.equal(probe.sessions.size, 0);
    });
  });

  it('keeps an instance trapped that is stopped while the debugger holds it at the trap', async () => {
    await debug('boom.wasm');
    const stop = await probe.stop();
    await probe.told(/stderr: Instance #\d+ trapped at src\/boom\.c:5/);
    await vscode.debug.stopDebugging();
    const rows = await expectRows('boom.wasm', /trapped · unreachable at src\/boom\.c:5/);
    assert.doesNotMatch(rows.split('\n').slice(0, 3).join('\n'), /stopped/);
    assert.equal(stop.reason, 'exception');
  });

  it('shows only guest frames in the exception box', async () => {
    await debug('boom.wasm');
    await probe.stop();
    await waitFor('.exception-widget:has-text("explode")');
    const box = (await read('.exception-widget')).join('\n');
    assert.match(box, /at boom\.explode .*wasm-function[^]*at boom\._start/);
    assert.doesNotMatch(box, /component\.js|runner\.js|guest-call\.js/);
  });

  it('runs to its end and keeps the instance, on which a second run stops at the guard', async () => {
    await debug('hello.wasm');
    await probe.told(/stdout: Hello from hello\.wasm\n[^]*run returned ok[^]*is kept/);
    await expectRows('hello.wasm', /spent · 1 call · .*debugging/);
    await vscode.commands.executeCommand('freshInstance.runAgain');
    const stop = await probe.stop();
    assert.equal(stop.reason, 'exception');
    await probe.told(
      /stderr: Call 2 on instance #\d+ trapped \(wasm `unreachable` instruction executed\).*once per instance/,
    );
    await screenshot('debug-second-run');
  });

  it('shows the console with the guest’s output where its user left that to VS Code', async () => {
    const wanted = async (value: string | undefined) => {
      await vscode.workspace
        .getConfiguration('debug')
        .update('internalConsoleOptions', value, vscode.ConfigurationTarget.Global);
    };
    await vscode.commands.executeCommand('workbench.action.closePanel');
    await wanted(undefined);
    try {
      await debug('hello.wasm');
      await waitFor('.repl .monaco-list-row:has-text("Hello from hello.wasm")');
    } finally {
      await wanted('neverOpen');
    }
  });

  it('calls again on an instance that kept its state, in the same process', async () => {
    await debug('counter.wasm');
    await probe.told(/Run 1 on this instance[^]*is kept/);
    breakAt('src/counter.c', 10);
    await debug('counter.wasm', { instance: 'current' });
    const stop = await probe.stop();
    assert.equal(stop.frames[0], 'run src/counter.c:10');
    await probe.do(stop, 'continue');
    await probe.told(/Run 2 on this instance/);
    await expectRows('counter.wasm', /ready · 2 calls · .*debugging/);
  });

  it('restarts in a fresh instance, and stops there again', async () => {
    breakAt('src/hello.c', 7);
    await debug('hello.wasm');
    await probe.stop();
    const rows = await expectRows('hello.wasm', /#\d+ {2}running/);
    await vscode.commands.executeCommand('workbench.action.debug.restart');
    const stop = await probe.stop();
    assert.equal(stop.frames[0], '__main_argc_argv src/hello.c:7');
    const number = Number(/#(\d+)/.exec(rows)?.[1]);
    await expectRows(
      'hello.wasm',
      new RegExp(`#${number + 1} {2}running[^]*#${number} {2}stopped by the user`),
    );
    await probe.told(new RegExp(`on fresh instance #${number + 1}`));
  });

  it('stops a guest that spins', async () => {
    await debug('spin.wasm');
    await probe.told(/Spinning/);
    const before = Date.now();
    await vscode.debug.stopDebugging();
    await expectRows('spin.wasm', /stopped by the user/);
    assert.ok(Date.now() - before < 2000);
  });

  it('pauses a guest that spins, on its source line', async () => {
    await debug('spin.wasm');
    await probe.told(/Spinning/);
    await probe.pause();
    const stop = await probe.stop();
    assert.match(stop.frames[0]!, /src\/spin\.c:9$/);
  });

  it('takes a breakpoint that is set while the guest runs', async () => {
    await debug('spin.wasm');
    await probe.told(/Spinning/);
    breakAt('src/spin.c', 9);
    assert.match((await probe.stop()).frames[0]!, /src\/spin\.c:9$/);
  });

  it('runs without debugging: no inspector, and the session ends with the run', async () => {
    breakAt('src/hello.c', 7);
    await debug('hello.wasm', {}, { noDebug: true });
    await probe.told(/stdout: Hello from hello\.wasm\n[^]*run returned ok/);
    await eventually(() => {
      assert.equal(probe.sessions.size, 0);
    });
  });

  it('does not hang at a breakpoint past the last line of code', async () => {
    breakAt('src/hello.c', 14);
    breakAt('src/hello.c', 400);
    await debug('hello.wasm');
    await probe.told(/run returned ok/);
  });

  it('does not stop at a condition on a guest’s variable, which js-debug takes for JavaScript; hit counts work', async () => {
    breakAt('src/hello.c', 9, 'argc == 3');
    breakAt('src/hello.c', 12);
    await debug('hello.wasm', { args: ['one', 'two'] });
    assert.match((await probe.stop()).frames[0]!, /src\/hello\.c:12$/);
    await probe.clear();
    breakAt('src/boom.c', 5, undefined, '3');
    await debug('boom.wasm');
    const third = await probe.stop();
    assert.equal((await probe.locals(third)).fuse, '1');
  });

  it('holds two sessions at once', async () => {
    breakAt('src/hello.c', 7);
    breakAt('src/boom.c', 10);
    await debug('hello.wasm');
    const hello = await probe.stop();
    await debug('boom.wasm');
    const boom = await probe.stop();
    assert.deepEqual(
      [hello.frames[0], boom.frames[0]],
      ['__main_argc_argv src/hello.c:7', 'main src/boom.c:10'],
    );
  });

  it('takes what is typed in the terminal of the session as standard input', async () => {
    await debug('ask.wasm');
    await probe.told(/stdout: Say something: /);
    await screenshot('debug-stdin');
    const terminal = vscode.window.terminals.find(({ name }) => name.startsWith('ask.wasm'));
    terminal?.show();
    await expectTerminal(/^Standard input of ask\.wasm #\d+/);
    terminal?.sendText('hello there', true);
    await probe.told(/stdout: .*You said "hello there"/);
    terminal?.sendText('\u0004', false);
    await probe.told(/stderr: End of input after 1 line\n/);
  });
});
