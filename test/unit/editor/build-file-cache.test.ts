import assert from 'node:assert/strict';
import { BuildFileCache, buildFileNames } from '../../../src/editor/components/build-file-cache';

/** A cache over files in memory, and the paths that it has read. */
function cacheOver(files: Record<string, string>): {
  readonly cache: BuildFileCache;
  readonly reads: string[];
} {
  const reads: string[] = [];
  const cache = new BuildFileCache((path) => {
    reads.push(path);
    return Promise.resolve(files[path]);
  });
  return { cache, reads };
}

describe('The cache of build files', () => {
  it('finds the files beside a source and in the folders above it, nearest first', async () => {
    const { cache } = cacheOver({
      '/w/Makefile': 'a.wasm: a.c',
      '/w/app/src/build.sh': 'clang a.c -o a.wasm',
      '/w/other/Makefile': '',
      '/package.json': '{}',
    });
    assert.deepEqual(await cache.filesAbove('/w/app/src/a.c', '/w'), [
      { path: '/w/app/src/build.sh', text: 'clang a.c -o a.wasm' },
      { path: '/w/Makefile', text: 'a.wasm: a.c' },
    ]);
  });

  it('does not take a folder with the same beginning for one inside the root', async () => {
    const { cache, reads } = cacheOver({ '/work/Makefile': '' });
    assert.deepEqual(await cache.filesAbove('/work/a.c', '/w'), []);
    assert.deepEqual(reads, []);
  });

  it('reads an unchanged folder once, also for two questions at the same time', async () => {
    const { cache, reads } = cacheOver({ '/w/Makefile': 'a' });
    await Promise.all([cache.filesAbove('/w/a.c', '/w'), cache.filesAbove('/w/b.c', '/w')]);
    assert.deepEqual(await cache.filesAbove('/w/c.c', '/w'), [{ path: '/w/Makefile', text: 'a' }]);
    assert.deepEqual(
      reads,
      buildFileNames.map((name) => `/w/${name}`),
    );
  });

  it('reads a folder again after a change of one of its files, and no other folder', async () => {
    const files: Record<string, string> = { '/w/src/Makefile': 'old' };
    const { cache, reads } = cacheOver(files);
    await cache.filesAbove('/w/src/a.c', '/w');
    files['/w/src/Makefile'] = 'new';
    reads.length = 0;
    cache.drop('/w/src/Makefile');
    assert.deepEqual(await cache.filesAbove('/w/src/a.c', '/w'), [{ path: '/w/src/Makefile', text: 'new' }]);
    assert.deepEqual(
      reads,
      buildFileNames.map((name) => `/w/src/${name}`),
    );
  });

  it('does not hold what it read of a file that changed during the reading', async () => {
    const answers = ['old', 'new'];
    let release = (): void => undefined;
    const held = new Promise<void>((resolve) => (release = resolve));
    const cache = new BuildFileCache(async (path) => {
      if (!path.endsWith('/Makefile')) return undefined;
      const text = answers.shift();
      if (text === 'old') await held;
      return text;
    });
    const first = cache.filesAbove('/w/a.c', '/w');
    cache.drop('/w/Makefile');
    release();
    await first;
    assert.deepEqual(await cache.filesAbove('/w/a.c', '/w'), [{ path: '/w/Makefile', text: 'new' }]);
  });
});
