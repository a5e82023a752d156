// @ts-check
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Makes VS Code use a display language without a language pack from the marketplace: its own texts stay English, and extensions get
 * their translations. This writes what VS Code writes when a language pack is installed.
 * @param {string} userDataFolder
 * @param {string} language such as `zh-cn`
 */
export function writeLanguagePack(userDataFolder, language) {
  const translations = join(userDataFolder, 'language-pack.i18n.json');
  mkdirSync(userDataFolder, { recursive: true });
  writeFileSync(translations, JSON.stringify({ version: '1.0.0', contents: {} }));
  writeFileSync(
    join(userDataFolder, 'languagepacks.json'),
    JSON.stringify({
      [language]: {
        hash: 'fresh-instance-tests',
        label: language,
        extensions: [{ extensionIdentifier: { id: `fresh-instance-tests.${language}` }, version: '1.0.0' }],
        translations: { vscode: translations },
      },
    }),
  );
}
