import assert from 'node:assert/strict';
import { manifestFormat, parseManifest, type Manifest } from '../../../src/engine/manifest';

const manifest: Manifest = {
  format: manifestFormat,
  files: [{ name: 'glue.js', role: 'glue', sizeBytes: 12, sha256: 'ab' }],
  imports: ['wasi:cli/environment'],
  exports: ['wasi:cli/run@0.2.0'],
  async: false,
};

describe('a manifest', () => {
  it('reads back as it was written', () => {
    assert.deepEqual(parseManifest(JSON.stringify(manifest)), manifest);
  });

  const file = { name: 'glue.js', role: 'glue', sizeBytes: 12, sha256: 'ab' };
  const wrong: readonly (readonly [string, unknown])[] = [
    ['of another format', { ...manifest, format: 'jco-transpile 0.1.0, layout 1' }],
    ['that names a file elsewhere', { ...manifest, files: [{ ...file, name: '../../glue.js' }] }],
    ['that names a file by a path', { ...manifest, files: [{ ...file, name: 'a/glue.js' }] }],
    ['with a file of no known role', { ...manifest, files: [{ ...file, role: 'virus' }] }],
    ['with a file of no size', { ...manifest, files: [{ ...file, sizeBytes: '12' }] }],
    ['without files', { ...manifest, files: undefined }],
    ['whose imports are not names', { ...manifest, imports: [1] }],
    ['that does not say whether it is asynchronous', { ...manifest, async: undefined }],
    ['that is a list', []],
    ['that is null', null],
  ];
  for (const [what, value] of wrong) {
    it(`is not believed ${what}`, () => {
      assert.equal(parseManifest(JSON.stringify(value)), null);
    });
  }

  it('is not believed when it was cut off', () => {
    assert.equal(parseManifest(JSON.stringify(manifest).slice(0, -5)), null);
    assert.equal(parseManifest(''), null);
  });
});
