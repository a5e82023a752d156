import assert from 'node:assert/strict';
import { resolve } from 'node:path';
import { build } from 'esbuild';
import { fixture } from '../../fixtures';
import { StartedCli, startCli } from '../support/cli';
import { eventually, isRunning, processesOfGroup } from '../support/processes';

/** What guests are at when their parent dies. */
const guests = ['spin', 'sleep', 'flood', 'ask'] as const;

describe('when the parent is killed by SIGKILL', () => {
  const host = resolve('out', 'test', 'engine', 'host.cjs');

  before(async () => {
    await build({
      entryPoints: ['test/engine/support/host.ts'],
      outfile: host,
      bundle: true,
      packages: 'external',
      format: 'cjs',
      platform: 'node',
      target: 'node20',
      logLevel: 'warning',
    });
  });

  it('nothing is left after one second of an engine whose guests spin, sleep, print and read', async () => {
    const parent = new StartedCli(process.execPath, [host, ...guests]);
    await parent.until('\n', 20_000);
    const pids = JSON.parse(parent.stdout) as readonly number[];
    assert.equal(pids.length, guests.length);
    assert.ok(pids.every(isRunning), `of ${pids.join(', ')} not all are running`);
    // The engine itself, the guests, and what waits for its use: a pre-warmed instance and a bare runner.
    assert.ok(processesOfGroup(parent.pid).length >= guests.length + 3);
    parent.signal('SIGKILL');
    assert.ok(
      await eventually(() => processesOfGroup(parent.pid).length === 0, 1000),
      `${processesOfGroup(parent.pid).join(', ')} remain`,
    );
    assert.ok(!pids.some(isRunning));
  });

  for (const name of guests) {
    it(`nothing is left after one second of \`fresh-instance run\` with ${name}.wasm`, async () => {
      const command = startCli(['run', fixture(name)]);
      // Until the guest is at it.
      await eventually(() => processesOfGroup(command.pid).length > 1, 5000);
      await new Promise((wait) => setTimeout(wait, 400));
      assert.ok(processesOfGroup(command.pid).length > 1);
      command.signal('SIGKILL');
      assert.ok(
        await eventually(() => processesOfGroup(command.pid).length === 0, 1000),
        `${processesOfGroup(command.pid).join(', ')} remain`,
      );
      assert.equal((await command.result).status, null);
    });
  }
});
