import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import {
  readFileSync,
  readdirSync,
  statSync,
  truncateSync,
  unlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { ArtifactCache, filesOf, type Fill } from '../../../src/engine/artifact-cache';
import { manifestFormat } from '../../../src/engine/manifest';
import type { Build } from '../../../src/instance/registry';
import { temporaryFolder } from '../../support/temporary-folder';

const content = Buffer.from('(function () {})');

function build(name: string): Build {
  return {
    path: `/somewhere/${name}.wasm`,
    sha256: createHash('sha256').update(name).digest('hex'),
    modifiedAt: 0,
    sizeBytes: 8,
  };
}

describe('the cache of transpiled components', () => {
  let root: string;
  let fills: number;

  /** Puts one file there, of a kilobyte as far as the manifest is concerned. */
  const fill: Fill = (folder) => {
    fills += 1;
    writeFileSync(join(folder, 'glue.js'), content);
    const sha256 = createHash('sha256').update(content).digest('hex');
    const files = [{ name: 'glue.js', role: 'glue' as const, sizeBytes: content.length, sha256 }];
    return Promise.resolve({ format: manifestFormat, files, imports: [], exports: [], async: false });
  };
  const get = (name: string, maxBytes?: number) =>
    new ArtifactCache(root, 'v8', maxBytes).get(build(name), 'plain', fill);

  beforeEach(() => {
    root = temporaryFolder();
    fills = 0;
  });

  it('makes the folders on the way to it', async () => {
    const deep = join(root, 'not', 'there', 'yet');
    const { folder } = await new ArtifactCache(deep, 'v8').get(build('hello'), 'plain', fill);
    assert.deepEqual(readdirSync(folder).sort(), ['glue.js', 'manifest.json']);
  });

  it('is readable by its owner only, since its files are executed', async () => {
    const { folder } = await new ArtifactCache(join(root, 'mine'), 'v8').get(build('hello'), 'plain', fill);
    // Windows has other means, which the folder inherits.
    const closed = process.platform === 'win32' ? statSync(folder).mode & 0o777 : 0o700;
    assert.equal(statSync(folder).mode & 0o777, closed);
    assert.equal(statSync(join(root, 'mine')).mode & 0o777, closed);
  });

  it('says so where no folder can be made, and does not try for ever', async () => {
    await assert.rejects(new ArtifactCache('/proc/nowhere/cache', 'v8').get(build('hello'), 'plain', fill), {
      failure: {
        code: 'cache-unwritable',
        folder: '/proc/nowhere/cache',
        words: 'ENOENT: no such file or directory',
      },
    });
    const file = join(root, 'file');
    writeFileSync(file, '');
    await assert.rejects(new ArtifactCache(join(file, 'cache'), 'v8').get(build('hello'), 'plain', fill), {
      failure: { code: 'cache-unwritable', folder: join(file, 'cache'), words: 'ENOTDIR: not a directory' },
    });
    assert.equal(fills, 0);
  });

  it('makes a component once, also for the next process', async () => {
    const first = await get('hello');
    const second = await get('hello');
    assert.equal(fills, 1);
    assert.equal(second.folder, first.folder);
    assert.deepEqual(filesOf(second, 'glue'), [{ name: 'glue.js', path: join(second.folder, 'glue.js') }]);
  });

  it('shares the work of calls at the same time', async () => {
    const cache = new ArtifactCache(root, 'v8');
    await Promise.all([1, 2, 3].map(() => cache.get(build('hello'), 'plain', fill)));
    assert.equal(fills, 1);
  });

  it('keeps variants and other JS engines apart', async () => {
    await get('hello');
    await new ArtifactCache(root, 'v8').get(build('hello'), 'limited', fill);
    await new ArtifactCache(root, 'another v8').get(build('hello'), 'plain', fill);
    assert.equal(fills, 3);
  });

  const damages: readonly (readonly [string, (folder: string) => void])[] = [
    ['is cut short', (folder) => truncateSync(join(folder, 'glue.js'), 3)],
    [
      'has another content of the same length',
      (folder) => writeFileSync(join(folder, 'glue.js'), '(function ()!{})'),
    ],
    ['is gone', (folder) => unlinkSync(join(folder, 'glue.js'))],
    ['has no manifest', (folder) => unlinkSync(join(folder, 'manifest.json'))],
    ['has half a manifest', (folder) => truncateSync(join(folder, 'manifest.json'), 20)],
  ];
  for (const [what, damage] of damages) {
    it(`heals itself when a file ${what}`, async () => {
      const { folder } = await get('hello');
      damage(folder);
      const healed = await get('hello');
      assert.equal(fills, 2);
      assert.deepEqual(readFileSync(join(healed.folder, 'glue.js')), content);
    });
  }

  it('leaves nothing behind when making fails, and tries again', async () => {
    const cache = new ArtifactCache(root, 'v8');
    await assert.rejects(
      cache.get(build('hello'), 'plain', () => Promise.reject(new Error('no'))),
      /no/,
    );
    assert.deepEqual(readdirSync(root), []);
    await cache.get(build('hello'), 'plain', fill);
    assert.equal(fills, 1);
  });

  it('takes what another window made in the meantime', async () => {
    const other = new ArtifactCache(root, 'v8');
    const late: Fill = async (folder) => {
      await other.get(build('hello'), 'plain', fill);
      return fill(folder);
    };
    const made = await new ArtifactCache(root, 'v8').get(build('hello'), 'plain', late);
    assert.deepEqual(readdirSync(root).length, 1);
    assert.deepEqual(readFileSync(join(made.folder, 'glue.js')), content);
  });

  it('drops what was not used for the longest time when it outgrows its bound', async () => {
    const old = await get('old');
    const used = await get('used');
    utimesSync(join(old.folder, 'manifest.json'), 1000, 1000);
    utimesSync(join(used.folder, 'manifest.json'), 500, 500);
    await get('used');
    const bound = 2 * content.length;
    const young = await get('young', bound);
    assert.deepEqual(
      readdirSync(root).sort(),
      [used.folder, young.folder].map((folder) => folder.slice(root.length + 1)).sort(),
    );
  });
});
