import assert from 'node:assert/strict';
import { matchesIn, matchesOnSentences } from '../../support/messages';

/** Texts that are not ours, and functions for texts of any kind. */
const foreign: Readonly<Record<string, string>> = {
  'src/base/sanitize.ts: words': 'any text, to show it safely',
  'src/editor/pages/component-editor.ts: words': 'any text, to put it into HTML',
  'src/editor/pages/html.ts: clause': 'any clause, to begin it with a capital letter',
  'src/engine/artifact-cache.ts: error.message': 'an error of the file system',
  'src/engine/transpiler/adapt.ts: message': 'an error of wasm-tools, of which the innermost cause is shown',
  'src/runner/outcome.ts: message': 'an error of V8 or jco: the one place that tells the kind of a trap',
  'src/source/component-by-build-script.ts: words': 'the words of a command line',
  'src/source/source-document.ts: error.message': 'an error of V8, at the end of its stack',
  'src/words/t.ts: message': 'fills the placeholders',
};

describe('sentences', () => {
  it('are never looked into to learn a fact', () => {
    const matches = new Set(matchesOnSentences('src'));
    assert.deepEqual([...matches].sort(), Object.keys(foreign).sort());
  });

  it('are found out if they are looked into', () => {
    for (const source of [
      "if (state.message.includes('imports')) f();",
      '/nothing here provides it/.test(failure.message);',
      "const short = message.replace('x', '');",
      "verdict.reason.startsWith('its')",
      'pattern.exec(outcome.words)',
    ])
      assert.equal(matchesIn('x.ts', source).length, 1, source);
    assert.deepEqual(matchesIn('x.ts', "name.includes('a'); /x/.test(path); state.message === ''"), []);
  });
});
