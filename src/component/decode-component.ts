import type { ByteReader } from './bytes';
import { takeCanon } from './decode-canon';
import { CoreModule } from './core-module';
import { malformed } from './decode-error';
import { innerDepth, outerType, takeCoreType, takeExternType, takeType, withName } from './decode-types';
import { takeExternName } from './heads';
import { takeProducers } from './producers';
import { at, componentScope, pushCoreItem, pushItem, type ComponentScope, type Counter } from './scope';
import { takePreamble, takeSection, type Section } from './sections';
import type {
  Component,
  ComponentDef,
  CoreInstanceDef,
  CoreItem,
  InstanceDef,
  Item,
  ModuleDef,
} from './definitions';
import type { TypeDef } from './types';
import { orNull } from './optional';

/** Decodes a component, and those nested in it, from its preamble to its end. Throws `DecodeError`. */
export function decodeComponent(
  reader: ByteReader,
  parent: ComponentScope | null,
  counter: Counter,
): Component {
  const start = reader.offset;
  if (takePreamble(reader) !== 'component') throw malformed('a core module where a component belongs', start);
  const depth = parent === null ? 0 : innerDepth(parent, reader);
  const scope = componentScope(parent, depth, counter);
  while (!reader.atEnd) decodeSection(takeSection(reader), scope);
  return scope.component;
}

function decodeSection(section: Section, scope: ComponentScope): void {
  const { content } = section;
  switch (section.id) {
    case 0:
      decodeCustomSection(section, scope);
      break;
    case 1:
      scope.modules.push({ kind: 'module', module: new CoreModule(content, scope.counter.modules++) });
      break;
    case 2:
      each(content, () => {
        const instance = takeCoreInstance(content, scope);
        scope.coreInstances.push(instance);
        scope.component.order.push({ kind: 'core', instance });
      });
      break;
    case 3:
      each(content, () => {
        takeCoreType(content);
      });
      break;
    case 4:
      scope.components.push({
        kind: 'component',
        component: decodeComponent(content, scope, scope.counter),
      });
      break;
    case 5:
      each(content, () => {
        const instance = takeInstance(content, scope);
        scope.instances.push(instance);
        scope.component.order.push({ kind: 'component', instance });
      });
      break;
    case 6:
      each(content, () => {
        takeAlias(content, scope);
      });
      break;
    case 7:
      each(content, () => {
        scope.types.push({ type: takeType(content, scope), importName: null });
      });
      break;
    case 8:
      each(content, () => {
        takeCanon(content, scope);
      });
      break;
    case 9: // a start function with value arguments
    case 12: // values: both are experimental, and no toolchain emits them
      break;
    case 10:
      each(content, () => {
        takeImport(content, scope);
      });
      break;
    case 11:
      each(content, () => {
        takeExport(content, scope);
      });
      break;
    default:
      throw malformed(`an unknown section (${String(section.id)})`, section.start);
  }
}

function each(content: ByteReader, take: () => void): void {
  for (let left = content.count(); left > 0; left--) take();
}

/** A malformed custom section is no error of the component (core specification, appendix). */
function decodeCustomSection({ name, content, end }: Section, scope: ComponentScope): void {
  scope.component.customSections.push({ name: name ?? '', start: content.offset, end });
  if (name === 'producers') {
    const producers = orNull(() => takeProducers(content));
    if (producers !== null) scope.component.producers.push(...producers);
  }
  if (name === 'component-name') {
    scope.component.name = orNull(() => (content.u8() === 0 ? content.part(content.u32()).name() : null));
  }
}

