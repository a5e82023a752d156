import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const manifest = JSON.parse(readFileSync('package.json', 'utf8')) as {
  contributes: {
    commands: { command: string; title: string }[];
    menus: { commandPalette: { command: string; when?: string }[] };
    configuration: { properties: Record<string, { default: unknown }> }[];
  };
};
const strings = JSON.parse(readFileSync('package.nls.json', 'utf8')) as Record<string, string>;
const readme = readFileSync('README.md', 'utf8');

describe('README.md', () => {
  it('lists the commands of the palette', () => {
    const { commands, menus } = manifest.contributes;
    const hidden = menus.commandPalette.filter(({ when }) => when === 'false').map(({ command }) => command);
    const titles = commands
      .filter(({ command }) => !hidden.includes(command))
      .map(({ title }) => strings[title.slice(1, -1)]);
    assert.deepEqual(firstCells('## Commands').sort(), titles.sort());
  });

  it('lists the settings with their defaults', () => {
    const expected = manifest.contributes.configuration.flatMap(({ properties }) =>
      Object.entries(properties).map(([name, setting]) => {
        const short = `\`${name.replace('freshInstance.', '')}\``;
        return short === '`components.exclude`'
          ? [short, 'build files']
          : [short, `\`${JSON.stringify(setting.default)}\``];
      }),
    );
    assert.deepEqual(
      rows('## Settings').map((cells) => cells.slice(0, 2)),
      expected,
    );
  });

  for (const page of [
    'README.md',
    'CONTRIBUTING.md',
    'ARCHITECTURE.md',
    'docs/reuse.md',
    'docs/command-line.md',
    'docs/performance.md',
    'docs/limits.md',
    'docs/calls.md',
    'docs/files.md',
    'docs/debugging.md',
    'docs/grants.md',
  ]) {
    it(`links only to files and headings that exist: ${page}`, () => {
      const links = [...readFileSync(page, 'utf8').matchAll(/\]\(([^)\s]+)\)/g)].map(([, link = '']) => link);
      const broken = links
        .filter((link) => !/^https?:/.test(link))
        .filter((link) => {
          const [path = '', heading] = link.split('#');
          const target = path === '' ? page : join(dirname(page), path);
          if (!existsSync(target)) return true;
          return heading !== undefined && !anchors(readFileSync(target, 'utf8')).includes(heading);
        });
      assert.deepEqual(broken, []);
    });
  }
});

/** The cells of the table below a heading, without its head. */
function rows(heading: string): string[][] {
  const [, section = ''] = readme.split(`\n${heading}\n`);
  const [table = ''] = /(?:^\|.*\n)+/m.exec(section) ?? [];
  const lines = table.trim().split('\n').slice(2);
  assert.ok(lines.length > 0, `no table below ${heading}`);
  return lines.map((line) =>
    line
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );
}

function firstCells(heading: string): (string | undefined)[] {
  return rows(heading).map(([first]) => first);
}

/** The names that GitHub and VS Code give to the headings of a page. */
function anchors(markdown: string): string[] {
  return [...markdown.matchAll(/^#+ (.*)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replaceAll(/[^\p{Letter}\p{Number} _-]/gu, '')
      .replaceAll(' ', '-'),
  );
}
