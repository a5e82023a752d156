import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { neededFeatures } from '../../../src/component/needed-features';
import { readComponent } from '../../../src/component/read-component';
import { fixture } from '../../fixtures';
import { compile } from './compile';

function needed(bytes: Uint8Array): readonly string[] {
  const read = readComponent(bytes);
  assert.ok(read.ok);
  return [...neededFeatures(read.value)].sort();
}

const moduleWith = (fields: string) => compile(`(component (core module ${fields}))`);

describe('the features that a component needs', () => {
  it('are none for most components', () => {
    for (const name of ['hello', 'tools', 'counter'])
      assert.deepEqual(needed(readFileSync(fixture(name))), []);
  });

  it('are those of its core modules', async () => {
    const expected: Readonly<Record<string, readonly string[]>> = {
      '(tag)': ['exceptions'],
      '(memory 1) (memory 1)': ['multi-memory'],
      '(memory i64 1)': ['memory64'],
      '(memory 1 2 shared)': ['shared-memory', 'threads'],
      '(type (struct))': ['gc'],
      '(memory 1)': [],
    };
    for (const [fields, features] of Object.entries(expected))
      assert.deepEqual(needed(await moduleWith(fields)), features, fields);
  });

  it('are those of its types and of the canonical ABI', () => {
    assert.deepEqual(needed(readFileSync(fixture('every-type'))), [
      'component-model-fixed-length-lists',
      'component-model-map',
    ]);
    assert.ok(needed(readFileSync(fixture('async-ok'))).includes('component-model-async'));
    assert.ok(needed(readFileSync(fixture('async-trap'))).includes('component-model-more-async-builtins'));
  });

  it('are those of nested components too', async () => {
    const nested = await compile('(component (component (core module (tag))) (component))');
    assert.deepEqual(needed(nested), ['exceptions']);
  });
});
