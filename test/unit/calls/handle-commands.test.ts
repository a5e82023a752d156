import assert from 'node:assert/strict';
import { completeHandles, parseHandleCommand } from '../../../src/calls/handle-commands';
import { readingNote } from '../../../src/calls/reading-text';
import { asReading } from '../../../src/engine/wire-reading';
import { HandleTable } from '../../../src/calls/handle-table';

describe('a line about handles', () => {
  for (const [line, expected] of [
    [':handles', { type: 'list' }],
    [' :read $1 // what is in it', { type: 'read', names: ['$1'] }],
    [':read', { type: 'read', names: [] }],
    [':read $1, $2', { type: 'read', names: ['$1', '$2'] }],
    [':drop $1 $2', { type: 'drop', names: ['$1', '$2'] }],
    [':reading $1', null],
    ['read($1)', null],
  ] as const) {
    it(`is told from a call: ${line}`, () => {
      assert.deepEqual(parseHandleCommand(line), expected);
    });
  }

  it('is completed by the handles that it can be about', () => {
    const table = new HandleTable();
    const naming = table.returnedBy({ text: 'make()' });
    naming.nameFor({ $handle: 1 }, { kind: 'own', resource: { name: 'counter' } });
    naming.nameFor({ $handle: 2 }, { kind: 'future', element: { kind: 'u8' } });
    const offered = (text: string) => completeHandles(text, table)?.candidates.map(({ label }) => label);
    assert.deepEqual(offered(':read '), ['$2']);
    assert.deepEqual(offered(':read $2 '), []);
    assert.deepEqual(offered(':drop '), ['$1']);
    assert.equal(offered(':reads '), undefined);
  });
});

describe('what was read', () => {
  it('is believed only where a runner answered a read', () => {
    assert.deepEqual(asReading({ items: [1], end: 'more' }), { items: [1], end: 'more' });
    for (const other of [undefined, 7, null, {}, { items: 'x', end: 'done' }, { items: [], end: 'never' }])
      assert.equal(asReading(other), null);
  });

  it('is told together with whether more can follow', () => {
    const table = new HandleTable();
    table.returnedBy({ text: 'make()' }).nameFor({ $handle: 1 }, { kind: 'stream', element: { kind: 'u8' } });
    const found = table.forRead('$1');
    assert.ok(found.ok);
    const note = (items: readonly unknown[], end: 'done' | 'more' | 'waiting') =>
      readingNote(found.value, { items, end }, 2000);
    assert.equal(note([1], 'done'), 'That is the end of $1.');
    assert.equal(note([1], 'more'), 'There may be more: `:read $1` goes on.');
    assert.equal(note([1], 'waiting'), 'Nothing more came within 2 s: `:read $1` waits for more.');
    assert.equal(note([], 'waiting'), 'Nothing came within 2 s: `:read $1` waits for more.');
  });
});
