import assert from 'node:assert/strict';
import { join } from 'node:path';
import { fixture } from '../../fixtures';
import { cliScript, startCli, StartedCli } from '../support/cli';
import { argumentsOf, eventually, processesOfGroup } from '../support/processes';
import { temporaryFolder } from '../../support/temporary-folder';

describe('Ctrl+C ends `fresh-instance run` with status 130 and leaves nothing', () => {
  const guests = [
    { name: 'spin', says: 'Spinning' },
    { name: 'sleep', says: 'sleeping' },
    { name: 'ask', says: 'Say something: ' },
  ] as const;
  for (const { name, says } of guests) {
    for (const to of ['group', 'command'] as const) {
      it(`of ${name}.wasm, when the signal reaches ${to === 'group' ? 'all processes' : 'the command alone'}`, async () => {
        const command = startCli(['run', fixture(name)]);
        await command.until(says);
        const before = performance.now();
        command.signal('SIGINT', to);
        const { status, leftBehind } = await command.result;
        assert.deepEqual([status, leftBehind], [130, []]);
        assert.ok(performance.now() - before < 500);
      });
    }
  }

  for (const [more, what] of [
    [[], 'calls on one instance'],
    [['--compare'], 'comparisons'],
  ] as const) {
    it(`while \`call\` waits for the next of its ${what}`, async () => {
      const command = startCli(['call', fixture('tools'), ...more]);
      command.child.stdin?.write('next()\n');
      await command.until('1');
      await command.until('\n');
      command.signal('SIGINT', 'group');
      const { status, leftBehind } = await command.result;
      assert.deepEqual([status, leftBehind], [130, []]);
    });
  }

  it('in the middle of many repeats', async () => {
    const command = startCli(['run', fixture('hello'), '--repeat', '100000']);
    await command.until('Hello from hello.wasm\nHello');
    command.signal('SIGINT', 'group');
    const { status, leftBehind } = await command.result;
    assert.deepEqual([status, leftBehind], [130, []]);
  });

  it('and so does SIGTERM', async () => {
    const command = startCli(['run', fixture('spin')]);
    await command.until('Spinning');
    command.signal('SIGTERM');
    const { status, leftBehind } = await command.result;
    assert.deepEqual([status, leftBehind], [130, []]);
  });
});

describe('what hangs outside the guest', () => {
  const folder = temporaryFolder();

  /** The process of a command that runs one of our scripts, frozen so that it answers to nothing. */
  async function freeze(command: StartedCli, script: string): Promise<void> {
    let pid: number | undefined;
    const found = () => {
      pid = processesOfGroup(command.pid).find((each) => argumentsOf(each).includes(script));
      return pid !== undefined;
    };
    assert.ok(await eventually(found, 5000), `No process runs ${script}.`);
    process.kill(pid!, 'SIGSTOP');
  }

  for (const to of ['group', 'command'] as const) {
    it(`ends with the first Ctrl+C of ${to === 'group' ? 'a terminal' : 'the command alone'}, be it the transpiler`, async () => {
      const command = startCli(['run', fixture('hello')], {
        env: { FRESH_INSTANCE_CACHE: join(folder, `cache-${to}`) },
      });
      await freeze(command, 'transpiler.js');
      command.signal('SIGINT', to);
      const { status, leftBehind } = await command.result;
      assert.deepEqual([status, leftBehind], [130, []]);
    });

    it(`or the runner: ${to}`, async () => {
      const command = startCli(['run', fixture('spin')]);
      await command.until('Spinning');
      await freeze(command, 'runner.js');
      command.signal('SIGINT', to);
      const { status, leftBehind } = await command.result;
      assert.deepEqual([status, leftBehind], [130, []]);
    });
  }

  it('is left by a second Ctrl+C where the command itself waits, and shells see status 130', async () => {
    // The pipe has a reader only when its path is tried, so the record cannot be written later.
    const record = join(folder, 'record');
    const line = `mkfifo "${record}"; (: <"${record}") & "$NODE" "$CLI" run "$GUEST" --json "${record}"; echo "status $?"`;
    const command = new StartedCli('/bin/sh', ['-c', line], {
      input: '',
      env: { NODE: process.execPath, CLI: cliScript, GUEST: fixture('spin') },
    });
    await command.until('Spinning\n');
    const pid = processesOfGroup(command.pid).find((each) => argumentsOf(each).includes('cli.js'))!;
    process.kill(pid, 'SIGINT');
    await new Promise((wait) => setTimeout(wait, 700));
    assert.ok(!command.stdout.includes('status'), 'It did not wait.');
    const before = performance.now();
    process.kill(pid, 'SIGINT');
    await command.until('status');
    assert.ok(performance.now() - before < 500);
    const { stdout, leftBehind } = await command.result;
    assert.deepEqual([stdout, leftBehind], ['Spinning\nstatus 130\n', []]);
  });
});
