import assert from 'node:assert/strict';
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { confine } from '../../../src/runner/shim/confine';
import { directories3 } from '../../../src/runner/shim/directories3';
import { temporaryFolder } from '../../support/temporary-folder';

/** A descriptor as the 0.3 interfaces have it, as far as these tests call it. */
interface Descriptor {
  openAt(pathFlags: object, path: string, openFlags: object, flags: object): Promise<Descriptor>;
  statAt(pathFlags: object, path: string): Promise<{ size: bigint }>;
  symlinkAt(target: string, path: string): Promise<void>;
  unlinkFileAt(path: string): Promise<void>;
}

const follow = { symlinkFollow: true };

describe('the way of a path through a granted directory', () => {
  let folder: string;
  let root: string;

  before(() => {
    folder = temporaryFolder();
    root = join(folder, 'granted');
    mkdirSync(join(root, 'inner'), { recursive: true });
    writeFileSync(join(folder, 'outside.txt'), 'not for guests');
    writeFileSync(join(root, 'inner', 'note.txt'), 'a note');
    symlinkSync('inner/note.txt', join(root, 'to-note'));
    symlinkSync('..', join(root, 'up'));
    symlinkSync('up', join(root, 'to-up'));
    symlinkSync('/', join(root, 'absolute'));
    symlinkSync('../to-note', join(root, 'inner', 'back'));
    symlinkSync('circle', join(root, 'circle'));
  });

  const way = (path: string, followLast = true): string => {
    try {
      return confine({ root, names: [] }, path, followLast, (code) => {
        throw new Error(code);
      }).names.join('/');
    } catch (error) {
      return error instanceof Error ? error.message : String(error);
    }
  };

  const ways: readonly (readonly [string, string])[] = [
    ['inner/note.txt', 'inner/note.txt'],
    ['./inner//../to-note', 'inner/note.txt'],
    ['inner/back', 'inner/note.txt'],
    ['not/there/yet', 'not/there/yet'],
    ['', ''],
    ['..', 'not-permitted'],
    ['inner/../../outside.txt', 'not-permitted'],
    ['up/outside.txt', 'not-permitted'],
    ['to-up/outside.txt', 'not-permitted'],
    ['absolute/etc/passwd', 'not-permitted'],
    ['/etc/passwd', 'not-permitted'],
    ['\\etc\\passwd', 'not-permitted'],
    ['circle', 'loop'],
  ];
  for (const [path, expected] of ways) {
    it(`${JSON.stringify(path)}: ${expected || 'the directory itself'}`, () => {
      assert.equal(way(path), expected);
    });
  }

  it('ends at a link that is not followed', () => {
    assert.equal(way('up', false), 'up');
  });

  it('keeps a guest of WASI 0.3 inside, also behind two links', async () => {
    const made = directories3([
      { host: root, guest: '/data', readOnly: false },
      { host: join(root, 'inner'), guest: '/read', readOnly: true },
    ]);
    const preopens = made['wasi3:filesystem/preopens'] as {
      getDirectories(): [Descriptor, string][];
    };
    const [[data], [read]] = preopens.getDirectories() as [[Descriptor, string], [Descriptor, string]];
    const codeOf = async (attempt: Promise<unknown>): Promise<unknown> =>
      attempt.then(
        () => 'ok',
        (error: unknown) => (error as { payload?: { tag?: string } }).payload?.tag ?? error,
      );
    assert.equal((await data.statAt(follow, 'to-note')).size, 6n);
    for (const path of ['up/outside.txt', 'to-up/outside.txt', '../outside.txt', 'absolute/etc/passwd']) {
      assert.equal(await codeOf(data.statAt(follow, path)), 'not-permitted', path);
      assert.equal(await codeOf(data.openAt(follow, path, {}, { read: true })), 'not-permitted', path);
    }
    const inner = await data.openAt(follow, 'inner', { directory: true }, { read: true });
    assert.equal(await codeOf(inner.statAt(follow, 'note.txt')), 'ok');
    // The shim holds a path to the directory that it starts from, as WASI wants it; a link may not leave that either.
    assert.equal(await codeOf(inner.statAt(follow, 'back')), 'not-permitted');
    assert.equal(await codeOf(inner.statAt(follow, '../../outside.txt')), 'not-permitted');
    assert.equal(await codeOf(data.symlinkAt('../outside.txt', 'made')), 'not-permitted');
    assert.equal(await codeOf(data.symlinkAt('inner/note.txt', 'made')), 'ok');
    assert.equal(await codeOf(data.unlinkFileAt('made')), 'ok');
    assert.equal(await codeOf(read.statAt(follow, 'note.txt')), 'ok');
    assert.equal(await codeOf(read.unlinkFileAt('note.txt')), 'read-only');
    assert.equal(await codeOf(read.openAt(follow, 'new', { create: true }, { write: true })), 'read-only');
  });
});
