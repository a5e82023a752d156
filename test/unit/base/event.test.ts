import assert from 'node:assert/strict';
import { DisposableStore } from '../../../src/base/disposable';
import { Emitter } from '../../../src/base/event';

describe('an emitter', () => {
  it('lets one failing listener not keep the others from hearing', () => {
    const errors: unknown[] = [];
    const emitter = new Emitter<string>((error) => errors.push(error));
    const heard: string[] = [];
    const fault = new Error('a fault in a view');
    emitter.event(() => {
      throw fault;
    });
    emitter.event((event) => heard.push(event));
    emitter.fire('change');
    assert.deepEqual(heard, ['change']);
    assert.deepEqual(errors, [fault]);
  });

  it('calls a function that is registered twice twice, and takes it off one at a time', () => {
    const emitter = new Emitter<string>();
    const heard: string[] = [];
    const listener = (event: string) => heard.push(event);
    const first = emitter.event(listener);
    emitter.event(listener);
    emitter.fire('a');
    first.dispose();
    emitter.fire('b');
    assert.deepEqual(heard, ['a', 'a', 'b']);
  });
});

describe('a store of disposables', () => {
  it('disposes in the reverse order of making', () => {
    const order: string[] = [];
    const store = new DisposableStore();
    for (const name of ['engine', 'view', 'commands']) store.add({ dispose: () => order.push(name) });
    store.dispose();
    assert.deepEqual(order, ['commands', 'view', 'engine']);
  });

  it('disposes all even if some throw, then throws what was thrown', () => {
    const order: string[] = [];
    const store = new DisposableStore();
    const fault = new Error('a fault');
    store.add({ dispose: () => order.push('engine') });
    store.add({
      dispose: () => {
        throw fault;
      },
    });
    assert.throws(() => store.dispose(), fault);
    assert.deepEqual(order, ['engine']);
  });

  it('disposes at once what is added too late', () => {
    let disposed = false;
    const store = new DisposableStore();
    store.dispose();
    store.add({ dispose: () => (disposed = true) });
    assert.equal(disposed, true);
  });
});
