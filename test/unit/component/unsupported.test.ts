import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { readComponent } from '../../../src/component/read-component';
import { findUnsupported, type Unsupported } from '../../../src/component/unsupported';
import { fixture } from '../../fixtures';
import { compile } from './compile';

function found(bytes: Uint8Array): readonly Unsupported[] {
  const read = readComponent(bytes);
  assert.ok(read.ok);
  return findUnsupported(read.value);
}

/** A component that exports `f`, lifted with the given options from a core module with the given fields. */
async function component(fields: string, { options = '', result = 'u32', more = '' } = {}) {
  return await compile(`(component
    ${more}
    (core module $m ${fields})
    (core instance $i (instantiate $m))
    (alias core export $i "m" (core memory $memory))
    (func (export "f") (result ${result}) (canon lift (core func $i "f") ${options})))`);
}

const f = '(func (export "f") (result i32) i32.const 8)';
const memory = '(memory (export "m") 1)';

describe('What jco cannot translate', () => {
  it('is found in small components', () => {
    const expected: Readonly<Record<string, Unsupported>> = {
      exceptions: { feature: 'exceptions', module: 0 },
      'exported-type': { feature: 'export', name: 'pair', kind: 'type' },
    };
    for (const [name, unsupported] of Object.entries(expected))
      assert.deepEqual(found(readFileSync(fixture(name))), [unsupported], name);
  });

  it('includes several memories in a core module only where V8 does not take them', () => {
    const read = readComponent(readFileSync(fixture('two-memories')));
    assert.ok(read.ok);
    assert.deepEqual(findUnsupported(read.value, true), []);
    assert.deepEqual(findUnsupported(read.value, false), [{ feature: 'multiple-memories', module: 0 }]);
  });

  it('is not found in components that run', () => {
    for (const name of ['hello', 'every-type', 'channels', 'async-echo', 'tools', 'greeter', 'awkward'])
      assert.deepEqual(found(readFileSync(fixture(name))), [], name);
  });

  it('includes values in a 64-bit memory, but not a 64-bit memory that is used inside only', async () => {
    const wide = '(memory (export "m") i64 1)';
    const lifted = `${wide} (func (export "f") (result i64) i64.const 8)`;
    assert.deepEqual(found(await component(lifted, { options: '(memory $memory)', result: 'string' })), [
      { feature: 'memory64', module: 0 },
    ]);
    assert.deepEqual(found(await component(`${wide} ${f}`)), []);
  });

  it('includes values in a shared memory, and built-in functions for threads', async () => {
    const shared = `(memory (export "m") 1 1 shared) ${f}`;
    assert.deepEqual(found(await component(shared, { options: '(memory $memory)', result: 'string' })), [
      { feature: 'shared-memory', module: 0 },
    ]);
    const more = '(core func (canon thread.index)) (core func (canon thread.yield))';
    assert.deepEqual(found(await component(`${memory} ${f}`, { more })), [
      { feature: 'threads', builtin: 'thread.index' },
    ]);
  });

  it('includes GC for values, but not inside of core modules', async () => {
    assert.deepEqual(found(await component(`${memory} ${f}`, { options: 'gc' })), [{ feature: 'gc' }]);
    assert.deepEqual(found(await component(`(type (struct (field i32))) ${memory} ${f}`)), []);
  });

  it('includes exports that are neither functions nor interfaces, and what nested components use', async () => {
    const bytes = await compile(`(component
      (component $c (core module (tag)))
      (export "inner" (component $c))
      (core module $m)
      (export "core" (core module $m))
      (instance $in)
      (instance $out (export "in" (instance $in)))
      (export "out" (instance $out)))`);
    assert.deepEqual(found(bytes), [
      { feature: 'exceptions', module: 0 },
      { feature: 'export', name: 'inner', kind: 'component' },
      { feature: 'export', name: 'core', kind: 'module' },
      { feature: 'export', name: 'out', kind: 'nested-instance' },
    ]);
  });
});
