import assert from 'node:assert/strict';
import { OwnWords, readWords, startWords } from '../../../../src/engine/wasmtime/own-words';

const path = '/work/boom.wasm';
const trap = `Error: failed to run main module \`${path}\`

Caused by:
    0: failed to invoke \`run\` function
    1: error while executing at wasm backtrace:
    0:    0xd1a - boom!explode
    1:   0x3d54 - <unknown>!wasi:cli/run@0.2.12#run
note: using the \`WASMTIME_BACKTRACE_DETAILS=1\` environment variable may show more debugging information
    2: wasm trap: wasm \`unreachable\` instruction executed
`;

/** What the guest and wasmtime are taken to have printed, of a stderr that comes in chunks of a length. */
function split(
  stderr: string,
  { failed = true, chunk = stderr.length } = {},
): { guest: string; words: string } {
  const guest: Uint8Array[] = [];
  const own = new OwnWords(path, (bytes) => guest.push(Buffer.from(bytes)));
  const bytes = Buffer.from(stderr);
  for (let at = 0; at < bytes.length; at += chunk) own.write(bytes.subarray(at, at + chunk));
  const words = own.end(failed);
  return { guest: Buffer.concat(guest).toString(), words };
}

describe("wasmtime's own words", () => {
  it('are separated from what the guest prints, however the bytes come', () => {
    for (const chunk of [1, 2, 7, 64, 10_000])
      assert.deepEqual(split(`warning: ü\nno newline${trap}`, { chunk }), {
        guest: 'warning: ü\nno newline',
        words: trap,
      });
  });

  it("are the guest's where the process succeeded", () => {
    assert.deepEqual(split(trap, { failed: false }), { guest: trap, words: '' });
  });

  it('are none where the guest prints something like them', () => {
    const similar = 'Error: failed to run main module `/other.wasm`\nError: failed to ru';
    for (const chunk of [1, 10_000])
      assert.deepEqual(split(similar, { chunk }), { guest: similar, words: '' });
  });

  it('pass on at once what cannot be their beginning', () => {
    const guest: string[] = [];
    const own = new OwnWords(path, (bytes) => guest.push(Buffer.from(bytes).toString()));
    own.write(Buffer.from('one\nErr'));
    own.write(Buffer.from('or: two'));
    assert.deepEqual(guest, ['one\n', 'Error: two']);
  });

  it('do not hold back a guest that prints their beginning and then a flood', () => {
    const flood = `Error: failed to run main module \`${path}\`${'x'.repeat(200_000)}`;
    for (const chunk of [1000, 1_000_000]) assert.equal(split(flood, { chunk, failed: false }).guest, flood);
    assert.deepEqual(split(`${flood}${trap}`, { chunk: 4096 }), { guest: flood, words: trap });
  });

  it('are taken whole where a backtrace has every frame of a full stack', () => {
    const frames = '    1:    0xdf4 - recurse!engine_stack\n'.repeat(30_000);
    const long = trap.replace('    1:   0x3d54', `${frames}    1:   0x3d54`);
    const { guest, words } = split(`recursing${long}`, { chunk: 65_536 });
    assert.deepEqual([guest, words.length], ['recursing', long.length]);
  });

  it('pass on a guest that prints the beginning of a message without a path, and much behind it', () => {
    const printed = `Error: timed out after deadline${'x'.repeat(100_000)}`;
    assert.equal(split(printed, { chunk: 4096 }).guest, printed);
  });

  it('tell a trap with its frames', () => {
    assert.deepEqual(readWords(trap), {
      cause: 'wasm `unreachable` instruction executed',
      inGuest: true,
      frames: [
        { offset: 0xd1a, name: 'boom!explode' },
        { offset: 0x3d54, name: '<unknown>!wasi:cli/run@0.2.12#run' },
      ],
    });
  });

  it('tell a trap as wasmtime 36 indents it', () => {
    const indented = trap.replace(/^ {4}(?=\d+: +0x)/gm, '           ').replace(/^note/m, '       note');
    assert.equal(readWords(indented).cause, 'wasm `unreachable` instruction executed');
    assert.equal(readWords(indented).frames.length, 2);
  });

  it('tell the time limit', () => {
    const { cause, inGuest } = readWords(
      'Error: timed out after deadline has elapsed\n\nCaused by:\n    wasm trap: interrupt\n',
    );
    assert.deepEqual([cause, inGuest], ['interrupt', true]);
  });

  it('tell why a component could not be started', () => {
    const missing = `Error: failed to run main module \`${path}\`

Caused by:
    0: component imports instance \`a:b/c\`, but a matching implementation was not found in the linker
    1: function implementation is missing
`;
    assert.equal(readWords(missing).inGuest, false);
    assert.equal(
      startWords(missing),
      'component imports instance `a:b/c`, but a matching implementation was not found in the linker: function implementation is missing',
    );
    const invalid =
      'Error: failed to parse WebAssembly module\n\nCaused by:\n    exceptions proposal not enabled (at offset 0x23)\n';
    assert.equal(readWords(invalid).inGuest, false);
    assert.equal(
      startWords(invalid),
      'failed to parse WebAssembly module: exceptions proposal not enabled (at offset 0x23)',
    );
  });
});
