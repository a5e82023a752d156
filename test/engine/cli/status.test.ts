import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { fixture } from '../../fixtures';
import { cli, run } from '../support/cli';

describe('the exit status of `fresh-instance run` is', () => {
  it("the guest's: 0 for ok, 1 for an error result and for exit(3)", async () => {
    assert.equal((await run('hello')).status, 0);
    assert.equal((await run('run-error')).status, 1);
    assert.equal((await run('exit3')).status, 1);
  });

  it('134 after a trap, with the place in the source', async () => {
    const { status, stdout, stderr, leftBehind } = await run('boom');
    assert.deepEqual([status, leftBehind], [134, []]);
    assert.match(stdout, /Three, two, one/);
    assert.match(
      stderr,
      /^fresh-instance: boom\.wasm #1 trapped: wasm `unreachable` instruction executed\n/m,
    );
    assert.match(stderr, /boom\.c:5/);
  });

  it('124 after a time-out', async () => {
    const { status, stdout, stderr, leftBehind } = await run('spin', '--timeout', '1s');
    assert.deepEqual([status, stdout, leftBehind], [124, 'Spinning\n', []]);
    assert.match(stderr, /spin\.wasm #1 was stopped after 1 s, its time limit/);
  });

  it('137 at the memory limit', async () => {
    const { status, stdout, stderr, leftBehind } = await run('grow', '--max-memory', '64MiB', '--', '512');
    assert.deepEqual([status, stdout, leftBehind], [137, 'growing\n', []]);
    assert.match(stderr, /grow\.wasm #1 was stopped at its memory limit of 64 MiB/);
  });

  it('0 for a guest that stays under its memory limit', async () => {
    const { status, stdout } = await run('grow', '--max-memory', '64MiB', '--', '32');
    assert.equal(status, 0);
    assert.match(stdout, /grew by 32 MiB/);
  });

  it('2 for a component whose first memory is over its limit', async () => {
    const { status, stderr } = await run('needs-memory', '--max-memory', '64MiB');
    assert.equal(status, 2);
    assert.match(stderr, /needs-memory\.wasm cannot start: .*128 MiB/);
  });

  it('2 where a granted directory is not there, or is a file', async () => {
    const missing = await run('files', '--dir', 'no/such::/data', '--', 'ls', '/data');
    assert.deepEqual([missing.status, missing.stdout], [2, '']);
    assert.match(
      missing.stderr,
      /files\.wasm cannot start: it is granted .*no.such, which is not there\.\n$/,
    );
    const file = await run('files', '--dir', 'package.json::/data', '--', 'ls', '/data');
    assert.deepEqual([file.status, file.stdout], [2, '']);
    assert.match(file.stderr, /package\.json, which is not a directory\.\n$/);
  });

  it('2 where the record cannot be written, before anything runs', async () => {
    const { status, stdout, stderr } = await run('hello', '--json', 'no/such/folder/out.json');
    assert.deepEqual([status, stdout], [2, '']);
    assert.match(stderr, /^fresh-instance: --json cannot write to no\/such\/folder\/out\.json: ENOENT/);
  });

  it('130 after Ctrl+C: see interrupt.test.ts; 141 when nobody reads: see pipes.test.ts', async () => {
    const help = await cli(['run', '--help']);
    assert.equal(help.status, 0);
    for (const status of ['134', '124', '137', '141', ' 2 ']) assert.ok(help.stdout.includes(status));
  });
});

describe('`fresh-instance`', () => {
  it('prints its version and its help with status 0', async () => {
    const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string };
    assert.deepEqual(
      await cli(['--version']).then(({ status, stdout, stderr }) => [status, stdout, stderr]),
      [0, `${version}\n`, ''],
    );
    const helps = [
      ['--help'],
      ['-h'],
      ['help'],
      ['run', '--help'],
      ['run', '-h'],
      ['help', 'run'],
      ['--help', 'run'],
      ['run', 'no-such.wasm', '--net', '--help', '--', 'x'],
    ];
    for (const args of helps) {
      const { status, stdout, stderr } = await cli(args);
      assert.deepEqual([status, stderr], [0, '']);
      assert.match(
        stdout,
        args.includes('run') && args[0] !== '--help'
          ? /^Usage: fresh-instance run FILE/
          : /^fresh-instance runs WASI/,
      );
    }
  });

  const file = 'no-such.wasm';
  const misuses: readonly (readonly [readonly string[], RegExp, string])[] = [
    [['walk'], /There is no command "walk"/, 'fresh-instance --help'],
    [['run'], /run needs the component to run/, 'fresh-instance run --help'],
    [['run', file, 'more'], /arguments for the guest come after "--": -- more/, 'fresh-instance run --help'],
    [['help', 'walk'], /There is no command "walk"/, 'fresh-instance --help'],
    [['run', ''], /run needs the component to run\./, 'fresh-instance run --help'],
    [['run', '--', file], /run needs the component to run, before "--"\./, 'fresh-instance run --help'],
    [
      ['run', file, '--walk'],
      /There is no option --walk\. Arguments for the guest come after "--", behind the component\./,
      'fresh-instance run --help',
    ],
    [['run', file, '-x'], /There is no option -x\. Arguments/, 'fresh-instance run --help'],
    [['run', file, '--same=yes'], /--same takes no value\./, 'fresh-instance run --help'],
    [
      ['run', file, '--json', '--same'],
      /--json needs a value, and --same is an option/,
      'fresh-instance run --help',
    ],
    [
      ['run', file, '--repeat', '-1'],
      /--repeat takes a number of times, not "-1"/,
      'fresh-instance run --help',
    ],
    [['call'], /call needs the component/, 'fresh-instance call --help'],
    [['call', file, '--walk'], /There is no option --walk\./, 'fresh-instance call --help'],
    [['check', ''], /check needs the files to check/, 'fresh-instance check --help'],
    [['check', '--walk', file], /There is no option --walk\./, 'fresh-instance check --help'],
    [['inspect', file, 'more'], /inspect takes one component/, 'fresh-instance inspect --help'],
    [
      ['run', file, '--repeat', '0'],
      /--repeat takes a number of times, not "0"/,
      'fresh-instance run --help',
    ],
    [['run', file, '--repeat', '1.5'], /--repeat takes a number/, 'fresh-instance run --help'],
    [['run', file, '--env', 'NAME'], /--env takes NAME=VALUE, not "NAME"/, 'fresh-instance run --help'],
    [['run', file, '--env', '=x'], /--env takes NAME=VALUE/, 'fresh-instance run --help'],
    [['run', file, '--dir', '/tmp'], /--dir takes HOST::GUEST/, 'fresh-instance run --help'],
    [['run', file, '--timeout', 'soon'], /--timeout takes a time/, 'fresh-instance run --help'],
    [['run', file, '--timeout', '0'], /--timeout takes a time/, 'fresh-instance run --help'],
    [['run', file, '--max-memory', '1'], /--max-memory takes a size/, 'fresh-instance run --help'],
    [['run', file, '--max-memory'], /--max-memory needs a value\./, 'fresh-instance run --help'],
  ];
  for (const [args, message, help] of misuses) {
    it(`refuses \`${args.join(' ')}\` with status 2`, async () => {
      const { status, stdout, stderr } = await cli(args);
      assert.deepEqual([status, stdout], [2, '']);
      assert.match(stderr, message);
      assert.ok(stderr.startsWith('fresh-instance: ') && stderr.endsWith(`See ${help}.\n`), stderr);
    });
  }

  it('gives what comes after `--` to the guest as it is', async () => {
    const { stdout } = await cli(['run', fixture('hello'), '--', '--env', '', 'a b', '--', '"'], {});
    assert.equal(
      stdout,
      'Hello from hello.wasm\n  argument 1: --env\n  argument 2: \n  argument 3: a b\n  argument 4: --\n  argument 5: "\n',
    );
  });
});
