import assert from 'node:assert/strict';
import { debuggableModule } from '../../../src/runner/debuggable-module';

const empty = [0, 0x61, 0x73, 0x6d, 1, 0, 0, 0];

/** A module with a nameless custom section that makes it as long as asked for. */
function moduleOf(length: number): Uint8Array {
  const size = length - empty.length - 4;
  const section = [0, (size & 0x7f) | 0x80, ((size >> 7) & 0x7f) | 0x80, size >> 14];
  return new Uint8Array(length).map((_, at) => [...empty, ...section][at] ?? 0);
}

describe('a module that is to be debugged', () => {
  for (const length of [8, 1000, 65_535]) {
    it(`is long enough for js-debug: ${String(length)} bytes and a section behind them`, () => {
      const module = length === 8 ? new Uint8Array(empty) : moduleOf(length);
      const debuggable = debuggableModule(module);
      assert.equal(debuggable.length, length + 4 + 65_536);
      assert.deepEqual(debuggable.subarray(0, length), module);
      assert.doesNotThrow(() => new WebAssembly.Module(debuggable));
    });
  }

  it('is left alone if it is long enough', () => {
    const module = moduleOf(65_536);
    assert.equal(debuggableModule(module), module);
  });
});
