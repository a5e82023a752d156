import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { dwarfSources } from '../../../src/component/dwarf-sources';
import { fixture } from '../../fixtures/index';

describe('the sources that a component names', () => {
  it('are those of its debug information, as the compiler was told them', () => {
    assert.deepEqual(dwarfSources(readFileSync(fixture('hello'))), ['src/hello.c']);
    assert.deepEqual(dwarfSources(readFileSync(fixture('trap'))), ['test/fixtures/src/trap.c']);
  });

  it('are none without debug information, and none of a file that cannot be read', () => {
    assert.deepEqual(dwarfSources(readFileSync(fixture('trap-stripped'))), []);
    assert.deepEqual(dwarfSources(readFileSync(fixture('truncated'))), []);
    assert.deepEqual(dwarfSources(new Uint8Array()), []);
  });
});
