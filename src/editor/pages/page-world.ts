import type { World as WorldData, WorldItem } from '../../component/world';
import { isWasiImport } from '../../component/wasi';
import { moduleFor } from '../../engine/missing-imports';
import type { ModuleGrant } from '../../instance/profile';
import type { World, WorldNode } from '../../page/messages';
import { providerText } from '../../words/page';

/**
 * Imports with who provides them, and exports with what can be called.
 * @param modules of the settings, for this component
 * @param canCall whether guests may run here
 */
export function pageWorld(world: WorldData, modules: readonly ModuleGrant[], canCall: boolean): World {
  const imports = world.imports.map((item) => ({
    ...nodeOf(item),
    provider: providerOf(item.name, world.needed, modules),
  }));
  const missing = imports.filter(({ provider }) => provider.isMissing).length;
  return {
    imports,
    provision: imports.length === 0 ? '' : providerText.all(missing),
    exports: world.exports.map((item) => exportNode(item, undefined, canCall)),
  };
}

function nodeOf({ name, kind, wit, items }: WorldItem): WorldNode {
  return { name, kind, wit, docs: '', items: items.map(nodeOf) };
}

function exportNode(item: WorldItem, home: string | undefined, canCall: boolean): WorldNode {
  const { name, kind, items } = item;
  return {
    ...nodeOf(item),
    ...(kind === 'function' && canCall
      ? { call: home === undefined ? { func: name } : { interface: home, func: name } }
      : {}),
    items: items.map((each) => exportNode(each, name, canCall)),
  };
}

function providerOf(
  name: string,
  needed: readonly string[],
  modules: readonly ModuleGrant[],
): NonNullable<WorldNode['provider']> {
  const grant = moduleFor(name, modules);
  if (grant !== undefined) return { text: providerText.module(grant.path), isMissing: false };
  if (isWasiImport(name)) return { text: providerText.wasi(), isMissing: false };
  return needed.includes(name)
    ? { text: providerText.missing(), isMissing: true }
    : { text: providerText.types(), isMissing: false };
}
