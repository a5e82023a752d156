import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { LensChanges } from '../../../src/editor/common/lens-changes';

describe('telling VS Code that lenses have changed', () => {
  let changes: LensChanges;
  /** When VS Code was told, in ms. */
  let told: number[];

  beforeEach(() => {
    changes = new LensChanges();
    told = [];
    changes.event(() => told.push(performance.now()));
  });

  afterEach(() => {
    changes.dispose();
  });

  async function toldTimes(times: number): Promise<void> {
    while (told.length < times) await sleep(20);
  }

  it('is done again when all is quiet, since VS Code forgets it where the editor loses the focus', async () => {
    changes.note();
    assert.deepEqual(told, []);
    await toldTimes(2);
    await sleep(600);
    assert.equal(told.length, 2);
  });

  it('leaves VS Code the time to ask while changes go on', async () => {
    const going = setInterval(changes.note, 10);
    await toldTimes(3);
    clearInterval(going);
    const [first = 0, second = 0, third = 0] = told;
    assert.ok(second - first > 375 && third - second > 375, told.join());
  });

  it('ends with its owner', async () => {
    changes.note();
    changes.dispose();
    await sleep(200);
    assert.deepEqual(told, []);
  });
});
