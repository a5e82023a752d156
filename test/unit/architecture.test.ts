import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { rooms, arrows } from '../../scripts/rooms.mjs';

const documents = [
  'ARCHITECTURE.md',
  'CONTRIBUTING.md',
  'README.md',
  ...readdirSync('docs').map((name) => `docs/${name}`),
];

describe('the documents', () => {
  for (const document of documents) {
    it(`${document} names files and folders that exist`, () => {
      const named = [
        ...readFileSync(document, 'utf8').matchAll(
          /`((?:src|test|scripts|bench|docs|samples|media)\/[^`\s]*)`/g,
        ),
      ];
      const missing = named.map(([, path = '']) => path).filter((path) => !isThere(path));
      assert.deepEqual(missing, []);
    });
  }

  it('ARCHITECTURE.md lists the rooms in the order of their arrows', () => {
    const listed = [...readFileSync('ARCHITECTURE.md', 'utf8').matchAll(/^\| `src\/(\w+)` /gm)].map(
      ([, room]) => room,
    );
    assert.deepEqual(listed.toSorted(), rooms.toSorted());
    for (const [room, allowed] of Object.entries(arrows))
      for (const other of allowed) {
        const [below = ''] = other.split('/');
        assert.ok(
          listed.indexOf(below) < listed.indexOf(room),
          `${room} imports ${below}, which is listed below it`,
        );
      }
  });
});

/** Whether a path of a document is there; `{a,b}`, `*` and `…` stand for several, of which there must be one. */
function isThere(path: string): boolean {
  const pattern = /^(.*?)[^/]*[{*…]/.exec(path);
  if (pattern === null) return existsSync(path);
  const expected = new RegExp(
    `^${path
      .replace(/[.]/g, '\\.')
      .replace(/\*|…/g, '[^/]*')
      .replace(/\{([^}]*)\}/g, (_all, names: string) => `(${names.replaceAll(',', '|')})`)}$`,
  );
  const [, folder = ''] = pattern;
  return readdirSync(folder, { recursive: true, encoding: 'utf8' }).some((name) =>
    expected.test(folder + name),
  );
}
