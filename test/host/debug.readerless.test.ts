import assert from 'node:assert/strict';
import { debug, followDebugger } from './support/debugger';
import { screenshot } from './support/window';
import { clickToastButton, expectToast } from './support/workbench';

describe('debugging without the extension that reads debug information', () => {
  const probe = followDebugger();

  it('says so before the session, offers to install it, and debugs WebAssembly text if told to', async () => {
    const debugging = debug('boom.wasm');
    await expectToast(/^boom\.wasm has debug information, but the extension that reads it/);
    await screenshot('debug-no-reader');
    await clickToastButton('Debug as WAT');
    assert.equal(await debugging, true);
    const stop = await probe.stop();
    assert.match(stop.frames[0]!, /explode .*\.wat:\d+$/);
    await probe.told(/stderr: Instance #1 trapped: wasm `unreachable` instruction executed\./);
  });

  it('runs without debugging if told to', async () => {
    const debugging = debug('hello.wasm');
    await clickToastButton('Run Without Debugging');
    assert.equal(await debugging, true);
    await probe.told(/Running hello\.wasm[^]*run returned ok/);
  });
});
