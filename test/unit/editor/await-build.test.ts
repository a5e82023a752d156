import assert from 'node:assert/strict';
import { rmSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { awaitBuild, isBeingBuilt } from '../../../src/editor/components/await-build';
import type { KnownComponent } from '../../../src/editor/components/known-component';
import { readContent } from '../../../src/editor/components/read-content';
import { temporaryFolder } from '../../support/temporary-folder';

/** The smallest component there is. */
const whole = Buffer.from([0, 0x61, 0x73, 0x6d, 0x0d, 0, 1, 0]);
const half = whole.subarray(0, 6);
const patienceMs = 600;

describe('a component that a build is writing', () => {
  let folder: string;
  let path: string;
  beforeEach(() => {
    folder = temporaryFolder();
    path = join(folder, 'hello.wasm');
  });

  const load = async (file: string): Promise<KnownComponent> => ({
    path: file,
    name: 'hello.wasm',
    content: await readContent(file),
  });

  /** Waits for the build that has left the file as it is now, and gives what was read last, with how long it took. */
  async function waited(signal = new AbortController().signal): Promise<[string, number]> {
    const before = performance.now();
    const { content } = await awaitBuild(await load(path), load, signal, patienceMs);
    return [content.type === 'problem' ? content.error.code : content.type, performance.now() - before];
  }

  it('is known by what it lacks, if that was written or taken away just now', async () => {
    const minuteAgo = Date.now() / 1000 - 60;
    assert.equal(isBeingBuilt(await load(path)), true); // its folder is new
    for (const bytes of [Buffer.alloc(0), half, Buffer.alloc(100)]) {
      writeFileSync(path, bytes);
      assert.equal(isBeingBuilt(await load(path)), true);
      utimesSync(path, minuteAgo, minuteAgo);
      assert.equal(isBeingBuilt(await load(path)), false);
    }
    writeFileSync(path, whole);
    assert.equal(isBeingBuilt(await load(path)), false);
    rmSync(path);
    utimesSync(folder, minuteAgo, minuteAgo);
    assert.equal(isBeingBuilt(await load(path)), false);
  });

  it('is read when it is whole', async () => {
    writeFileSync(path, '');
    setTimeout(() => {
      writeFileSync(path, whole);
    }, 300);
    const [found, ms] = await waited();
    assert.equal(found, 'component');
    assert.ok(ms < patienceMs, String(ms));
  });

  it('is waited for as long as it changes', async () => {
    writeFileSync(path, '');
    setTimeout(() => {
      writeFileSync(path, half);
    }, 400);
    setTimeout(() => {
      rmSync(path);
    }, 800);
    setTimeout(() => {
      writeFileSync(path, whole);
    }, 1200);
    assert.equal((await waited())[0], 'component');
  });

  it('is told as it is if nobody changes it any more', async () => {
    writeFileSync(path, '');
    const [found, ms] = await waited();
    assert.equal(found, 'empty');
    assert.ok(ms >= patienceMs, String(ms));
  });

  it('is waited for no longer than the user likes', async () => {
    writeFileSync(path, half);
    const [found, ms] = await waited(AbortSignal.timeout(200));
    assert.equal(found, 'invalid');
    assert.ok(ms < patienceMs, String(ms));
  });
});
