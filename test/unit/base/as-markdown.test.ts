import assert from 'node:assert/strict';
import { asMarkdown } from '../../../src/base/sanitize';

describe('words in Markdown', () => {
  it('are shown as they are, with names between backquotes as code', () => {
    assert.equal(asMarkdown('guard in `_start` (a*b)'), 'guard in `_start` \\(a\\*b\\)');
    assert.equal(asMarkdown('`a`, `b`.'), '`a`, `b`\\.');
  });

  it('never become a link or a picture, whatever backquotes a name has', () => {
    const escaped = '!\\[x\\]\\(https://example\\.com\\)'.replace('!', '\\!');
    const picture = '![x](https://example.com)';
    assert.equal(asMarkdown(picture), escaped);
    assert.equal(asMarkdown(`\`\`\`${picture}\``), `\\\`\\\`\\\`${escaped}\\\``);
    assert.equal(asMarkdown(`\`a\`\`${picture}`), `\\\`a\\\`\\\`${escaped}`);
  });
});
