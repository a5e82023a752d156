import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { makeNotices, noticesFile } from '../../../scripts/setup/third-party.mjs';
import { metafileOf } from '../../support/built';

describe('THIRD-PARTY-NOTICES.md', () => {
  it('is what scripts/notices.mjs writes for the built extension', () => {
    assert.equal(readFileSync(noticesFile, 'utf8'), makeNotices());
  });

  it('names every package in the bundles, with a licence text', () => {
    const text = readFileSync(noticesFile, 'utf8');
    const { inputs } = JSON.parse(readFileSync(metafileOf('transpiler'), 'utf8')) as { inputs: object };
    assert.ok(Object.keys(inputs).some((input) => input.includes('/jco-transpile/')));
    for (const name of ['jco-transpile', 'preview2-shim', 'preview3-shim'])
      assert.match(
        text,
        new RegExp(`^- @bytecodealliance/${name} \\d.*: Apache-2.0 WITH LLVM-exception`, 'm'),
      );
    assert.match(text, /^- @vscode\/tree-sitter-wasm \d.*: MIT/m);
    assert.match(text, /^## Licence 1\n\n```text\nApache License/m);
  });
});
