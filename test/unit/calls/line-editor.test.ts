import assert from 'node:assert/strict';
import { LineEditor } from '../../../src/calls/line-editor';

function makeEditor(candidates: readonly string[] = []): LineEditor {
  return new LineEditor({
    prompt: () => '> ',
    columns: () => 20,
    complete: (text, offset) => ({
      start: 0,
      end: offset,
      candidates: candidates
        .filter((one) => one.startsWith(text))
        .map((one) => ({ label: one, insert: `${one}()` })),
    }),
  });
}

/** What a user who types this sees on the last line, `|` being the cursor, and the lines that were entered. */
function type(
  editor: LineEditor,
  ...data: readonly string[]
): { readonly seen: string; readonly lines: readonly string[] } {
  const lines: string[] = [];
  for (const piece of data) {
    for (const event of editor.input(piece)) if (event.type === 'line') lines.push(event.text);
  }
  const [, text = '', back = '0'] = /^\r\x1b\[K(.*?)(?:\x1b\[(\d+)D)?$/.exec(editor.render()) ?? [];
  const at = text.length - Number(back);
  return { seen: `${text.slice(0, at)}|${text.slice(at)}`, lines };
}

const key = {
  left: '\x1b[D',
  right: '\x1b[C',
  up: '\x1b[A',
  down: '\x1b[B',
  home: '\x01',
  erase: '\x7f',
  delete: '\x1b[3~',
};

describe('the line editor', () => {
  it('edits at the cursor', () => {
    assert.equal(type(makeEditor(), 'abc', key.left, key.left, 'X').seen, '> aX|bc');
    assert.equal(type(makeEditor(), 'abc', key.home, key.delete, key.right, key.erase).seen, '> |c');
    assert.equal(type(makeEditor(), 'one two', '\x17').seen, '> one |');
    assert.equal(type(makeEditor(), 'one two', key.left, '\x0b').seen, '> one tw|');
    assert.equal(type(makeEditor(), 'one two', '\x15').seen, '> |');
    assert.equal(type(makeEditor(), 'a🌊é', key.erase, key.erase).seen, '> a|');
  });

  it('takes very long lines', () => {
    const start = performance.now();
    const long = `${'word'.repeat(50_000)} ${'e\u0301'.repeat(50_000)}`;
    const editor = makeEditor();
    const { seen } = type(editor, `${long} x`, '\x17', key.erase, key.erase, '\x17');
    assert.match(seen, /^> (word)+ \|$/);
    assert.ok(performance.now() - start < 1000, `${String(performance.now() - start)} ms`);
  });

  it('enters several lines of a paste', () => {
    assert.deepEqual(type(makeEditor(), 'one\r', 'two\r\nthree\nfour').lines, ['one', 'two', 'three']);
  });

  it('shows the history and returns to the new line', () => {
    const editor = makeEditor();
    editor.remember('first()');
    editor.remember('second()');
    editor.remember('second()');
    assert.equal(type(editor, 'new', key.up).seen, '> second()|');
    assert.equal(type(editor, key.up).seen, '> first()|');
    assert.equal(type(editor, key.up).seen, '> first()|');
    assert.equal(type(editor, key.down, key.down).seen, '> new|');
  });

  it('completes what all candidates have in common', () => {
    const names = ['next', 'nested', 'add'];
    assert.equal(type(makeEditor(names), 'a\t').seen, '> add()|');
    assert.equal(type(makeEditor(names), 'n\t').seen, '> ne|');
    assert.equal(type(makeEditor(names), 'x\t').seen, '> x|');
    const listed = makeEditor(names).input('ne\t');
    assert.ok(listed.some((event) => event.type === 'write' && event.text === '\r\nnext  nested\r\n'));
  });

  it('shows the part around the cursor of a line wider than the terminal', () => {
    assert.equal(type(makeEditor(), 'abcdefghijklmnopqrstuvwxyz').seen, '> jklmnopqrstuvwxyz|');
    assert.equal(type(makeEditor(), 'abcdefghijklmnopqrstuvwxyz', key.home).seen, '> |abcdefghijklmnopq');
  });

  it('discards the line at Ctrl+C, and ends at Ctrl+D on an empty line', () => {
    const editor = makeEditor();
    assert.ok(editor.input('abc\x03').some((event) => event.type === 'interrupt'));
    assert.equal(type(editor).seen, '> |');
    assert.deepEqual(editor.input('\x04'), [{ type: 'end' }]);
    assert.equal(type(editor, 'ab', key.left, '\x04').seen, '> a|');
  });

  it('ignores unknown keys', () => {
    assert.equal(type(makeEditor(), 'a\x1b[15~\x1b[1;5Cb\x00').seen, '> ab|');
  });
});
