import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { metafileOf } from '../../support/built';
import { messagesIn, placeholdersOf } from '../../support/messages';

const root = process.cwd();
const manifest = readTexts('package.json') as unknown as { readonly l10n: string };
const english = readTexts('package.nls.json');
const chinese = readTexts('package.nls.zh-cn.json');

describe('the Simplified Chinese translation', () => {
  it('has every text of the manifest, and no other', () => {
    assert.deepEqual(Object.keys(chinese), Object.keys(english));
  });

  it('has every message of the extension, and no other', () => {
    assert.deepEqual(Object.keys(bundle()).sort(), extensionMessages());
  });

  it('has the placeholders of each message', () => {
    const wrong = Object.entries(bundle()).filter(
      ([message, translated]) =>
        placeholdersOf(message).toSorted().join() !== placeholdersOf(translated).toSorted().join(),
    );
    assert.deepEqual(wrong, []);
  });

  it('has the commands and settings that each text of the manifest links to', () => {
    const wrong = Object.keys(english).filter(
      (key) => links(english[key] ?? '').join() !== links(chinese[key] ?? '').join(),
    );
    assert.deepEqual(wrong, []);
  });

  it('has every page of the walkthrough', () => {
    const pages = readdirSync(join(root, 'media', 'walkthrough')).filter((name) => /^\w+\.md$/.test(name));
    assert.ok(pages.length > 0);
    for (const page of pages)
      assert.ok(
        existsSync(join(root, 'media', 'walkthrough', page.replace('.md', '.nls.zh-cn.md'))),
        `${page} has no translation`,
      );
  });

  it('leaves no text in English', () => {
    const texts = [
      ...Object.entries(bundle()),
      ...Object.keys(english).map((key) => [english[key], chinese[key]]),
    ];
    const same = texts.filter(
      ([message, translated]) => message === translated && /[a-z]{3,} [a-z]{2,}/.test(message ?? ''),
    );
    assert.deepEqual(same, []);
  });
});

/** The messages in the sources that the extension's bundle holds. The command line speaks English. */
function extensionMessages(): readonly string[] {
  const { inputs } = JSON.parse(readFileSync(metafileOf('extension'), 'utf8')) as {
    readonly inputs: Readonly<Record<string, unknown>>;
  };
  const messages = messagesIn('src').filter(({ place }) => place.replace(/:\d+$/, '') in inputs);
  return [...new Set(messages.flatMap(({ key }) => (key === null ? [] : [key])))].sort();
}

function bundle(): Readonly<Record<string, string>> {
  return readTexts(join(manifest.l10n, 'bundle.l10n.zh-cn.json'));
}

function readTexts(name: string): Readonly<Record<string, string>> {
  return JSON.parse(readFileSync(join(root, name), 'utf8')) as Record<string, string>;
}

function links(text: string): readonly string[] {
  return (text.match(/\(command:[^)]*\)|`freshInstance[^`]*`/g) ?? []).sort();
}
