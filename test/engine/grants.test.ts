import assert from 'node:assert/strict';
import {
  mkdirSync,
  readFileSync,
  readdirSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { join, parse, posix, relative } from 'node:path';
import { describeOutcome } from '../../src/words/outcome';
import type { Profile } from '../../src/instance/profile';
import { temporaryFolder } from '../support/temporary-folder';
import { Output, TestEngine } from './harness';
import { eventually } from './support/processes';

describe('what a guest is granted', () => {
  const test = new TestEngine();
  let folder: string;

  beforeEach(() => {
    folder = temporaryFolder();
    mkdirSync(join(folder, 'inside'));
    writeFileSync(join(folder, 'outside.txt'), 'not for guests');
    writeFileSync(join(folder, 'inside', 'note.txt'), 'a note');
    symlinkSync('/etc/passwd', join(folder, 'inside', 'absolute'));
    symlinkSync('../outside.txt', join(folder, 'inside', 'relative'));
  });
  after(() => test.dispose());

  /** Runs a fixture and gives what it printed, with how it ended. */
  async function run(name: string, profile: Partial<Profile>): Promise<string> {
    const output = new Output();
    const call = await test.run(await test.start(name, { stdin: { type: 'empty' }, ...profile }, output));
    return `${output.stdout}(${describeOutcome(call.ended!.outcome)})`;
  }

  const files = (ops: string, profile: Partial<Profile>) =>
    run('files', { ...profile, args: ops.split(' ') });

  it('sees no files without a directory', async () => {
    assert.equal(
      await files('cat /etc/passwd , cat ../../etc/passwd , cat /proc/self/environ , write made.txt x', {}),
      '/etc/passwd: No such file or directory\n../../etc/passwd: No such file or directory\n' +
        '/proc/self/environ: No such file or directory\nmade.txt: No such file or directory\n(exited with 1)',
    );
  });

  it('reads and writes in a granted directory', async () => {
    const dirs = [{ host: join(folder, 'inside'), guest: '/data', readOnly: false }];
    assert.equal(
      await files('cat /data/note.txt , write /data/made.txt x , mkdir /data/made , rm /data/note.txt', {
        dirs,
      }),
      'a notewrote /data/made.txt\nmade /data/made\nremoved /data/note.txt\n(returned ok)',
    );
    assert.equal(readFileSync(join(folder, 'inside', 'made.txt'), 'utf8'), 'x');
    assert.deepEqual(readdirSync(join(folder, 'inside')).sort(), [
      'absolute',
      'made',
      'made.txt',
      'relative',
    ]);
  });

  it('sets the times of files', async () => {
    const dirs = [{ host: join(folder, 'inside'), guest: '/data', readOnly: false }];
    const note = join(folder, 'inside', 'note.txt');
    utimesSync(note, 1_100_000_000, 1_200_000_000);
    assert.equal(
      await files('date /data/note.txt 1000000000', { dirs }),
      'dated /data/note.txt\n(returned ok)',
    );
    assert.deepEqual(
      [statSync(note).atimeMs, statSync(note).mtimeMs],
      [1_100_000_000_000, 1_000_000_000_000],
    );
    const before = Date.now();
    await files('touch /data/note.txt', { dirs });
    const touched = statSync(note).mtimeMs;
    assert.ok(touched >= before - 1000 && touched <= Date.now() + 1000, String(touched));
  });

  it('does not leave a directory through .. or a link', async () => {
    const dirs = [{ host: join(folder, 'inside'), guest: '/data', readOnly: false }];
    assert.equal(
      await files('cat /data/../outside.txt , cat /data/absolute , cat /data/relative , cat /etc/passwd', {
        dirs,
      }),
      '/data/../outside.txt: Operation not permitted\n/data/absolute: Operation not permitted\n' +
        '/data/relative: Operation not permitted\n/etc/passwd: No such file or directory\n(exited with 1)',
    );
  });

  it('makes links and reads through them in a read-write directory', async () => {
    const dirs = [{ host: join(folder, 'inside'), guest: '/data', readOnly: false }];
    assert.equal(
      await files(
        'mkdir /data/deep , write /data/deep/far.txt x , link deep /data/short , cat /data/short/far.txt , link short/far.txt /data/file , cat /data/file , follow /data/file , link later.txt /data/waits , write /data/waits y , cat /data/later.txt , link note.txt /data/file , link note.txt /data/none/file',
        { dirs },
      ),
      'made /data/deep\nwrote /data/deep/far.txt\nlinked /data/short\nxlinked /data/file\nx/data/file -> short/far.txt\n' +
        'linked /data/waits\nwrote /data/waits\ny/data/file: File exists\n/data/none/file: No such file or directory\n(exited with 1)',
    );
  });

  it('makes no link that leads out, nor one that would after it was moved', async () => {
    const dirs = [
      { host: join(folder, 'inside'), guest: '/data', readOnly: false },
      { host: join(folder, 'inside'), guest: '/read', readOnly: true },
    ];
    mkdirSync(join(folder, 'inside', 'deep'));
    symlinkSync('..', join(folder, 'inside', 'up'));
    const refused = [
      'link /etc/passwd /data/made',
      'link ../outside.txt /data/made',
      'link ../note.txt /data/deep/made',
      'link deep/../note.txt /data/made',
      'link up/outside.txt /data/made',
      'link relative /data/made',
      'link note.txt /data/up/made',
      'link note.txt /data/../made',
    ];
    for (const operation of refused)
      assert.match(
        await files(operation, { dirs }),
        /: Operation not permitted\n\(exited with 1\)$/,
        operation,
      );
    assert.match(await files('link note.txt /read/made', { dirs }), /: Read-only file system\n/);
    assert.deepEqual(readdirSync(folder).sort(), ['inside', 'outside.txt']);
    assert.deepEqual(readdirSync(join(folder, 'inside', 'deep')), []);
    assert.ok(!readdirSync(join(folder, 'inside')).includes('made'));
  });

  it('lists the root of the host if granted, and cannot leave it', async () => {
    const dirs = [{ host: parse(folder).root, guest: '/data', readOnly: true }];
    const inside = posix.join('/data', relative(parse(folder).root, join(folder, 'inside')));
    const printed = await files(
      `stat /data , ls ${inside} , cat ${inside}/note.txt , cat ${inside}/absolute , cat ${inside}/relative , cat /data/../etc/passwd , write ${inside}/made.txt x`,
      { dirs },
    );
    assert.match(printed, /^\/data: folder of \d+ bytes\n/);
    const lines = printed.split('\n').slice(1);
    assert.deepEqual(lines.slice(0, 3).sort(), ['absolute', 'note.txt', 'relative']);
    assert.deepEqual(lines.slice(3), [
      `a note${inside}/absolute: Operation not permitted`,
      `not for guests/data/../etc/passwd: Operation not permitted`,
      `${inside}/made.txt: Read-only file system`,
      '(exited with 1)',
    ]);
    const listed = (await files('ls /data', { dirs })).split('\n');
    assert.equal(listed.pop(), '(returned ok)');
    assert.deepEqual(listed.sort(), readdirSync(parse(folder).root).sort());
  });

  if ('Suspending' in WebAssembly) {
    it('makes links for a guest of WASI 0.3 as for one of 0.2', async () => {
      const async = (ops: string, readOnly = false) =>
        run('async-files', {
          args: ops.split(' '),
          dirs: [{ host: join(folder, 'inside'), guest: '/data', readOnly }],
        });
      assert.equal(await async('link note.txt made'), 'a note(returned ok)');
      assert.equal(await async('cat made'), 'a note(returned ok)');
      assert.equal(await async('link note.txt made'), 'error 06\n(returned an error)');
      for (const target of ['../outside.txt', '/etc/passwd', 'relative', 'absolute'])
        assert.equal(await async(`link ${target} other`), 'error 30\n(returned an error)', target);
      assert.equal(await async('link note.txt other', true), 'error 32\n(returned an error)');
      assert.deepEqual(readdirSync(join(folder, 'inside')).sort(), [
        'absolute',
        'made',
        'note.txt',
        'relative',
      ]);
    });

    it('is the same for a guest of WASI 0.3', async () => {
      const async = (ops: string, profile: Partial<Profile>) =>
        run('async-files', { ...profile, args: ops.split(' ') });
      assert.equal(await async('ls', {}), 'no directory\n(returned ok)');
      const inside = { host: join(folder, 'inside'), guest: '/data', readOnly: true };
      const { root } = parse(folder);
      const listed = (await async('ls', { dirs: [inside] })).split('\n');
      assert.deepEqual(listed.sort(), ['(returned ok)', '/data:', 'absolute', 'note.txt', 'relative']);
      assert.equal(await async('cat note.txt', { dirs: [inside] }), 'a note(returned ok)');
      const notPermitted = 'error 30\n(returned an error)';
      for (const path of ['../outside.txt', 'absolute', 'relative', '/etc/passwd'])
        assert.equal(await async(`cat ${path}`, { dirs: [inside] }), notPermitted);
      const whole = { dirs: [{ host: root, guest: '/', readOnly: true }] };
      const rootListed = (await async('ls', whole)).split('\n').sort();
      assert.deepEqual(rootListed, ['(returned ok)', '/:', ...readdirSync(root)].sort());
      const note = relative(root, join(folder, 'inside', 'note.txt'));
      assert.equal(await async(`cat ${note}`, whole), 'a note(returned ok)');
      assert.equal(await async('cat ../etc/passwd', whole), notPermitted);
    });
  }

  it('changes nothing in a read-only directory', async () => {
    const dirs = [{ host: join(folder, 'inside'), guest: '/data', readOnly: true }];
    const refused = 'Read-only file system';
    assert.equal(
      await files(
        'cat /data/note.txt , write /data/made.txt x , append /data/note.txt x , mkdir /data/made , rm /data/note.txt , mv /data/note.txt /data/moved , link /data/note.txt /data/linked',
        { dirs },
      ),
      `a note/data/made.txt: ${refused}\n/data/note.txt: ${refused}\n/data/made: ${refused}\n/data/note.txt: ${refused}\n` +
        `/data/note.txt: ${refused}\n/data/linked: ${refused}\n(exited with 1)`,
    );
    assert.equal(readFileSync(join(folder, 'inside', 'note.txt'), 'utf8'), 'a note');
    assert.deepEqual(readdirSync(join(folder, 'inside')).sort(), ['absolute', 'note.txt', 'relative']);
  });

  it('sees only the given environment', async () => {
    process.env.FRESH_INSTANCE_SECRET = 'a secret';
    try {
      assert.equal(
        await run('getenv', { args: ['FRESH_INSTANCE_SECRET', 'PATH', 'GIVEN'], env: { GIVEN: 'a gift' } }),
        'FRESH_INSTANCE_SECRET is not set\nPATH is not set\nGIVEN=a gift\n(returned ok)',
      );
    } finally {
      delete process.env.FRESH_INSTANCE_SECRET;
    }
  });

  it('connects only with the network granted', async () => {
    const heard: string[] = [];
    const server = createServer((socket) => {
      socket.on('error', () => undefined);
      socket.on('data', (bytes) => heard.push(bytes.toString('utf8')));
      socket.end('hello from the host\n');
    });
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
    try {
      const args = ['127.0.0.1', String((server.address() as AddressInfo).port)];
      assert.equal(await run('connect', { args }), 'connect: access-denied\n(exited with 1)');
      assert.deepEqual(heard, []);
      assert.match(
        await run('connect', { args, network: true }),
        /^connected\nanswer: hello from the host\n/,
      );
      // The bytes may still be on their way when the guest has ended.
      assert.ok(await eventually(() => heard.length > 0, 5000));
      assert.deepEqual(heard, ['hello from the guest\n']);
    } finally {
      server.close();
    }
  });
});
