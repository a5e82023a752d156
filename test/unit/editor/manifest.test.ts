import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  commandIds,
  componentEditorId,
  contextKeys,
  settingNames,
  viewId,
  witScheme,
} from '../../../src/editor/common/ids';

interface MenuItem {
  readonly command?: string;
  readonly submenu?: string;
  readonly when?: string;
  readonly group?: string;
}

/** The part of JSON Schema that settings use. */
interface Schema {
  readonly description?: string;
  readonly markdownDescription?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly additionalProperties?: Schema | boolean;
  readonly items?: Schema;
  readonly anyOf?: readonly Schema[];
}

const root = process.cwd();
const manifestText = readFileSync(join(root, 'package.json'), 'utf8');
const manifest = JSON.parse(manifestText) as {
  contributes: {
    commands: { command: string; title: string; category: string }[];
    menus: Record<string, MenuItem[]>;
    views: Record<string, { id: string }[]>;
    submenus: { id: string; label: string }[];
    viewsContainers: { activitybar: { title: string }[] };
    debuggers: { label: string; configurationAttributes: { launch: Schema } }[];
    configuration: { title: string; properties: Record<string, Schema> }[];
  };
};
const properties = Object.assign(
  {},
  ...manifest.contributes.configuration.map((group) => group.properties),
) as Record<string, Schema>;
const strings = JSON.parse(readFileSync(join(root, 'package.nls.json'), 'utf8')) as Record<string, string>;

describe('package.json and the code', () => {
  it('know the same commands', () => {
    const contributed = manifest.contributes.commands.map(({ command }) => command).sort();
    assert.deepEqual(contributed, Object.values(commandIds).sort());
  });

  it('put only known commands into menus', () => {
    const known = new Set<string>(Object.values(commandIds));
    const used = Object.values(manifest.contributes.menus)
      .flat()
      .flatMap(({ command }) => command ?? []);
    assert.deepEqual(
      used.filter((command) => !known.has(command)),
      [],
    );
  });

  it('define every submenu that a menu shows, and show every submenu', () => {
    const shown = Object.values(manifest.contributes.menus)
      .flat()
      .flatMap(({ submenu }) => submenu ?? []);
    assert.deepEqual(
      [...new Set(shown)],
      manifest.contributes.submenus.map(({ id }) => id),
    );
  });

  it('name a submenu at most once in a menu, since VS Code ignores the second', () => {
    for (const [menu, items] of Object.entries(manifest.contributes.menus)) {
      const named = items.flatMap(({ submenu }) => submenu ?? []);
      assert.equal(new Set(named).size, named.length, menu);
    }
  });

  it('use one name for the product', () => {
    const { commands, submenus, viewsContainers, debuggers } = manifest.contributes;
    const names = [
      ...commands.map(({ category }) => category),
      ...submenus.map(({ label }) => label),
      ...viewsContainers.activitybar.map(({ title }) => title),
      ...debuggers.map(({ label }) => label),
    ];
    assert.deepEqual([...new Set(names)], ['%displayName%']);
    assert.equal(strings.displayName, 'Fresh Instance');
  });

  it('know the same view, context keys and document scheme', () => {
    assert.equal(manifest.contributes.views.freshInstance?.[0]?.id, viewId);
    for (const key of Object.values(contextKeys)) assert.ok(manifestText.includes(key), key);
    assert.ok(manifestText.includes(witScheme));
    assert.ok(manifestText.includes(componentEditorId));
  });

  it('know the same settings', () => {
    assert.deepEqual(
      Object.keys(properties),
      settingNames.map((name) => `freshInstance.${name}`),
    );
  });

  it('describe every setting, every launch attribute, and every key inside of them', () => {
    assert.deepEqual(undescribedIn({ properties }, 'settings'), []);
    const launch = manifest.contributes.debuggers.map(
      ({ configurationAttributes }) => configurationAttributes.launch,
    );
    assert.equal(launch.length, 1);
    assert.deepEqual(undescribedIn(launch[0], 'launch'), []);
  });

  it('put only Run or Call Export beside the submenu of a file', () => {
    for (const menu of ['explorer/context', 'editor/title', 'editor/title/context'])
      for (const { command } of (manifest.contributes.menus[menu] ?? []).filter(
        ({ submenu }) => submenu === undefined,
      ))
        assert.ok(
          command === commandIds.run || command === commandIds.callExport,
          `${menu}: ${String(command)}`,
        );
  });

  it('have a text for every key, and use every text', () => {
    const used = [...manifestText.matchAll(/"%([^%"]+)%"/g)].map(([, key]) => key);
    assert.deepEqual([...new Set(used)].sort(), Object.keys(strings).sort());
  });

  it('hide commands from the palette that need a row or a lens', () => {
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

  it('show commands about instances in the palette only if there are instances', () => {
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

  it('offer Call Export instead of Run for a library', () => {
    for (const menu of ['explorer/context', 'editor/title']) {
      const items = manifest.contributes.menus[menu] ?? [];
      for (const { command, when } of items.filter((item) => item.command === commandIds.run))
        assert.match(
          when ?? '',
          /resourcePath not in freshInstance\.libraries/,
          `${menu}: ${String(command)}`,
        );
      assert.ok(items.some(({ command }) => command === commandIds.callExport));
    }
  });

  it('give each entry of a menu its own place', () => {
    for (const [menu, items] of Object.entries(manifest.contributes.menus)) {
      const places = items.map(({ group, when }) => `${menu} ${group ?? ''} ${when ?? ''}`);
      assert.deepEqual(
        places.filter((place, index) => place.includes('@') && places.indexOf(place) !== index),
        [],
      );
    }
  });
});

/** Paths of nested keys that have no description, such as `freshInstance.profiles.*.dirs[].host`. */
function undescribedIn(schema: Schema | boolean | undefined, path: string): string[] {
  if (typeof schema !== 'object') return [];
  return [
    ...Object.entries(schema.properties ?? {}).flatMap(([key, inner]) => [
      ...(isDescribed(inner) ? [] : [`${path}.${key}`]),
      ...undescribedIn(inner, `${path}.${key}`),
    ]),
    ...undescribedIn(schema.additionalProperties, `${path}.*`),
    ...undescribedIn(schema.items, `${path}[]`),
    ...(schema.anyOf ?? []).flatMap((each) => undescribedIn(each, path)),
  ];
}

function isDescribed({ description, markdownDescription }: Schema): boolean {
  return description !== undefined || markdownDescription !== undefined;
}
