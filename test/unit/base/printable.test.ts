import assert from 'node:assert/strict';
import { printable } from '../../../src/base/sanitize';

describe('what the command line prints of a component', () => {
  it('shows characters that would do something to the terminal', () => {
    assert.equal(
      printable('a\x1b[31mb\x07\r\x9bc\u202ed\u2067\n\te\x7f'),
      'a\\u{1b}[31mb\\u{7}\\u{d}\\u{9b}c\\u{202e}d\\u{2067}\n\te\\u{7f}',
    );
  });

  it('leaves other text as it is', () => {
    const text = 'hé llo.wasm → 👋 “ok” · µ\n\tעברית';
    assert.equal(printable(text), text);
  });
});
