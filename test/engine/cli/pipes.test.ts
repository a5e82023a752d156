import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { copyFileSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fixture } from '../../fixtures';
import { cli, run, shell, startCli } from '../support/cli';
import { temporaryFolder } from '../../support/temporary-folder';

describe('`fresh-instance run` in a pipe', () => {
  const folder = temporaryFolder();
  /** A line of shell in which WASM stands for fixtures. */
  const line = (text: string) =>
    shell(text.replace(/\b([\w-]+)\.wasm\b/g, (_, name: string) => `'${fixture(name)}'`));

  it('ends cleanly when its reader has enough: `… | run | head`', async () => {
    const { status, stdout, stderr, leftBehind } = await line(
      '{ fresh-instance run flood.wasm; echo "status $?" >&2; } | head -n 2',
    );
    assert.deepEqual([status, leftBehind], [0, []]);
    assert.equal(stdout, '0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ-\n'.repeat(2));
    assert.equal(stderr, 'status 141\n');
  });

  it('passes an endless input on until its reader has enough', async () => {
    const { status, stdout, leftBehind } = await line('yes | fresh-instance run echo.wasm | head -n 3');
    assert.deepEqual([status, stdout, leftBehind], [0, 'y\ny\ny\n', []]);
  });

  it('stops repeating when nobody reads', async () => {
    const { stdout, stderr, leftBehind } = await line(
      '{ fresh-instance run hello.wasm --repeat 100000; echo "status $?" >&2; } | head -n 3',
    );
    assert.deepEqual([stdout, leftBehind], ['Hello from hello.wasm\n'.repeat(3), []]);
    assert.equal(stderr, 'status 141\n');
  });

  it('takes input and gives output byte for byte', async () => {
    const bytes = Buffer.alloc(3_000_001, createHash('sha512').update('bytes').digest());
    const { status, stdoutBytes } = await cli(['run', fixture('echo')], { input: bytes });
    assert.equal(status, 0);
    assert.ok(stdoutBytes.equals(bytes));
  });

  it('reads from a file and writes to one', async () => {
    const from = join(folder, 'from');
    const to = join(folder, 'to');
    writeFileSync(from, 'one\ntwo\n');
    const { status } = await line(`fresh-instance run echo.wasm < '${from}' > '${to}'`);
    assert.equal(status, 0);
    assert.equal(readFileSync(to, 'utf8'), 'one\ntwo\n');
  });

  it('feeds one instance from another', async () => {
    const { stdout } = await line(
      'printf "a\\nb\\n" | fresh-instance run echo.wasm | fresh-instance run echo.wasm',
    );
    assert.equal(stdout, 'a\nb\n');
  });

  it('gives each of several instances what the one before did not read', async () => {
    const { status, stdout } = await line('printf "a\\nb\\n" | fresh-instance run echo.wasm --repeat 2');
    assert.deepEqual([status, stdout], [0, 'a\nb\n']);
  });

  it('is at the end of its input at once with </dev/null, and with a closed stdin', async () => {
    for (const redirection of ['</dev/null', '<&-']) {
      const { status, stderr } = await line(`fresh-instance run ask.wasm ${redirection}`);
      assert.equal(status, 0);
      assert.match(stderr, /End of input after 0 lines/);
    }
  });

  it('keeps stdout and stderr apart and in order', async () => {
    const { stdout, stderr } = await run('interleave', '--', '3');
    assert.equal(stdout, 'out 1\nout 2\nout 3\n');
    assert.equal(stderr, 'err 1\nerr 2\nerr 3\n');
    const together = await line('fresh-instance run interleave.wasm -- 3 2>&1');
    assert.equal(together.stdout, 'out 1\nerr 1\nout 2\nerr 2\nout 3\nerr 3\n');
  });

  if (existsSync('/dev/full')) {
    it('gives the guest an error, not a trap, where its output cannot be written', async () => {
      const { status, stderr } = await line('fresh-instance run flood.wasm -- 100000 >/dev/full');
      assert.deepEqual([status, stderr], [1, '']);
    });
  }

  it('keeps its status where nobody reads what it says on stderr', async () => {
    for (const [command, status] of [
      ['run boom.wasm', 134],
      ['call tools.wasm "crash()"', 134],
      ['run package.json', 2],
    ] as const) {
      const { stdout } = await line(
        `{ { fresh-instance ${command}; echo "status $?" >&3; } 2>&1 >/dev/null | :; } 3>&1`,
      );
      assert.equal(stdout, `status ${String(status)}\n`);
    }
  });

  it('ends its help, too, when nobody reads it', async () => {
    const command = startCli(['run', '--help'], { input: '' });
    command.child.stdout?.destroy();
    const { status, stderr } = await command.result;
    assert.deepEqual([status, stderr], [141, '']);
  });

  if (existsSync('/dev/full')) {
    it('says in a sentence that its own output cannot be written', async () => {
      for (const command of [
        'call tools.wasm "next()"',
        'check hello.wasm',
        'inspect hello.wasm',
        '--help',
      ]) {
        const { status, stderr } = await line(`fresh-instance ${command} >/dev/full`);
        assert.equal(status, 2);
        assert.match(stderr, /^fresh-instance: The output cannot be written: ENOSPC[^\n]*\n$/);
      }
      const record = await line('fresh-instance run hello.wasm --json /dev/full');
      assert.deepEqual([record.status, record.stdout], [2, 'Hello from hello.wasm\n']);
      assert.match(record.stderr, /^fresh-instance: --json cannot write to \/dev\/full: ENOSPC[^\n]*\n$/);
    });
  }

  it('runs a component from a pipe, and one with an odd name', async () => {
    const copy = join(folder, "an 'odd' $name.wasm");
    copyFileSync(fixture('hello'), copy);
    const odd = await cli(['run', copy]);
    assert.deepEqual([odd.status, odd.stdout], [0, "Hello from an 'odd' $name.wasm\n"]);
    const piped = await line('cat hello.wasm | fresh-instance run /dev/stdin </dev/stdin');
    assert.equal(piped.status, 0);
    assert.match(piped.stdout, /^Hello from /);
  });

  it('writes all of a large output to a slow reader', async () => {
    const { stdout } = await line('fresh-instance run flood.wasm -- 5000000 | { sleep 1; wc -c; }');
    assert.equal(stdout.trim(), '5000000');
  });
});
