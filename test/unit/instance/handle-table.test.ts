import assert from 'node:assert/strict';
import type { HandleType } from '../../../src/component/wave/handles';
import { HandleTable } from '../../../src/instance/handle-table';

const counter = { name: 'counter' };
const own: HandleType = { kind: 'own', resource: counter };
const borrow: HandleType = { kind: 'borrow', resource: counter };
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
});