function takeCoreInstance(reader: ByteReader, scope: ComponentScope): CoreInstanceDef {
  const start = reader.offset;
  switch (reader.u8()) {
    case 0: {
      const module = at(scope.modules, reader, 'core module');
      const args = new Map<string, CoreInstanceDef>();
      each(reader, () => {
        const name = reader.name();
        if (reader.u8() !== 0x12) throw malformed('an argument that is not an instance', reader.offset - 1);
        args.set(name, at(scope.coreInstances, reader, 'core instance'));
      });
      return { kind: 'instantiate', module, args };
    }
    case 1: {
      const exports = new Map<string, CoreItem>();
      each(reader, () => {
        const name = reader.name();
        exports.set(name, takeCoreItem(reader, scope));
      });
      return { kind: 'exports', exports };
    }
    default:
      throw malformed('an unknown form of core instance', start);
  }
}

function takeCoreItem(reader: ByteReader, scope: ComponentScope): CoreItem {
  const sort = reader.u8();
  switch (sort) {
    case 0:
      return { kind: 'func', def: at(scope.coreFuncs, reader, 'core function') };
    case 1:
      return { kind: 'table', def: at(scope.coreTables, reader, 'core table') };
    case 2:
      return { kind: 'memory', def: at(scope.coreMemories, reader, 'core memory') };
    case 3:
      return { kind: 'global', def: at(scope.coreGlobals, reader, 'core global') };
    case 4:
      return { kind: 'tag', def: at(scope.coreTags, reader, 'core tag') };
    default:
      reader.u32();
      return { kind: 'other' };
  }
}

function takeInstance(reader: ByteReader, scope: ComponentScope): InstanceDef {
  const start = reader.offset;
  switch (reader.u8()) {
    case 0: {
      const component = at(scope.components, reader, 'component');
      const args = new Map<string, Item>();
      each(reader, () => {
        const name = reader.name();
        const item = takeItem(reader, scope);
        // wit-component passes an interface's types under this prefix, and only here their names are to be seen.
        if (item.kind === 'type') withName(item.def.type, name.replace(/^import-type-/, ''));
        args.set(name, item);
      });
      return { kind: 'instantiate', component, args };
    }
    case 1: {
      const exports = new Map<string, Item>();
      each(reader, () => {
        const name = takeExternName(reader);
        exports.set(name, takeItem(reader, scope));
      });
      return { kind: 'exports', exports };
    }
    default:
      throw malformed('an unknown form of instance', start);
  }
}

function takeItem(reader: ByteReader, scope: ComponentScope): Item {
  const start = reader.offset;
  switch (reader.u8()) {
    case 0:
      if (reader.u8() !== 0x11) break;
      return { kind: 'module', def: at(scope.modules, reader, 'core module') };
    case 1:
      return { kind: 'func', def: at(scope.funcs, reader, 'function') };
    case 2:
      reader.u32();
      return { kind: 'value' };
    case 3:
      return { kind: 'type', def: at(scope.types, reader, 'type') };
    case 4:
      return { kind: 'component', def: at(scope.components, reader, 'component') };
    case 5:
      return { kind: 'instance', def: at(scope.instances, reader, 'instance') };
  }
  throw malformed('an unknown kind of definition', start);
}

function takeAlias(reader: ByteReader, scope: ComponentScope): void {
  const start = reader.offset;
  const sort = reader.u8();
  const coreSort = sort === 0 ? reader.u8() : -1;
  const target = reader.u8();
  if (target === 0) {
    const instance = at(scope.instances, reader, 'instance');
    aliasInstanceExport(instance, reader.name(), sort, coreSort, scope, start);
  } else if (target === 1 && sort === 0) {
    const instance = at(scope.coreInstances, reader, 'core instance');
    aliasCoreExport(instance, reader.name(), coreSort, scope, start);
  } else if (target === 2) {
    aliasOuter(reader, sort, coreSort, scope, start);
  } else {
    throw malformed('an unknown form of alias', start);
  }
}

