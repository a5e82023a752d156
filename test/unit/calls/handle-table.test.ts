import assert from 'node:assert/strict';
import { err, ok } from '../../../src/base/result';
import type { HandleType } from '../../../src/component/wave/handles';
import { HandleTable } from '../../../src/calls/handle-table';

const counter = { name: 'counter' };
const origin = { text: 'counter(5)', interface: 'a:b/c' };
const own: HandleType = { kind: 'own', resource: counter };
const borrow: HandleType = { kind: 'borrow', resource: counter };
const stream: HandleType = { kind: 'stream', element: { kind: 'u8' } };
const other: HandleType = { kind: 'own', resource: { name: 'stream' } };

describe('the handles of an instance', () => {
  it('have the number in the result, and the same value later', () => {
    const table = new HandleTable();
    const value = { $handle: 3, resource: 'Counter' };
    assert.equal(table.returnedBy(origin).nameFor(value, own), '3');
    assert.equal(table.nameFor(value), '3');
    assert.deepEqual(table.forCall().find('3', borrow), { value });
    assert.deepEqual(table.namesFor(borrow), ['$3']);
    assert.deepEqual(table.namesFor(other), []);
  });

  it('are refused if unknown or of another type', () => {
    const table = new HandleTable();
    table.returnedBy(origin).nameFor({ $handle: 1 }, own);
    assert.deepEqual(table.forCall().find('2', own), {
      lack: { code: 'none-on-instance', name: '2' },
    });
    assert.deepEqual(table.forCall().find('1', other), {
      lack: { code: 'other-type', name: '1', type: own, wanted: other },
    });
  });

  it('of streams fit a stream of the same items', () => {
    const table = new HandleTable();
    const bytes: HandleType = { kind: 'stream', element: { kind: 'u8' } };
    const texts: HandleType = { kind: 'stream', element: { kind: 'string' } };
    table.returnedBy(origin).nameFor({ $handle: 1 }, bytes);
    assert.deepEqual(table.namesFor(bytes), ['$1']);
    assert.deepEqual(table.forCall().find('1', texts), {
      lack: { code: 'other-type', name: '1', type: bytes, wanted: texts },
    });
  });

  it('are gone after the call that takes them', () => {
    const table = new HandleTable();
    table.returnedBy(origin).nameFor({ $handle: 1 }, own);
    table.forCall().find('1', own);
    const made = table.forCall();
    assert.ok('value' in made.find('1', own));
    assert.deepEqual(made.given(), [1]);
    assert.deepEqual(made.find('1', borrow), {
      lack: { code: 'named-twice', name: '1' },
    });
    made.made();
    assert.deepEqual(table.forCall().find('1', borrow), {
      lack: { code: 'gone', name: '1', how: 'given' },
    });
    assert.deepEqual(table.namesFor(own), []);
  });

  it('name the call that returned them', () => {
    const table = new HandleTable();
    table.returnedBy(origin).nameFor({ $handle: 1 }, own);
    table.returnedBy({ text: 'a later call' }).nameFor({ $handle: 1 }, own);
    table.returnedBy(origin).nameFor({ $handle: 2 }, stream);
    assert.deepEqual(table.live(), [
      { name: '$1', type: 'counter', from: 'counter(5)', droppable: true, readable: false },
      { name: '$2', type: 'stream<u8>', from: 'counter(5)', droppable: false, readable: true },
    ]);
  });

  it('are dropped by name', () => {
    const table = new HandleTable();
    table.returnedBy(origin).nameFor({ $handle: 1 }, own);
    table.returnedBy(origin).nameFor({ $handle: 2 }, own);
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
    assert.deepEqual(table.forCall().find('1', borrow), {
      lack: { code: 'gone', name: '1', how: 'dropped' },
    });
    assert.deepEqual(table.forDrop(['$2', '$1']), err({ code: 'gone', name: '$1', how: 'dropped' }));
  });

  it('are read by name if they are streams or futures, until the end', () => {
    const table = new HandleTable();
    table.returnedBy(origin).nameFor({ $handle: 1 }, own);
    table.returnedBy(origin).nameFor({ $handle: 2 }, stream);
    table.returnedBy(origin).nameFor({ $handle: 3 }, { kind: 'stream', element: null });
    const refused = (name: string) => {
      const found = table.forRead(name);
      return found.ok ? undefined : found.error;
    };
    assert.deepEqual(refused('$1'), { code: 'not-readable', name: '$1', type: 'counter' });
    assert.deepEqual(refused('$3'), { code: 'untyped-stream', name: '$3' });
    assert.deepEqual(refused('$9'), { code: 'unknown', name: '$9' });
    assert.deepEqual(refused('2'), { code: 'not-a-name', written: '2' });
    const found = table.forRead('$2');
    assert.ok(found.ok);
    const { name, number, ref } = found.value;
    assert.deepEqual([name, number, ref], ['$2', 2, { interface: 'a:b/c', func: '[read]stream<u8>' }]);
    table.read(found.value, 'waiting');
    assert.deepEqual(table.forCall().find('2', stream), {
      lack: { code: 'awaited', name: '2' },
    });
    table.read(found.value, 'more');
    assert.ok('value' in table.forCall().find('2', stream));
    table.read(found.value, 'done');
    assert.deepEqual(refused('$2'), { code: 'gone', name: '$2', how: 'read' });
  });

  it('stay gone when a result shows them again', () => {
    const table = new HandleTable();
    for (let number = 1; number <= 1001; number += 1) {
      table.returnedBy(origin).nameFor({ $handle: number }, own);
      const found = table.forDrop([`$${String(number)}`]);
      assert.ok(found.ok);
      for (const handle of found.value) table.dropped(handle);
    }
    assert.equal(table.nameFor({ $handle: 1 }), '1');
    assert.deepEqual(table.forDrop(['$1001']), err({ code: 'gone', name: '$1001', how: 'dropped' }));
    // The table forgets the first of thousands.
    assert.deepEqual(table.forDrop(['$1']), err({ code: 'unknown', name: '$1' }));
    assert.deepEqual(table.live(), []);
  });

  it('are not dropped if unknown or not owned', () => {
    const table = new HandleTable();
    table.returnedBy(origin).nameFor({ $handle: 1 }, own);
    table.returnedBy(origin).nameFor({ $handle: 2 }, borrow);
    table.returnedBy(origin).nameFor({ $handle: 3 }, stream);
    const refusals = [
      [['$4'], { code: 'unknown', name: '$4' }],
      [['counter'], { code: 'not-a-name', written: 'counter' }],
      [['$1', '$1'], { code: 'named-twice', name: '$1' }],
      [['$2'], { code: 'borrowed', name: '$2', type: 'borrow<counter>' }],
      [['$3'], { code: 'no-destructor', name: '$3', type: 'stream<u8>' }],
    ] as const;
    for (const [names, expected] of refusals) assert.deepEqual(table.forDrop(names), err(expected));
    const call = table.forCall();
    call.find('1', own);
    call.made();
    assert.deepEqual(table.forDrop(['$1']), err({ code: 'gone', name: '$1', how: 'given' }));
  });
});
