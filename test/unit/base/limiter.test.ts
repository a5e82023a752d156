import assert from 'node:assert/strict';
import { Limiter } from '../../../src/base/limiter';

describe('lanes', () => {
  it('work on so many pieces at a time, begin them in order, and pass failures on', async () => {
    const lanes = new Limiter(2);
    const begun: number[] = [];
    let busy = 0;
    let busiest = 0;
    const work = (number: number) => async () => {
      begun.push(number);
      busy += 1;
      busiest = Math.max(busiest, busy);
      await new Promise((resolve) => setTimeout(resolve, 5 * (4 - number)));
      busy -= 1;
      if (number === 1) throw new Error('one');
      return number;
    };
    const ended = await Promise.allSettled([0, 1, 2, 3].map((number) => lanes.run(work(number))));
    assert.deepEqual(
      ended.map((end) => (end.status === 'fulfilled' ? end.value : 'failed')),
      [0, 'failed', 2, 3],
    );
    assert.deepEqual([begun, busiest], [[0, 1, 2, 3], 2]);
  });
});
