import assert from 'node:assert/strict';
import { resolve } from 'node:path';
import { parseCallOptions } from '../../../src/cli/call-options';
import { UsageError } from '../../../src/cli/usage';

describe('the options of `fresh-instance call`', () => {
  it('take calls from arguments, from a file, or from stdin', () => {
    assert.deepEqual(parseCallOptions(['a.wasm', 'f()', 'g()']).source, {
      type: 'arguments',
      calls: ['f()', 'g()'],
    });
    assert.deepEqual(parseCallOptions(['a.wasm', '--calls', 'calls.txt']).source, {
      type: 'file',
      path: 'calls.txt',
    });
    assert.deepEqual(parseCallOptions(['a.wasm']).source, { type: 'stdin' });
    assert.deepEqual(parseCallOptions(['a.wasm', '--calls', '-']).source, { type: 'stdin' });
    assert.throws(() => parseCallOptions(['a.wasm', 'f()', '--calls', 'calls.txt']), UsageError);
    assert.throws(() => parseCallOptions([]), UsageError);
  });

  it('give the guest an empty stdin if the calls come from stdin', () => {
    assert.deepEqual(parseCallOptions(['a.wasm']).profile.stdin, { type: 'empty' });
    assert.deepEqual(parseCallOptions(['a.wasm', 'f()']).profile.stdin, { type: 'terminal' });
  });

  it('make each call once by default, and five times to compare', () => {
    assert.equal(parseCallOptions(['a.wasm', 'f()']).repeat, 1);
    assert.equal(parseCallOptions(['a.wasm', 'f()', '--compare']).repeat, 5);
    assert.equal(parseCallOptions(['a.wasm', 'f()', '--compare', '--repeat', '9']).repeat, 9);
    assert.throws(() => parseCallOptions(['a.wasm', 'f()', '--repeat', '0']), UsageError);
    assert.throws(() => parseCallOptions(['a.wasm', 'f()', '--compare', '--repeat', '1']), UsageError);
    assert.throws(() => parseCallOptions(['a.wasm', 'f()', '--compare', '--json', 'out.json']), UsageError);
  });

  it('refuse to overwrite the component with the record', () => {
    assert.throws(() => parseCallOptions(['a.wasm', 'f()', '--json', './a.wasm']), UsageError);
    assert.equal(parseCallOptions(['a.wasm', 'f()', '--json', 'a.json']).json, 'a.json');
  });

  it('name modules for imports', () => {
    const { profile } = parseCallOptions(['a.wasm', 'f()', '--import', 'a:b/c@1.0.0=./c.mjs']);
    assert.deepEqual(profile.modules, [{ interface: 'a:b/c@1.0.0', path: resolve('c.mjs') }]);
    assert.throws(() => parseCallOptions(['a.wasm', '--import', 'a:b/c']), UsageError);
  });
});
