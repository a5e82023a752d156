import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { breakAt, debug, followDebugger } from './support/debugger';

/** How often each way is timed, and what its median must stay under, in ms (issue 6). */
const times = 7;
const limitMs = 4000;

describe('the time until the debugger stops', () => {
  const probe = followDebugger();

  it('is under 4 s from F5, and from a restart, in the median', async function () {
    this.timeout(120_000);
    const [starts, restarts]: [number[], number[]] = [[], []];
    for (let time = 0; time < times; time++) {
      breakAt('src/hello.c', 7);
      let before = Date.now();
      await debug('hello.wasm');
      await probe.stop();
      starts.push(Date.now() - before);
      before = Date.now();
      await vscode.commands.executeCommand('workbench.action.debug.restart');
      await probe.stop();
      restarts.push(Date.now() - before);
      await probe.clear();
    }
    assert.ok(median(starts) < limitMs, `from F5: ${starts.join(', ')} ms`);
    assert.ok(median(restarts) < limitMs, `from restart: ${restarts.join(', ')} ms`);
  });
});

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Infinity;
}
