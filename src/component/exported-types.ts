import type { ComponentDef, InstanceDef, Item } from './definitions';
import type { TypeDef } from './types';

/** The type that an instance exports under a name, null if there is none. */
export function exportedType(instance: InstanceDef, name: string): TypeDef | null {
  switch (instance.kind) {
    case 'import': {
      const found = instance.type.exports.get(name);
      return found?.kind === 'type' ? found.type : null;
    }
    case 'exports': {
      const found = instance.exports.get(name);
      return found?.kind === 'type' ? found.def.type : null;
    }
    case 'instantiate':
      return typeExportedBy(instance.component, instance.args, name);
    case 'alias': {
      const inner = exportedInstance(instance.instance, instance.name);
      return inner === null ? null : exportedType(inner, name);
    }
  }
}

function typeExportedBy(
  component: ComponentDef,
  args: ReadonlyMap<string, Item>,
  name: string,
): TypeDef | null {
  if (component.kind === 'outer') return typeExportedBy(component.def, args, name);
  if (component.kind === 'import') {
    const found = component.type.exports.get(name);
    return found?.kind === 'type' ? found.type : null;
  }
  if (component.kind === 'alias') return null;
  const item = component.component.exports.find((each) => each.name === name)?.item;
  if (item?.kind !== 'type') return null;
  const given = item.def.importName === null ? undefined : args.get(item.def.importName);
  return given?.kind === 'type' ? given.def.type : item.def.type;
}

/** An instance that another instance exports, as far as types need it. */
function exportedInstance(instance: InstanceDef, name: string): InstanceDef | null {
  switch (instance.kind) {
    case 'import': {
      const found = instance.type.exports.get(name);
      return found?.kind === 'instance' ? { kind: 'import', name, type: found.type } : null;
    }
    case 'exports': {
      const found = instance.exports.get(name);
      return found?.kind === 'instance' ? found.def : null;
    }
    case 'instantiate': {
      if (instance.component.kind !== 'component') return null;
      const item = instance.component.component.exports.find((each) => each.name === name)?.item;
      return item?.kind === 'instance' ? item.def : null;
    }
    case 'alias': {
      const inner = exportedInstance(instance.instance, instance.name);
      return inner === null ? null : exportedInstance(inner, name);
    }
  }
}
