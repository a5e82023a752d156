import assert from 'node:assert/strict';
import { withoutLinks } from '../../../src/base/sanitize';

/** What VS Code's notifications make links of. */
const link = /\[([^\]]+)\]\(((?:https?:\/\/|command:|file:)[^)\s]+)(?: (["'])(.+?)(\3))?\)/i;

describe('what a notification says', () => {
  it('is shown as it is, and holds no link', () => {
    const said = '"[Show Result](command:workbench.action.quit) [x](https://example.com)"';
    assert.match(said, link);
    assert.doesNotMatch(withoutLinks(said), link);
    assert.equal(withoutLinks(said).replaceAll('\u200b', ''), said);
    assert.equal(withoutLinks('f([1], (2))'), 'f([1], (2))');
  });
});
