import assert from 'node:assert/strict';
import { IdleList } from '../../../src/engine/idle-list';

describe('an idle list', () => {
  it('gives up what was not taken in time, and only that', async () => {
    const ended: string[] = [];
    const list = new IdleList<string>((value) => ended.push(value));
    list.add('key', 'taken', 5);
    list.add('key', 'late', 5);
    assert.equal(list.take('key'), 'taken');
    await new Promise((resolve) => setTimeout(resolve, 30));
    assert.deepEqual([ended, list.values], [['late'], []]);
  });

  it('takes the first one of a key that can be used', () => {
    const list = new IdleList<string>(() => undefined);
    for (const value of ['a', 'b', 'c']) list.add('key', value, 60_000);
    assert.equal(
      list.take('key', (value) => value !== 'a'),
      'b',
    );
    assert.equal(list.take('other'), undefined);
    assert.deepEqual(list.clear(), ['a', 'c']);
  });

  it('gives up the first ones until the rest fits', () => {
    const ended: string[] = [];
    const list = new IdleList<string>((value) => ended.push(value));
    for (const value of ['a', 'b', 'c']) list.add(value, value, 60_000);
    list.trim((rest) => rest.length <= 1);
    assert.deepEqual([ended, list.values, list.has('c')], [['a', 'b'], ['c'], true]);
    list.clear();
  });
});
