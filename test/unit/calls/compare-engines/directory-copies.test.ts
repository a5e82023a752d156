import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readFileSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { copyLimits, DirectoryCopies } from '../../../../src/calls/compare-engines/directory-copies';
import type { DirectoryGrant } from '../../../../src/instance/profile';
import { temporaryFolder } from '../../../support/temporary-folder';

const grant = (host: string, guest: string, readOnly = false): DirectoryGrant => ({ host, guest, readOnly });

async function copiesOf(...dirs: readonly DirectoryGrant[]): Promise<DirectoryCopies> {
  const planned = await DirectoryCopies.plan(dirs);
  assert.ok(planned.ok);
  return planned.value;
}

describe('copies of directories that guests can write to', () => {
  it('are new for each turn, tell what is in them, and go', async () => {
    const host = temporaryFolder();
    mkdirSync(join(host, 'in'));
    writeFileSync(join(host, 'in', 'a.txt'), 'a');
    symlinkSync('a.txt', join(host, 'in', 'link'));
    const copies = await copiesOf(grant(host, '/d'));
    const turn = await copies.make();
    const [copy] = turn.dirs;
    assert.ok(copy !== undefined && copy.host !== host);
    writeFileSync(join(copy.host, 'in', 'a.txt'), 'changed');
    const found = await turn.snapshot();
    assert.deepEqual([...(found?.keys() ?? [])].sort(), ['/d/in', '/d/in/a.txt', '/d/in/link']);
    assert.deepEqual(found?.get('/d/in/link'), { kind: 'link', target: 'a.txt' });
    await turn.dispose();
    assert.equal(existsSync(copy.host), false);
    assert.equal(readFileSync(join(host, 'in', 'a.txt'), 'utf8'), 'a');
  });

  it('are not made of directories that can only be read', async () => {
    const host = temporaryFolder();
    const copies = await copiesOf(grant(host, '/d', true));
    assert.equal(copies.areAny, false);
    assert.deepEqual((await copies.make()).dirs, [grant(host, '/d', true)]);
  });

  it('show a directory within another in the same copy', async () => {
    const host = temporaryFolder();
    mkdirSync(join(host, 'out'));
    const turn = await (await copiesOf(grant(host, '/all', true), grant(join(host, 'out'), '/out'))).make();
    const [all, out] = turn.dirs;
    assert.ok(all !== undefined && out !== undefined);
    assert.deepEqual([out.host, all.readOnly], [join(all.host, 'out'), true]);
    writeFileSync(join(out.host, 'new'), '');
    assert.deepEqual([...((await turn.snapshot())?.keys() ?? [])], ['/out/new']);
    await turn.dispose();
  });

  it('are refused for a directory that is too large, or not there', async () => {
    const host = temporaryFolder();
    writeFileSync(join(host, 'large'), '');
    truncateSync(join(host, 'large'), copyLimits.bytes + 1);
    assert.deepEqual(await DirectoryCopies.plan([grant(host, '/d')]), {
      ok: false,
      error: { type: 'directory-too-large', host },
    });
    const gone = await DirectoryCopies.plan([grant(join(host, 'gone'), '/d')]);
    assert.ok(!gone.ok && gone.error.type === 'directory-unreadable');
  });
});
