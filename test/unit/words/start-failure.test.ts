import assert from 'node:assert/strict';
import { missingImportsAdvice, notStartedText } from '../../../src/words/not-started';
import { startFailureText } from '../../../src/words/start-failure';

const missing = (...imports: string[]) => startFailureText({ code: 'missing-imports', imports });

describe('missing imports in words', () => {
  it('are interfaces that are not part of WASI', () => {
    assert.equal(
      missing('a:b/c'),
      'it imports a:b/c, which is not part of WASI, and nothing here provides it',
    );
    assert.equal(
      missing('a:b/c', 'a:b/d', 'wasi:nn/graph'),
      'it imports a:b/c, a:b/d and wasi:nn/graph, which are not part of WASI, and nothing here provides them',
    );
  });

  it('are of an older draft of WASI where they have no version', () => {
    assert.equal(
      missing('wasi:cli/exit'),
      'it imports wasi:cli/exit, which is of an older draft of WASI, without a version; build it with a current toolchain',
    );
  });

  it('are proposals for WASI where they are of other packages', () => {
    assert.equal(
      missing('wasi:keyvalue/store@0.2.0-draft', 'wasi:logging/logging'),
      'it imports wasi:keyvalue/store@0.2.0-draft and wasi:logging/logging, which are proposals for WASI, and nothing here provides them',
    );
  });
});

describe('a start that failed, in words', () => {
  it('names the component and the reason', () => {
    assert.equal(
      notStartedText('a.wasm', { type: 'failed', failure: { code: 'other', words: 'no room' } }),
      'a.wasm could not start: no room',
    );
    assert.equal(
      notStartedText('a.wasm', { type: 'disposed' }),
      'a.wasm could not start: its state is disposed',
    );
  });

  it('names the setting that provides missing imports', () => {
    const failure = { code: 'missing-imports', imports: ['a:b/c'] } as const;
    assert.equal(
      missingImportsAdvice('a.wasm', { type: 'failed', failure }, 'freshInstance.imports'),
      `a.wasm could not start: ${missing('a:b/c')}. Name a JavaScript module that provides it in the setting freshInstance.imports.`,
    );
  });
});
