import assert from 'node:assert/strict';
import { LastLine } from '../../../../src/engine/wasmtime/last-line';
import { outcomeOfLine } from '../../../../src/engine/wasmtime/invoke';

/** What is taken for output and for the last line of a text that comes in chunks of a length. */
function split(text: string, { hasResult = true, chunk = 1000 } = {}): [string, string | null] {
  const before: Buffer[] = [];
  const lines = new LastLine((bytes) => before.push(Buffer.from(bytes)));
  const bytes = Buffer.from(text);
  for (let at = 0; at < bytes.length; at += chunk) lines.write(bytes.subarray(at, at + chunk));
  const line = lines.end(hasResult);
  return [Buffer.concat(before).toString(), line];
}

describe('the last line of a stream', () => {
  it('is separated from all before it, however the bytes come', () => {
    for (const chunk of [1, 2, 3, 1000]) {
      assert.deepEqual(split('one\ntwo\n3\n', { chunk }), ['one\ntwo\n', '3']);
      assert.deepEqual(split('3\n', { chunk }), ['', '3']);
      assert.deepEqual(split('\n\n()\n', { chunk }), ['\n\n', '()']);
      assert.deepEqual(split('one\n\n', { chunk }), ['one\n', '']);
    }
  });

  it("is the guest's where there is no result", () => {
    for (const chunk of [1, 1000])
      assert.deepEqual(split('one\ntwo\n', { chunk, hasResult: false }), ['one\ntwo\n', null]);
  });

  it("is the guest's without a newline, which wasmtime never leaves out", () => {
    assert.deepEqual(split('one\ntwo'), ['one\ntwo', null]);
    assert.deepEqual(split(''), ['', null]);
  });
});

describe('the line with a result', () => {
  it('is read as the type of the function', () => {
    assert.deepEqual(outcomeOfLine('7', { kind: 'u32' }), { type: 'ok', value: 7 });
    assert.deepEqual(outcomeOfLine('"a\\nb"', { kind: 'string' }), { type: 'ok', value: 'a\nb' });
    assert.deepEqual(outcomeOfLine('()', null), { type: 'ok' });
  });

  it('is the error case of a result', () => {
    const type = { kind: 'result', ok: { kind: 'u32' }, error: { kind: 'string' } } as const;
    assert.deepEqual(outcomeOfLine('ok(1)', type), { type: 'ok', value: 1 });
    assert.deepEqual(outcomeOfLine('err("no")', type), { type: 'error', value: 'no' });
    assert.deepEqual(outcomeOfLine('err', { kind: 'result', ok: null, error: null }), { type: 'error' });
  });

  it('is not taken for a result where the guest has printed to it', () => {
    for (const line of ['printed7', '7 8', '', null])
      assert.deepEqual(outcomeOfLine(line, { kind: 'u32' }), { type: 'ok', unread: true });
    assert.deepEqual(outcomeOfLine('printed()', null), { type: 'ok', unread: true });
  });
});
