import assert from 'node:assert/strict';
import { completeHandles, parseHandleCommand, type HandleRefusal } from '../../../src/calls/handle-commands';
import { asReading } from '../../../src/engine/wire-reading';
import { HandleTable, type LiveHandle } from '../../../src/calls/handle-table';
import type { State } from '../../../src/instance/life';
import { handleRefusalText, handleResultLines, readNoteText } from '../../../src/words/handles';

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
    it(`is recognised among calls: ${line}`, () => {
      assert.deepEqual(parseHandleCommand(line), expected);
    });
  }

  it('is completed with the handles that it can take', () => {
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
  it('is accepted only in the form of a reading', () => {
    assert.deepEqual(asReading({ items: [1], end: 'more' }), { items: [1], end: 'more' });
    for (const other of [undefined, 7, null, {}, { items: 'x', end: 'done' }, { items: [], end: 'never' }])
      assert.equal(asReading(other), null);
  });

  it('comes with a note on whether more can follow', () => {
    const table = new HandleTable();
    table.returnedBy({ text: 'make()' }).nameFor({ $handle: 1 }, { kind: 'stream', element: { kind: 'u8' } });
    const found = table.forRead('$1');
    assert.ok(found.ok);
    const call = { number: 1, export: found.value.ref, arguments: '$1', startedAt: 0 };
    const note = (items: readonly unknown[], end: 'done' | 'more' | 'waiting') =>
      readNoteText({ handle: found.value, call, reading: { items, end } });
    assert.equal(note([1], 'done'), 'That is the end of $1.');
    assert.equal(note([1], 'more'), 'There may be more. `:read $1` continues.');
    assert.equal(note([1], 'waiting'), 'Nothing more came within 2 s. `:read $1` waits again.');
    assert.equal(note([], 'waiting'), 'Nothing came within 2 s. `:read $1` waits again.');
  });
});

describe('the words about handles', () => {
  it('say why a line did nothing', () => {
    const refused = (command: 'drop' | 'read', why: HandleRefusal['why']) =>
      handleRefusalText({ type: 'refused', command, why });
    assert.equal(
      refused('drop', { code: 'wrong-names' }),
      '`:drop` takes the names of handles, such as `:drop $1`. `:handles` lists them.',
    );
    assert.equal(
      refused('read', { code: 'wrong-names' }),
      '`:read` takes the name of one handle, such as `:read $1`. `:handles` lists them.',
    );
    assert.equal(
      refused('drop', { code: 'not-a-name', written: '1' }),
      '`1` is not the name of a handle. Write it as in a result: `$1`.',
    );
    assert.equal(
      refused('read', { code: 'gone', name: '$1', how: 'given' }),
      '`$1` was given to an earlier call.',
    );
    assert.equal(
      refused('drop', { code: 'instance', state: { type: 'disposed' } }),
      'Not dropped: the instance was disposed.',
    );
  });

  it('list handles in columns, or say that there are none', () => {
    const handle = { name: '$1', type: 'counter', from: 'counter(5)', droppable: true, readable: false };
    const list = (handles: readonly LiveHandle[], state: State) =>
      handleResultLines({ type: 'list', handles, state }).map(({ text }) => text);
    assert.deepEqual(list([handle, { ...handle, name: '$10', type: 'x' }], { type: 'ready' }), [
      '$1   counter  from counter(5)',
      '$10  x        from counter(5)',
    ]);
    assert.deepEqual(list([], { type: 'ready' }), ['There are no handles.']);
    assert.deepEqual(list([], { type: 'disposed' }), ['There are no handles: the instance was disposed.']);
  });
});
