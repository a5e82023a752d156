import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { authorAdvice } from '../../../src/editor/pages/author-advice';

const read = (...path: readonly string[]) => readFileSync(join(process.cwd(), ...path), 'utf8');
const sources = ['counter.c', 'greeter.c', 'tally.js'].map((name) => read('samples', 'src', name)).join('\n');
const worlds = read('samples', 'wit', 'world.wit');

describe('what is said to authors of components', () => {
  it('shows on the page what stands in the samples', () => {
    const shown = [...authorAdvice().matchAll(/<pre>([^]*?)<\/pre>/g)].map(([, code]) => plain(code!));
    assert.equal(shown.length, 2);
    for (const code of shown) assert.ok(sources.includes(code), code);
  });

  it('shows in the guide what stands in the samples', () => {
    const blocks = [...read('docs', 'reuse.md').matchAll(/^```(c|js|wit)\n([^]*?)\n```$/gm)];
    assert.deepEqual(
      blocks.map(([, language]) => language),
      ['wit', 'c', 'c', 'js'],
    );
    for (const [, language, code] of blocks)
      assert.ok((language === 'wit' ? worlds : sources).includes(code!), code);
  });
});

function plain(code: string): string {
  return code
    .replace(/&quot;/g, '"')
    .replace(/&#39;/g, "'")
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&amp;/g, '&');
}
