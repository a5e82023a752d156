import assert from 'node:assert/strict';
import { Dispatcher } from '../../../src/serve/dispatcher';
import { policyFor, type ReusePolicy } from '../../../src/serve/policy';

function dispatcher(isWasi03: boolean, asked: Partial<ReusePolicy> = {}, runners = 2): Dispatcher {
  const policy = policyFor(isWasi03, asked);
  const made = new Dispatcher(() => policy);
  for (let number = 1; number <= runners; number++) made.addRunner(number);
  return made;
}

describe('the dispatcher', () => {
  it('makes an instance for each request of WASI 0.2, in the runner with the fewest', () => {
    const requests = dispatcher(false);
    assert.deepEqual(
      [requests.take(), requests.take()],
      [
        { runner: 1, instance: 1, only: true },
        { runner: 2, instance: 2, only: true },
      ],
    );
    assert.equal(requests.release(1), 'ended');
  });

  it('fills an instance of WASI 0.3 before it makes another one', () => {
    const requests = dispatcher(true, { maxInstanceConcurrentReuseCount: 2 });
    const places = [1, 2, 3].map(() => requests.take()?.instance);
    assert.deepEqual(places, [1, 1, 2]);
  });

  it('ends an instance with the last request that it may answer', () => {
    const requests = dispatcher(true, { maxInstanceReuseCount: 2 });
    const ends = [];
    for (let time = 0; time < 3; time++) {
      const place = requests.take();
      ends.push(requests.release(place?.instance ?? 0));
    }
    assert.deepEqual(ends, ['idle', 'ended', 'idle']);
  });

  it('never gives an instance of WASI 0.2 two requests at once', () => {
    const requests = dispatcher(false, { maxInstanceReuseCount: 9, maxInstanceConcurrentReuseCount: 9 });
    assert.notEqual(requests.take()?.instance, requests.take()?.instance);
  });

  it('gives a retired instance nothing more', () => {
    const requests = dispatcher(true);
    assert.equal(requests.take()?.instance, 1);
    assert.equal(requests.retire(1), false);
    assert.equal(requests.take()?.instance, 2);
    assert.equal(requests.release(1), 'ended');
  });

  it('gives nothing to a runner that leaves', () => {
    const requests = dispatcher(true);
    requests.take();
    requests.removeRunner(1);
    assert.equal(requests.take()?.runner, 2);
    assert.equal(requests.runningIn(1), 1);
  });

  it('has no place without a runner', () => {
    assert.equal(dispatcher(true, {}, 0).take(), undefined);
  });
});

describe('the reuse policy', () => {
  it('has the defaults of wasmtime serve, but one request at once on an instance', () => {
    const { maxInstanceReuseCount, maxInstanceConcurrentReuseCount, idleInstanceTimeoutMs } = policyFor(
      true,
      {},
    );
    assert.deepEqual(
      [maxInstanceReuseCount, maxInstanceConcurrentReuseCount, idleInstanceTimeoutMs],
      [128, 1, 1000],
    );
    assert.equal(policyFor(false, {}).maxInstanceReuseCount, 1);
  });
});
