import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo, type Server } from 'node:net';
import { join } from 'node:path';
import { fixture } from '../../fixtures';
import { cli, type CliResult } from '../support/cli';
import { temporaryFolder } from '../../support/temporary-folder';

/** What guests of the command line can reach. test/engine/grants.test.ts shows the same for the engine. */
describe('a guest that wants more than `run` grants', () => {
  let folder: string;
  let server: Server;
  let connections = 0;

  before(async () => {
    folder = temporaryFolder();
    mkdirSync(join(folder, 'granted'));
    mkdirSync(join(folder, 'granted', 'deep'));
    writeFileSync(join(folder, 'secret.txt'), 'a secret');
    writeFileSync(join(folder, 'granted', 'note.txt'), 'a note');
    symlinkSync(join(folder, 'secret.txt'), join(folder, 'granted', 'link'));
    symlinkSync('../secret.txt', join(folder, 'granted', 'up'));
    symlinkSync('..', join(folder, 'granted', 'parent'));
    symlinkSync('/proc/self', join(folder, 'granted', 'proc'));
    server = createServer((socket) => {
      connections += 1;
      socket.on('error', () => undefined);
      socket.end('hello from the host\n');
    });
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  });
  after(() => {
    server.close();
  });

  /** Runs the fixture that does file operations, where the granted directory is /data. */
  const files = (operations: string, readOnly = false): Promise<CliResult> =>
    cli([
      'run',
      fixture('files'),
      '--dir',
      `${join(folder, 'granted')}::/data${readOnly ? ':ro' : ''}`,
      '--',
      ...operations.split(' '),
    ]);

  it('finds no file without a directory', async () => {
    const paths = ['/etc/passwd', '../../etc/passwd', '/proc/self/environ', join(folder, 'secret.txt'), '.'];
    const operations = paths.flatMap((path, index) => (index === 0 ? ['cat', path] : [',', 'cat', path]));
    const command = await cli(['run', fixture('files'), '--', ...operations]);
    assert.equal(command.status, 1);
    assert.equal(command.stdout, paths.map((path) => `${path}: No such file or directory\n`).join(''));
  });

  it('cannot leave its directory by `..`', async () => {
    const command = await files(
      'cat /data/../secret.txt , cat /data/deep/../../secret.txt , ls /data/.. , write /data/../made.txt x , mv /data/note.txt /data/../moved.txt , mkdir /data/../made',
    );
    assert.equal(
      command.stdout,
      [
        '/data/../secret.txt',
        '/data/deep/../../secret.txt',
        '/data/..',
        '/data/../made.txt',
        '/data/note.txt',
        '/data/../made',
      ]
        .map((path) => `${path}: Operation not permitted\n`)
        .join(''),
    );
    assert.equal(readFileSync(join(folder, 'secret.txt'), 'utf8'), 'a secret');
    assert.equal(readFileSync(join(folder, 'granted', 'note.txt'), 'utf8'), 'a note');
  });

  it('cannot leave its directory by symbolic links', async () => {
    const command = await files(
      'cat /data/link , cat /data/up , cat /data/parent/secret.txt , ls /data/parent , cat /data/proc/environ , write /data/link x , append /data/up x , cat /data/deep/../up',
    );
    assert.equal(command.status, 1);
    assert.ok(!command.stdout.includes('secret\n') && !command.stdout.includes('a secret'), command.stdout);
    assert.equal(
      command.stdout,
      [
        '/data/link',
        '/data/up',
        '/data/parent/secret.txt',
        '/data/parent',
        '/data/proc/environ',
        '/data/link',
        '/data/up',
        '/data/deep/../up',
      ]
        .map((path) => `${path}: Operation not permitted\n`)
        .join(''),
    );
    assert.equal(readFileSync(join(folder, 'secret.txt'), 'utf8'), 'a secret');
  });

  it('cannot make itself a link that leads out', async () => {
    const command = await files(
      'link /etc/passwd /data/made-1 , cat /data/made-1 , link ../secret.txt /data/made-2 , cat /data/made-2',
    );
    assert.ok(!command.stdout.includes('a secret') && !command.stdout.includes('root:'), command.stdout);
    assert.equal(command.status, 1);
  });

  it('changes nothing where it may only read', async () => {
    const operations = [
      ['write', '/data/made.txt', 'x'],
      ['write', '/data/note.txt', 'x'],
      ['append', '/data/note.txt', 'x'],
      ['mkdir', '/data/made'],
      ['rm', '/data/note.txt'],
      ['mv', '/data/note.txt', '/data/moved.txt'],
      ['write', '/data/deep/made.txt', 'x'],
      ['mkdir', '/data/deep/made'],
    ];
    const command = await files(operations.map((words) => words.join(' ')).join(' , '), true);
    assert.equal(command.status, 1);
    assert.equal(
      command.stdout,
      operations.map(([, path]) => `${String(path)}: Read-only file system\n`).join(''),
    );
    assert.equal(readFileSync(join(folder, 'granted', 'note.txt'), 'utf8'), 'a note');
    const reading = await files('cat /data/note.txt', true);
    assert.deepEqual([reading.status, reading.stdout], [0, 'a note']);
  });

  it('reads a directory in which the programs and the cache of its runner lie', async () => {
    const repository = `${process.cwd()}::/repository:ro`;
    const command = await cli([
      'run',
      fixture('files'),
      '--dir',
      repository,
      '--',
      ...'stat /repository , stat /repository/package.json , ls /repository'.split(' '),
    ]);
    assert.equal(command.status, 0, command.stdout);
    assert.match(
      command.stdout,
      /^\/repository: folder of \d+ bytes\n\/repository\/package\.json: file of \d+ bytes\n/,
    );
    assert.match(command.stdout, /^package\.json$/m);
  });

  it('connects to nothing without --net', async () => {
    const args = ['--', '127.0.0.1', String((server.address() as AddressInfo).port)];
    const refused = await cli(['run', fixture('connect'), ...args]);
    assert.deepEqual([refused.status, refused.stdout], [1, 'connect: access-denied\n']);
    assert.equal(
      refused.stderr,
      'fresh-instance: connect.wasm #1 asked for the network, which it is not granted; --net grants it.\n',
    );
    assert.equal(connections, 0);
    const granted = await cli(['run', fixture('connect'), '--net', ...args]);
    assert.deepEqual([granted.status, connections], [0, 1]);
    assert.match(granted.stdout, /answer: hello from the host/);
    assert.equal(granted.stderr, '');
  });

  it('sees no variable but those of --env', async () => {
    const command = await cli(['run', fixture('getenv'), '--env', 'GIVEN=a gift', '--env', 'EMPTY='], {
      env: { FRESH_INSTANCE_SECRET: 'a secret' },
    });
    assert.deepEqual([command.status, command.stdout], [0, 'GIVEN=a gift\nEMPTY=\n']);
  });

  it('prints broken UTF-8, NUL and terminal escapes, which arrive byte for byte', async () => {
    const printed = async (kind: string) =>
      (await cli(['run', fixture('bytes'), '--', kind])).stdoutBytes.toString('latin1');
    assert.equal(await printed('invalid'), 'ok \xff\xfe \xc3( \xe2\x82 \xed\xa0\x80 \xf5 end\n');
    assert.equal(await printed('split'), 'a \xe2\x82\xac sign\n');
    assert.equal(await printed('nul'), 'a\0b\n');
    assert.ok((await printed('escapes')).startsWith('\x1b]0;owned\x07\x1b[2J\x1b[H\x1b]52;c;b3duZWQ=\x07'));
    assert.equal((await printed('long')).length, 1_000_001);
  });
});
