import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import type { Call } from '../../../src/instance/call';
import type { Profile } from '../../../src/instance/profile';
import { fixture } from '../../fixtures';
import { Output, TestEngine } from '../harness';
import { outcomeOf, stateOf } from '../hostile/arena';
import { startCli } from '../support/cli';
import { eventually, isRunning, processesOfGroup } from '../support/processes';
import { onWasmtime, placesFor } from '../support/wasmtime';

const MiB = 1024 * 1024;

onWasmtime('hostile guests', (program) => {
  const test = new TestEngine({ wasmtime: () => placesFor(program) });
  after(() => test.dispose());

  /** Begins a run and gives it while it is going on. */
  async function begin(name: string, profile: Partial<Profile> = {}, output = new Output()) {
    const instance = await test.start(
      name,
      { engine: 'wasmtime', stdin: { type: 'empty' }, ...profile },
      output,
    );
    assert.equal(stateOf(instance), 'ready');
    const call = test.run(instance);
    await eventually(() => test.engine.pidOf(instance.id) !== undefined, 5000);
    const pid = test.engine.pidOf(instance.id);
    assert.ok(pid !== undefined);
    return { instance, call, pid, output };
  }

  const ended = ({ ended: end }: Call) => outcomeOf(end!.outcome);

  for (const name of ['spin', 'sleep', 'flood', 'start-spin', 'async-spin'] as const) {
    it(`${name}.wasm is stopped within 100 ms, and nothing of it is left`, async () => {
      const { instance, call, pid } = await begin(name);
      await new Promise((wait) => setTimeout(wait, 300));
      assert.equal(stateOf(test.now(instance)), 'running');
      const before = performance.now();
      await test.engine.stop(instance.id, { type: 'user' });
      const took = performance.now() - before;
      assert.ok(took < 100, `${String(took)} ms`);
      assert.equal(ended(await call), 'stopped: user');
      assert.equal(stateOf(test.now(instance)), 'stopped: user');
      assert.ok(await eventually(() => !isRunning(pid), 1000));
    });
  }

  it('a call that is stopped before it has a process ends as stopped', async () => {
    const instance = await test.start('spin', { engine: 'wasmtime', stdin: { type: 'empty' } });
    const call = test.run(instance);
    assert.equal(test.engine.pidOf(instance.id), undefined);
    await test.engine.stop(instance.id, { type: 'user' });
    assert.equal(ended(await call), 'stopped: user');
    assert.equal(stateOf(test.now(instance)), 'stopped: user');
    const idle = await test.start('spin', { engine: 'wasmtime', stdin: { type: 'empty' } });
    await test.engine.stop(idle.id, { type: 'user' });
    assert.equal(stateOf(test.now(idle)), 'stopped: user');
  });

  for (const name of ['spin', 'sleep', 'async-sleep', 'start-spin'] as const) {
    it(`${name}.wasm is stopped at its time limit`, async () => {
      const { instance, call, pid } = await begin(name, { timeoutMs: 300 });
      assert.equal(ended(await call), 'stopped: timeout');
      assert.equal(stateOf(test.now(instance)), 'stopped: timeout');
      assert.ok(await eventually(() => !isRunning(pid), 1000));
    });
  }

  it('a guest that grows is stopped at its memory limit', async () => {
    const { instance, call } = await begin('grow', { maxMemoryBytes: 4 * MiB });
    assert.equal(ended(await call), 'stopped: memory');
    assert.equal(stateOf(test.now(instance)), 'stopped: memory');
  });

  it('a guest that prints faster than its output is taken waits', async () => {
    let taken = 0;
    let release: () => void = () => undefined;
    const output = {
      io: {
        output: (_: string, bytes: Uint8Array) => {
          taken += bytes.length;
          return new Promise<void>((resolve) => (release = resolve));
        },
      },
    };
    const { instance, call } = await begin('flood', {}, output as unknown as Output);
    await eventually(() => taken > 0, 5000);
    await new Promise((wait) => setTimeout(wait, 300));
    // What pipes and Node's buffers hold, not a flood.
    assert.ok(taken < MiB, `${String(taken)} bytes were taken`);
    release();
    await test.engine.stop(instance.id, { type: 'user' });
    assert.equal(ended(await call), 'stopped: user');
  });

  it('a guest has no network that it was not granted', async () => {
    let connections = 0;
    const server = createServer(() => (connections += 1)).listen(0, '127.0.0.1');
    await new Promise((listening) => server.once('listening', listening));
    const { port } = server.address() as AddressInfo;
    const args = ['127.0.0.1', String(port)];
    const denied = await begin('connect', { args, timeoutMs: 10_000 });
    assert.notEqual(ended(await denied.call), 'returned ok');
    assert.equal(connections, 0);
    const granted = await begin('connect', { args, network: true, timeoutMs: 2000 });
    await granted.call;
    assert.equal(connections, 1, granted.output.stdout);
    server.close();
  });

  it('a guest sees no file and no variable that it was not granted', async () => {
    const files = await begin('files', {
      args: 'cat /etc/passwd , cat ../../etc/passwd , write made.txt x'.split(' '),
    });
    assert.equal(ended(await files.call), 'exited with 1');
    assert.equal(
      files.output.stdout,
      '/etc/passwd: No such file or directory\n../../etc/passwd: No such file or directory\nmade.txt: No such file or directory\n',
    );
    const env = await begin('getenv', { args: ['PATH', 'HOME', 'USER'] });
    await env.call;
    assert.ok(!env.output.stdout.includes('/'), env.output.stdout);
  });

  it('a process holds nothing of ours open but its streams, and has none of our variables', async function () {
    if (!existsSync('/proc/self/fd')) this.skip();
    const { instance, call, pid } = await begin('spin');
    const environment = readFileSync(`/proc/${String(pid)}/environ`, 'utf8');
    const names = environment
      .split('\0')
      .filter(Boolean)
      .map((pair) => pair.split('=')[0]);
    // The last four are those of some shells, through which the process is started.
    const needed = [
      'HOME',
      'XDG_CACHE_HOME',
      'XDG_CONFIG_HOME',
      'TMPDIR',
      'TEMP',
      'TMP',
      'PWD',
      'OLDPWD',
      'SHLVL',
      '_',
    ];
    assert.deepEqual(
      names.filter((name) => !needed.includes(name ?? '')),
      [],
    );
    assert.ok(readdirSync(`/proc/${String(pid)}/fd`).length < 20);
    await test.engine.stop(instance.id, { type: 'user' });
    await call;
  });

  for (const name of ['spin', 'sleep', 'flood', 'ask'] as const) {
    it(`nothing is left after two seconds when \`fresh-instance run\` with ${name}.wasm is killed by SIGKILL`, async () => {
      const command = startCli(['run', fixture(name), '--engine', 'wasmtime'], {
        env: { FRESH_INSTANCE_WASMTIME: program, HOME: process.env.HOME ?? '' },
      });
      // The command, its watchdog, and the guest.
      assert.ok(await eventually(() => processesOfGroup(command.pid).length > 2, 10_000));
      command.signal('SIGKILL');
      assert.ok(
        await eventually(() => processesOfGroup(command.pid).length === 0, 2000),
        `${processesOfGroup(command.pid).join(', ')} remain`,
      );
      assert.equal((await command.result).status, null);
    });
  }

  it('nothing is left when the command is killed at any time while it starts', async function () {
    if (process.platform === 'win32') this.skip();
    for (let wait = 0; wait < 12; wait++) {
      const command = startCli(['run', fixture('spin'), '--engine', 'wasmtime'], {
        env: { FRESH_INSTANCE_WASMTIME: program, HOME: process.env.HOME ?? '' },
      });
      // From before it looks for wasmtime until the guest runs.
      await eventually(() => processesOfGroup(command.pid).length > 1, 10_000);
      await new Promise((done) => setTimeout(done, 10 * wait));
      command.signal('SIGKILL');
      const left = () => processesOfGroup(command.pid);
      assert.ok(
        await eventually(() => left().length === 0, 3000),
        `${left().join(', ')} remain after ${String(wait)}`,
      );
      await command.result;
    }
  });

  // The watchdog is a Node that may just be starting.
  it('nothing is left after two seconds when the command is killed as soon as the guest runs', async () => {
    const command = startCli(['run', fixture('spin'), '--engine', 'wasmtime'], {
      env: { FRESH_INSTANCE_WASMTIME: program, HOME: process.env.HOME ?? '' },
    });
    await command.until('Spinning');
    command.signal('SIGKILL');
    assert.ok(await eventually(() => processesOfGroup(command.pid).length === 0, 2000));
  });
});
