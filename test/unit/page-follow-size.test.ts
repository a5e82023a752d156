import assert from 'node:assert/strict';
import { followSize } from '../../src/page/webview/follow-size';

describe('a picture of the page', () => {
  const follow = () => {
    const done: string[] = [];
    const place = { isConnected: true, clientWidth: 300 };
    const changed = followSize(
      place,
      (width) => done.push(`draw ${String(width)}`),
      () => done.push('end'),
    );
    const resized = () => {
      changed([], { disconnect: () => done.push('disconnect') });
    };
    return { place, resized, done };
  };

  it('is drawn in each width of its place, and not while that has none', () => {
    const { place, resized, done } = follow();
    resized();
    place.clientWidth = 0;
    resized();
    place.clientWidth = 500;
    resized();
    assert.deepEqual(done, ['draw 300', 'draw 500']);
  });

  it('ends when its place has left the page, and is drawn no more', () => {
    const { place, resized, done } = follow();
    resized();
    Object.assign(place, { isConnected: false, clientWidth: 0 });
    resized();
    assert.deepEqual(done, ['draw 300', 'disconnect', 'end']);
  });
});