/** An alias of an inline export is that export itself, so that no chain of aliases can grow long. */
function aliasCoreExport(
  instance: CoreInstanceDef,
  name: string,
  coreSort: number,
  scope: ComponentScope,
  start: number,
): void {
  const kind = (['func', 'table', 'memory', 'global', 'tag'] as const)[coreSort];
  if (kind === undefined) throw malformed('an alias of an unknown kind', start);
  let item: CoreItem = { kind, def: { kind: 'alias', instance, name } };
  if (instance.kind === 'exports') {
    const found = instance.exports.get(name);
    if (found?.kind !== kind) throw malformed(`an alias of \`${name}\`, which is not there`, start);
    item = found;
  }
  pushCoreItem(scope, item);
}

function aliasInstanceExport(
  instance: InstanceDef,
  name: string,
  sort: number,
  coreSort: number,
  scope: ComponentScope,
  start: number,
): void {
  if (instance.kind === 'exports') {
    const item = instance.exports.get(name);
    if (item === undefined) throw malformed(`an alias of \`${name}\`, which is not there`, start);
    pushItem(scope, item);
    return;
  }
  const depth = instance.kind === 'alias' ? instance.depth + 1 : 1;
  if (depth > MAX_ALIASES) throw malformed('aliases of aliases nested too deeply', start);
  const alias = { kind: 'alias', instance, name, depth } as const;
  switch (sort) {
    case 0:
      if (coreSort !== 0x11) break;
      scope.modules.push(alias);
      return;
    case 1:
      scope.funcs.push(alias);
      return;
    case 2:
      return;
    case 3: {
      const type = exportedType(instance, name);
      if (type === null) break;
      scope.types.push({ type, importName: null });
      return;
    }
    case 4:
      scope.components.push(alias);
      return;
    case 5:
      scope.instances.push(alias);
      return;
  }
  throw malformed(`an alias of \`${name}\`, which is not there`, start);
}

const MAX_ALIASES = 100;

function aliasOuter(
  reader: ByteReader,
  sort: number,
  coreSort: number,
  scope: ComponentScope,
  start: number,
): void {
  if (sort === 3) {
    scope.types.push(outerType(reader, scope));
    return;
  }
  const depth = reader.u32();
  if (sort === 0 && coreSort === 0x10) {
    reader.u32();
    return;
  }
  let target: ComponentScope | null = scope;
  for (let levels = depth; levels > 0 && target !== null; levels--) target = target.outer;
  if (target !== null && sort === 4) {
    const def: ComponentDef = at(target.components, reader, 'component');
    scope.components.push(depth === 0 ? def : { kind: 'outer', depth, def });
  } else if (target !== null && sort === 0 && coreSort === 0x11) {
    const def: ModuleDef = at(target.modules, reader, 'core module');
    scope.modules.push(depth === 0 ? def : { kind: 'outer', depth, def });
  } else {
    throw malformed('an alias of a scope that is not there', start);
  }
}

/** The type that an instance exports under a name, null if there is none. */
function exportedType(instance: InstanceDef, name: string): TypeDef | null {
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

function takeImport(reader: ByteReader, scope: ComponentScope): void {
  const name = takeExternName(reader);
  const type = takeExternType(reader, scope, name);
  scope.component.imports.push({ name, type });
  switch (type.kind) {
    case 'module':
      scope.modules.push({ kind: 'import', name });
      break;
    case 'func':
      scope.funcs.push({ kind: 'import', name, type: type.type });
      break;
    case 'type':
      scope.types.push({ type: type.type, importName: name });
      break;
    case 'component':
      scope.components.push({ kind: 'import', name, type: type.type });
      break;
    case 'instance':
      scope.instances.push({ kind: 'import', name, type: type.type });
      break;
    case 'value':
      break;
  }
}

function takeExport(reader: ByteReader, scope: ComponentScope): void {
  const name = takeExternName(reader);
  const item = takeItem(reader, scope);
  if (reader.u8() !== 0) takeExternType(reader, scope, name);
  if (item.kind === 'type') withName(item.def.type, name);
  scope.component.exports.push({ name, kind: item.kind, item });
  pushItem(scope, item);
}
