import assert from 'node:assert/strict';
import { runInThisContext } from 'node:vm';
import { patchCharLowering } from '../../../../src/engine/transpiler/jco-patches/char-lowering';

/** What jco 1.35 writes where a component has async exports that take or return chars. */
const glue = `(() => {
function i32ToChar(n) {
  if (!n || typeof n !== 'number') { throw new Error('invalid i32'); }
  if (n < 0) { throw new Error('i32 must be greater than zero'); }
  if (n >= 0x110000) { throw new Error('invalid i32, out of range'); }
  if (0xD800 <= n && n <= 0xDFFF) { throw new Error('invalid i32 out of range'); }
  return String.fromCharCode(n);
}
function _lowerFlatChar(ctx) {
  new DataView(ctx.memory.buffer).setUint32(ctx.storagePtr, i32ToChar(ctx.vals[0]), true);
}
return { lift: i32ToChar, lower: _lowerFlatChar };
})()`;

describe('chars of async exports', () => {
  it('are whole, the first of Unicode and those beyond 16 bits too', () => {
    const { lift, lower } = runInThisContext(patchCharLowering(glue)) as Conversions;
    assert.deepEqual([0, 0x61, 0x1f30a, 0x10ffff].map(lift), ['\0', 'a', '🌊', '\u{10ffff}']);
    assert.throws(() => lift(0xd800), /invalid i32/);
    const memory = { buffer: new ArrayBuffer(4) };
    lower({ memory, storagePtr: 0, vals: ['🌊'] });
    assert.equal(new Uint32Array(memory.buffer)[0], 0x1f30a);
  });

  it('are refused where jco converts them in another way', () => {
    assert.equal(patchCharLowering('no chars'), 'no chars');
    assert.throws(() => patchCharLowering(glue.replace('fromCharCode', 'fromCodePoint')), /unexpected way/);
  });
});

interface Conversions {
  readonly lift: (scalar: number) => string;
  readonly lower: (context: unknown) => void;
}
