import assert from 'node:assert/strict';
import { parseStack } from '../../../src/engine/backtrace';

describe('a stack of the JS engine', () => {
  it('gives the WebAssembly frames, innermost first, without the glue between them', () => {
    const stack = `RuntimeError: unreachable
    at boom.explode (wasm://wasm/boom-0a1b2c3d:wasm-function[7]:0x22c)
    at wasm://wasm/0a1b2c3d:wasm-function[12]:0x1ec
    at component.js:7355:25
    at _withGlobalCurrentTaskMeta (component.js:2660:14)
    at wasi:cli/run@0.2.12#run (wasm://wasm/ffffffff:wasm-function[3]:0x1db8)`;
    assert.deepEqual(parseStack(stack), [
      { func: 'boom.explode', funcIndex: 7, offset: 0x22c, script: 'wasm://wasm/boom-0a1b2c3d' },
      { funcIndex: 12, offset: 0x1ec, script: 'wasm://wasm/0a1b2c3d' },
      { func: 'wasi:cli/run@0.2.12#run', funcIndex: 3, offset: 0x1db8, script: 'wasm://wasm/ffffffff' },
    ]);
  });

  it('may have none', () => {
    assert.deepEqual(parseStack('Error: something else\n    at component.js:1:1'), []);
    assert.deepEqual(parseStack(''), []);
  });
});
