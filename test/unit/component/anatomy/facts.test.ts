import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { readFacts } from '../../../../src/component/anatomy/read-facts';
import { fixture } from '../../../fixtures';
import { compile } from '../compile';

/** A core module with custom sections only. */
function moduleWith(...sections: readonly (readonly [name: string, content: string | readonly number[]])[]) {
  const parts = sections.map(([name, content]) => {
    const body = Buffer.concat([Buffer.from([name.length]), Buffer.from(name), Buffer.from(content)]);
    assert.ok(body.length < 128);
    return Buffer.concat([Buffer.from([0, body.length]), body]);
  });
  return Buffer.concat([Buffer.from([0, 0x61, 0x73, 0x6d, 1, 0, 0, 0]), ...parts]);
}

const text = (value: string): readonly number[] => [value.length, ...Buffer.from(value)];

describe('the facts of a file', () => {
  it('are its toolchain, WASI and debug information', () => {
    const { producers, wasi, debug, features } = readFacts(readFileSync(fixture('trap')));
    assert.ok(producers.some(({ field, name }) => field === 'processed-by' && name === 'clang'));
    assert.deepEqual(
      wasi.map(({ version }) => version),
      ['0.2.12'],
    );
    assert.ok(wasi[0]?.packages.includes('filesystem'));
    assert.ok(debug.dwarfBytes > 1000 && debug.lines && debug.variables && debug.namedFunctions > 50);
    assert.ok(features.includes('bulk-memory'));
    assert.deepEqual(readFacts(readFileSync(fixture('trap-stripped'))).debug.dwarfBytes, 0);
  });

  it('are where debug information lies that is not in the file', () => {
    const { debug } = readFacts(
      moduleWith(
        ['external_debug_info', text('app.debug.wasm')],
        ['sourceMappingURL', text('http://localhost/app.wasm.map')],
        ['build_id', [2, 0xab, 0x01]],
      ),
    );
    assert.deepEqual(
      [debug.external, debug.sourceMap, debug.buildId],
      ['app.debug.wasm', 'http://localhost/app.wasm.map', 'ab01'],
    );
  });

  it('are OCI metadata, without control characters', () => {
    const { metadata } = readFacts(moduleWith(['version', '1.2.3'], ['authors', 'A \u001b[31mB']));
    assert.deepEqual(metadata, [
      { key: 'version', value: '1.2.3' },
      { key: 'authors', value: 'A \ufffd[31mB' },
    ]);
  });

  it('are the metadata of older registries', () => {
    const json = '{"authors":["A","B"],"license":"MIT","links":[{"type":"Homepage","value":"x"}]}';
    assert.deepEqual(readFacts(moduleWith(['registry-metadata', json])).metadata, [
      { key: 'licenses', value: 'MIT' },
      { key: 'authors', value: 'A, B' },
      { key: 'homepage', value: 'x' },
    ]);
    assert.deepEqual(readFacts(moduleWith(['registry-metadata', 'null'])).metadata, []);
  });

  it('name preview 1 of a core module', async () => {
    const bytes = await compile('(module (import "wasi_snapshot_preview1" "proc_exit" (func (param i32))))');
    assert.deepEqual(readFacts(bytes).wasi, [{ version: 'preview1', packages: [] }]);
  });
});
