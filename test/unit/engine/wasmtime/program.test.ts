import assert from 'node:assert/strict';
import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isAtLeast, optionsIn, versionIn, WasmtimeFinder } from '../../../../src/engine/wasmtime/program';
import { temporaryFolder } from '../../../support/temporary-folder';

describe('what a program says about itself', () => {
  it('has the version of a wasmtime', () => {
    assert.equal(versionIn('wasmtime 49.0.3 (f96eabaa1 2026-10-14)\n'), '49.0.3');
    assert.equal(versionIn('wasmtime-cli 14.0.4\n'), '14.0.4');
    assert.equal(versionIn('wasmtime 50.0.0-dev\n'), '50.0.0');
    assert.equal(versionIn('wasmer 4.2.0\n'), null);
    assert.equal(versionIn(''), null);
  });

  it('has the names of its options', () => {
    const help = `Available wasm options:

  -W                nan-canonicalization[=y|n] -- Enable canonicalization of all NaN values.
  -W                                    fuel=N -- Enable execution fuel
  -W                       timeout=N|Ns|Nms|.. -- Maximum execution time
  -W component-model-more-async-builtins[=y|n] -- Component model support

pass \`-W help-long\` to see longer-form explanations
`;
    assert.deepEqual(
      [...optionsIn(help)],
      ['nan-canonicalization', 'fuel', 'timeout', 'component-model-more-async-builtins'],
    );
  });

  it('is compared by numbers', () => {
    assert.ok(isAtLeast('100.0.0', '36.0.0'));
    assert.ok(isAtLeast('36.0.0', '36.0.0'));
    assert.ok(!isAtLeast('35.9.9', '36.0.0'));
    assert.ok(!isAtLeast('9.0.0', '36.0.0'));
  });
});

describe('the finder of wasmtime', function () {
  const folder = temporaryFolder();
  const finder = (script: string) => {
    const program = join(folder, `wasmtime-${String(Math.random()).slice(2)}`);
    writeFileSync(program, `#!/bin/sh\n${script}\n`);
    chmodSync(program, 0o755);
    return {
      program,
      finder: new WasmtimeFinder(() => ({
        program,
        env: {},
        home: folder,
        platform: process.platform,
        foreign: [],
      })),
    };
  };

  before(function () {
    if (process.platform === 'win32') this.skip();
  });

  it('says that there is none', async () => {
    const places = { env: { PATH: folder }, home: folder, platform: process.platform, foreign: [] };
    const found = await new WasmtimeFinder(() => places).find();
    assert.deepEqual(found, { ok: false, error: { code: 'no-wasmtime' } });
  });

  it('says that the program that was named is not there', async () => {
    const program = join(folder, 'gone');
    const places = { program, env: {}, home: folder, platform: process.platform, foreign: [] };
    const found = await new WasmtimeFinder(() => places).find();
    assert.deepEqual(found, { ok: false, error: { code: 'no-wasmtime', path: program } });
  });

  it('says that it is too old', async () => {
    const { program, finder: asked } = finder('echo "wasmtime 14.0.4"');
    const error = { code: 'wasmtime-too-old', path: program, version: '14.0.4', least: '36.0.0' };
    assert.deepEqual(await asked.find(), { ok: false, error });
  });

  it('says that it is something else', async () => {
    const { program, finder: asked } = finder('echo "hello"; exit 3');
    assert.deepEqual(await asked.find(), {
      ok: false,
      error: { code: 'not-wasmtime', path: program, words: 'hello' },
    });
  });

  it('asks again when the file is another one', async () => {
    const { program, finder: asked } = finder('echo "wasmtime 14.0.4"');
    await asked.find();
    writeFileSync(program, '#!/bin/sh\necho "wasmtime 49.0.3 (f96eabaa1)"\n');
    const found = await asked.find();
    assert.ok(found.ok);
    assert.equal(found.value.version, '49.0.3');
  });
});
