import assert from 'node:assert/strict';
import { debug, DebuggerProbe } from './support/debugger';
import { eventually } from './support/eventually';
import { screenshot } from './support/window';
import { clickToastButton, toasts } from './support/workbench';

describe('debugging without the extension that reads debug information', () => {
  let probe: DebuggerProbe;
  before(() => {
    probe = new DebuggerProbe();
  });
  after(() => {
    probe.dispose();
  });
  afterEach(async () => {
    await probe.clear();
  });

  it('says so before the session, offers to install it, and debugs WebAssembly text if told to', async () => {
    const debugging = debug('boom.wasm');
    await eventually(async () => {
      assert.match(
        (await toasts()).join('\n'),
        /^boom\.wasm has debug information, but the extension that reads it/,
      );
    });
    await screenshot('debug-no-reader');
    await clickToastButton('Debug as WebAssembly Text');
    assert.equal(await debugging, true);
    const stop = await probe.stop();
    assert.match(stop.frames[0]!, /explode .*\.wat:\d+$/);
    await probe.told(/stderr: Instance #1 trapped: unreachable\./);
  });

  it('runs without debugging if told to', async () => {
    const debugging = debug('hello.wasm');
    await eventually(async () => {
      assert.equal((await toasts()).length, 1);
    });
    await clickToastButton('Run Without Debugging');
    assert.equal(await debugging, true);
    await probe.told(/Running hello\.wasm[^]*run returned ok/);
  });
});
