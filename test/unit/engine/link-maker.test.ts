import assert from 'node:assert/strict';
import {
  lstatSync,
  mkdirSync,
  readdirSync,
  readlinkSync,
  renameSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { setImmediate as turn } from 'node:timers/promises';
import { LinkMaker } from '../../../src/engine/link-maker';
import { temporaryFolder } from '../../support/temporary-folder';

describe('the maker of symbolic links', () => {
  let folder: string;
  let inside: string;
  let maker: LinkMaker;

  before(function () {
    if (process.platform !== 'linux') this.skip();
  });

  beforeEach(() => {
    folder = temporaryFolder();
    inside = join(folder, 'inside');
    mkdirSync(join(inside, 'deep'), { recursive: true });
    mkdirSync(join(folder, 'outside'));
    mkdirSync(join(folder, 'inside-not'));
    mkdirSync(join(folder, 'read'));
    writeFileSync(join(folder, 'outside', 'secret.txt'), 'a secret');
    symlinkSync('../outside', join(inside, 'out'));
    symlinkSync('inside', join(folder, 'alias'));
    maker = makerOf(join(folder, 'alias'));
  });

  const makerOf = (host: string): LinkMaker =>
    new LinkMaker([
      { host, guest: '/data', readOnly: false },
      { host: join(folder, 'read'), guest: '/read', readOnly: true },
    ]);
  const make = (target: string, ...path: readonly string[]) => maker.make({ path: path.join('/'), target });

  it('makes a link inside of a grant, also by the name of a link to it', async () => {
    assert.equal(await make('deep/file', inside, 'one'), undefined);
    assert.equal(await make('file', folder, 'alias', 'deep', 'two'), undefined);
    assert.equal(readlinkSync(join(inside, 'one')), 'deep/file');
    assert.equal(readlinkSync(join(inside, 'deep', 'two')), 'file');
  });

  const refused: readonly (readonly [string, string, string])[] = [
    ['an absolute target', '/etc/passwd', 'inside/made'],
    ['a target above its folder', '../note.txt', 'inside/deep/made'],
    ['a target that goes down and up', 'deep/../../outside', 'inside/made'],
    ['a target with backslashes', 'deep\\..\\..\\outside', 'inside/made'],
    ['a target with NUL', 'deep\0', 'inside/made'],
    ['a target that leads out over a link of the user', 'out/secret.txt', 'inside/made'],
    ['a path outside', 'file', 'outside/made'],
    ['a path that begins like the grant', 'file', 'inside-not/made'],
    ['a path that leads out by `..`', 'file', 'inside/../outside/made'],
    ['a path that leads out over a link of the user', 'file', 'inside/out/made'],
    ['a path in a read-only grant', 'file', 'read/made'],
  ];
  for (const [what, target, path] of refused) {
    it(`refuses ${what}`, async () => {
      assert.equal(await make(target, folder, path), 'EPERM');
      for (const place of ['outside', 'inside-not', 'read', 'inside', 'inside/deep'])
        assert.ok(!readdirSync(join(folder, place)).includes('made'), place);
    });
  }

  it('refuses a relative path and a name that is none', async () => {
    assert.equal(await make('file', 'made'), 'EPERM');
    assert.equal(await make('file', inside, '..'), 'EPERM');
    assert.equal(await make('file', inside, '.'), 'EPERM');
  });

  it('tells why a link cannot be made', async () => {
    assert.equal(await make('file', inside, 'deep'), 'EEXIST');
    assert.equal(await make('file', inside, 'none', 'made'), 'ENOENT');
    assert.equal(await make('', inside, 'made'), 'ENOENT');
    writeFileSync(join(inside, 'file'), '');
    assert.equal(await make('file', inside, 'file', 'made'), 'ENOTDIR');
    assert.equal(await make('file', inside, 'x'.repeat(300)), 'ENAMETOOLONG');
  });

  it('makes nothing outside when the grant itself is replaced by a link', async () => {
    const strict = makerOf(inside);
    renameSync(inside, join(folder, 'moved'));
    symlinkSync('outside', inside);
    assert.equal(await strict.make({ path: join(inside, 'made'), target: 'file' }), 'EPERM');
    assert.deepEqual(readdirSync(join(folder, 'outside')), ['secret.txt']);
  });

  it('makes nothing outside while folders on the way are replaced by links', async () => {
    const swaps = { ended: false };
    const swapping = (async () => {
      for (let swap = 0; !swaps.ended; swap++) {
        renameSync(join(inside, 'deep'), join(inside, 'kept'));
        renameSync(join(inside, 'out'), join(inside, 'deep'));
        if (swap % 2 === 0) await turn();
        renameSync(join(inside, 'deep'), join(inside, 'out'));
        renameSync(join(inside, 'kept'), join(inside, 'deep'));
        if (swap % 3 === 0) await turn();
      }
    })();
    const codes = new Set<string | undefined>();
    for (let link = 0; link < 300; link++)
      codes.add(await make('file', inside, 'deep', `made-${String(link)}`));
    swaps.ended = true;
    await swapping;
    assert.deepEqual(readdirSync(join(folder, 'outside')), ['secret.txt']);
    assert.ok(codes.has(undefined), 'none was made');
    assert.ok(codes.has('EPERM'), 'no folder was replaced in time');
    for (const name of readdirSync(join(inside, 'deep')))
      assert.ok(lstatSync(join(inside, 'deep', name)).isSymbolicLink());
  });
});
