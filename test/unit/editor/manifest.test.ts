import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import {
  commandIds,
  componentEditorId,
  contextKeys,
  viewId,
  witScheme,
} from '../../../src/editor/common/ids';

const root = process.cwd();
const manifestText = readFileSync(join(root, 'package.json'), 'utf8');
const manifest = JSON.parse(manifestText) as {
  contributes: {
    commands: { command: string; title: string }[];
    menus: Record<string, { command: string; when?: string; group?: string }[]>;
    views: Record<string, { id: string }[]>;
    configuration: { properties: Record<string, unknown> };
  };
};
const strings = JSON.parse(readFileSync(join(root, 'package.nls.json'), 'utf8')) as Record<string, string>;
const source = readSources(join(root, 'src'));

describe('notifications', () => {
  it('are shown by one place, which lets nothing in them become a link', () => {
    const shown = source.match(/window\s*\.show(?:Information|Warning|Error)Message\(\w*/g);
    assert.deepEqual(shown, [
      'window.showInformationMessage(withoutLinks',
      'window.showWarningMessage(withoutLinks',
      'window.showErrorMessage(withoutLinks',
    ]);
  });
});

describe('package.json and the code', () => {
  it('know the same commands', () => {
    const contributed = manifest.contributes.commands.map(({ command }) => command).sort();
    assert.deepEqual(contributed, Object.values(commandIds).sort());
  });

  it('put only known commands into menus', () => {
    const known = new Set<string>(Object.values(commandIds));
    const used = Object.values(manifest.contributes.menus)
      .flat()
      .map(({ command }) => command);
    assert.deepEqual(
      used.filter((command) => !known.has(command)),
      [],
    );
  });

  it('know the same view, context keys and document scheme', () => {
    assert.equal(manifest.contributes.views.freshInstance?.[0]?.id, viewId);
    for (const key of Object.values(contextKeys)) assert.ok(manifestText.includes(key), key);
    assert.ok(manifestText.includes(witScheme));
    assert.ok(manifestText.includes(componentEditorId));
  });

  it('know the same settings', () => {
    for (const name of Object.keys(manifest.contributes.configuration.properties)) {
      const short = name.replace(/^freshInstance\./, '');
      assert.ok(source.includes(`'${short}'`) || source.includes(`'${name}'`), `${name} is read nowhere`);
    }
  });

  it('have a text for every key and a use for every text', () => {
    const used = [...manifestText.matchAll(/"%([^%"]+)%"/g)].map(([, key]) => key);
    assert.deepEqual([...new Set(used)].sort(), Object.keys(strings).sort());
  });

  it('hide from the palette what makes sense only on a row or a lens', () => {
    const hidden = manifest.contributes.menus.commandPalette
      ?.filter(({ when }) => when === 'false')
      .map(({ command }) => command);
    assert.deepEqual(hidden, [
      commandIds.runAgain,
      commandIds.chooseComponent,
      commandIds.repeatCall,
      commandIds.editCall,
      commandIds.copyCall,
      commandIds.showResult,
      commandIds.showTrap,
    ]);
  });

  it('offers in the palette what is about instances only where there are any', () => {
    const conditions = new Map(
      manifest.contributes.menus.commandPalette?.map(({ command, when }) => [command, when]),
    );
    assert.equal(conditions.get(commandIds.stop), contextKeys.hasBusy);
    assert.equal(conditions.get(commandIds.disposeFinished), contextKeys.hasFinished);
    for (const command of [
      commandIds.dispose,
      commandIds.disposeAll,
      commandIds.showTerminal,
      commandIds.showAllOutput,
      commandIds.dropHandle,
    ])
      assert.equal(conditions.get(command), contextKeys.hasInstances, command);
  });

  it('offers no run where a file is a library, but a call', () => {
    for (const menu of ['explorer/context', 'editor/title']) {
      const items = manifest.contributes.menus[menu] ?? [];
      for (const { command, when } of items.filter((item) => item.command === commandIds.run))
        assert.match(when ?? '', /resourcePath not in freshInstance\.libraries/, `${menu}: ${command}`);
      assert.ok(items.some(({ command }) => command === commandIds.callExport));
    }
  });

  it('give no two entries of a menu the same place', () => {
    for (const [menu, items] of Object.entries(manifest.contributes.menus)) {
      const places = items.map(({ group, when }) => `${menu} ${group ?? ''} ${when ?? ''}`);
      assert.deepEqual(
        places.filter((place, index) => place.includes('@') && places.indexOf(place) !== index),
        [],
      );
    }
  });
});

function readSources(folder: string): string {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => readFileSync(join(folder, name), 'utf8'))
    .join('\n');
}
