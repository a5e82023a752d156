import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { readSizes } from '../../../src/component/anatomy/read-sizes';
import { readOverview } from '../../../src/component/anatomy/read-overview';
import { pageSizes } from '../../../src/editor/pages/page-sizes';
import { pageStructure } from '../../../src/editor/pages/page-structure';
import { SizeHistory } from '../../../src/editor/pages/size-history';
import { fixture } from '../../fixtures';

const bytesOf = (name: string) => readFileSync(fixture(name));

describe('the sizes of a page', () => {
  it('add up to the file, part by part', async () => {
    const { items, fileBytes } = await pageSizes(readSizes(bytesOf('hello')));
    const parts = items.filter(({ group }) => group !== 'origin');
    const leaves = parts.filter((_item, index) => parts.every(({ parent }) => parent !== index));
    assert.equal(
      leaves.reduce((sum, { bytes }) => sum + bytes, 0),
      fileBytes,
    );
  });

  it('name the core module and the function that can be opened as text', async () => {
    const { items } = await pageSizes(readSizes(bytesOf('hello')));
    const malloc = items.find(({ name }) => name === 'dlmalloc');
    assert.equal(malloc?.module, 0);
    assert.ok((malloc.func ?? 0) > 0);
    assert.equal(items.find(({ label }) => label === 'core module 1')?.module, 1);
  });

  it('tell what has changed since the build before, and nothing of a first build', async () => {
    const history = new SizeHistory();
    const [first, second] = [readSizes(bytesOf('hello')), readSizes(bytesOf('counter'))];
    assert.equal(history.note('/a.wasm', 1, first), undefined);
    const earlier = history.note('/a.wasm', 2, second);
    const { changes } = await pageSizes(second, earlier);
    assert.match(changes[0] ?? '', /^[+−].* since the build of /);
    assert.ok(changes.length > 1);
    assert.deepEqual(
      history.note('/a.wasm', 2, second)?.table,
      first,
      'a page that is opened later tells it, too',
    );
  });
});

describe('the structure of a page', () => {
  it('has a picture for each component, in which each edge joins two boxes', () => {
    const { structure } = readOverview(bytesOf('composed'));
    assert.ok(structure !== null);
    const part = pageStructure(structure);
    assert.deepEqual(
      part?.scopes.map(({ title }) => title),
      ['component 0', 'source', 'double', 'increment'],
    );
    const ids = new Set(part.nodes.map(({ id }) => id));
    assert.ok(part.edges.length >= 6);
    for (const { from, to } of part.edges) assert.ok(ids.has(from) && ids.has(to), `${from} → ${to}`);
  });

  it('is left out of a WIT package, which has nothing but types', () => {
    const { structure } = readOverview(bytesOf('wit-package'));
    assert.equal(structure && pageStructure(structure), null);
  });
});
