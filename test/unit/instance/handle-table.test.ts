import assert from 'node:assert/strict';
import { err, ok } from '../../../src/base/result';
import type { HandleType } from '../../../src/component/wave/handles';
import { HandleTable } from '../../../src/instance/handle-table';

const counter = { name: 'counter' };
const own: HandleType = { kind: 'own', resource: counter };
const borrow: HandleType = { kind: 'borrow', resource: counter };
const stream: HandleType = { kind: 'stream', element: { kind: 'u8' } };
const other: HandleType = { kind: 'own', resource: { name: 'stream' } };

describe('the handles of an instance', () => {
  it('have the number that the result shows, and stand for the same value again', () => {
    const table = new HandleTable();
    const value = { $handle: 3, resource: 'Counter' };
    assert.equal(table.nameFor(value, own), '3');
    assert.deepEqual(table.forCall().find('3', borrow), { value });
    assert.deepEqual(table.namesFor(borrow), ['$3']);
    assert.deepEqual(table.namesFor(other), []);
  });

  it('are refused where none is known, or another resource is expected', () => {
    const table = new HandleTable();
    table.nameFor({ $handle: 1 }, own);
    assert.deepEqual(table.forCall().find('2', own), {
      problem: 'There is no handle `$2` on this instance.',
    });
    assert.deepEqual(table.forCall().find('1', other), { problem: '`$1` is a counter, not a %stream.' });
  });

  it('of streams fit where the same is streamed', () => {
    const table = new HandleTable();
    const bytes: HandleType = { kind: 'stream', element: { kind: 'u8' } };
    const texts: HandleType = { kind: 'stream', element: { kind: 'string' } };
    table.nameFor({ $handle: 1 }, bytes);
    assert.deepEqual(table.namesFor(bytes), ['$1']);
    assert.deepEqual(table.forCall().find('1', texts), {
      problem: '`$1` is a stream<u8>, not a stream<string>.',
    });
  });

  it('are gone once a call took them, and not before it was made', () => {
    const table = new HandleTable();
    table.nameFor({ $handle: 1 }, own);
    table.forCall().find('1', own);
    const made = table.forCall();
    assert.ok('value' in made.find('1', own));
    assert.deepEqual(made.find('1', borrow), {
      problem: '`$1` stands twice in this call, which takes it for good.',
    });
    made.made();
    assert.deepEqual(table.forCall().find('1', borrow), {
      problem: '`$1` was given to an earlier call for good.',
    });
    assert.deepEqual(table.namesFor(own), []);
  });

  it('tell the call that returned them', () => {
    const table = new HandleTable();
    const origin = { text: 'counter(5)', interface: 'a:b/c' };
    table.nameFor({ $handle: 1 }, own, origin);
    table.nameFor({ $handle: 1 }, own, { text: 'a later call' });
    table.nameFor({ $handle: 2 }, stream, origin);
    assert.deepEqual(table.live(), [
      { name: '$1', type: 'counter', from: 'counter(5)', droppable: true },
      { name: '$2', type: 'stream<u8>', from: 'counter(5)', droppable: false },
    ]);
  });

  it('are dropped by name, and gone then', () => {
    const table = new HandleTable();
    table.nameFor({ $handle: 1 }, own, { text: 'counter(5)', interface: 'a:b/c' });
    table.nameFor({ $handle: 2 }, own);
    const found = table.forDrop(['$1']);
    assert.deepEqual(
      found,
      ok([
        {
          name: '$1',
          number: 1,
          resource: 'counter',
          ref: { interface: 'a:b/c', func: '[resource-drop]counter' },
        },
      ]),
    );
    assert.ok(found.ok);
    for (const handle of found.value) table.dropped(handle);
    assert.deepEqual(
      table.live().map(({ name }) => name),
      ['$2'],
    );
    assert.deepEqual(table.forCall().find('1', borrow), { problem: '`$1` was dropped.' });
    assert.deepEqual(table.forDrop(['$2', '$1']), err('`$1` was dropped.'));
  });

  it('are not dropped where there is none, or it is not ours to drop', () => {
    const table = new HandleTable();
    table.nameFor({ $handle: 1 }, own);
    table.nameFor({ $handle: 2 }, borrow);
    table.nameFor({ $handle: 3 }, stream);
    const refusals = [
      [['$4'], 'There is no handle `$4` on this instance.'],
      [['counter'], '`counter` is no name of a handle: they are written as results show them, like `$1`.'],
      [['$1', '$1'], '`$1` stands twice.'],
      [['$2'], '`$2` is borrowed (borrow<counter>): only its owner can drop it.'],
      [['$3'], '`$3` is a stream<u8>, not a resource: it has no destructor to run.'],
    ] as const;
    for (const [names, expected] of refusals) assert.deepEqual(table.forDrop(names), err(expected));
    const call = table.forCall();
    call.find('1', own);
    call.made();
    assert.deepEqual(table.forDrop(['$1']), err('`$1` was given to an earlier call for good.'));
  });
});
