import assert from 'node:assert/strict';
import { associationsFor } from '../../../src/editor/pages/editor-association';

describe('the setting that says what opens .wasm files', () => {
  it('gives them to VS Code’s editor, and back', () => {
    assert.deepEqual(associationsFor('other', undefined, {}), { '*.wasm': 'default' });
    assert.deepEqual(associationsFor('page', 'other', { '*.wasm': 'default' }), {
      '*.wasm': 'freshInstance.page',
    });
    assert.deepEqual(associationsFor(undefined, 'other', { '*.wasm': 'default', '*.md': 'x' }), {
      '*.md': 'x',
    });
  });

  it('changes nothing where all is as it should be, or nothing is set', () => {
    assert.equal(associationsFor('other', 'other', { '*.wasm': 'default' }), null);
    assert.equal(associationsFor(undefined, undefined, {}), null);
    assert.equal(associationsFor(undefined, undefined, { '*.wasm': 'default' }), null);
  });

  it('leaves alone what the user has written', () => {
    assert.equal(associationsFor('page', 'other', { '*.wasm': 'hexEditor.hexedit' }), null);
    assert.equal(associationsFor('other', undefined, { '*.wasm': 'hexEditor.hexedit' }), null);
    assert.equal(associationsFor(undefined, 'page', { '*.wasm': 'hexEditor.hexedit' }), null);
  });
});
