import type { ByteReader } from './bytes';
import { takeCanon } from './decode-canon';
import { CoreModule } from './core-module';
import { malformed } from './decode-error';
import { takeAlias } from './decode-alias';
import { takeCoreType } from './decode-core-types';
import { takeExternType, takeType, withName } from './decode-types';
import { innerDepth } from './type-scope';
import { takeExternName } from './import-export-names';
import { takeComponentNames } from './component-names';
import { takeProducers } from './producers';
import { at, componentScope, pushItem, type ComponentScope, type Counter } from './scope';
import { takePreamble, takeSection, type Section } from './sections';
import type { Component, CoreInstanceDef, CoreItem, InstanceDef, Item } from './definitions';
import { orNull } from './optional';

/** Decodes a component, and those nested in it, from its preamble to its end. Throws `DecodeError`. */
export function decodeComponent(
  reader: ByteReader,
  parent: ComponentScope | null,
  counter: Counter,
): Component {
  return decodeScope(reader, parent, counter).component;
}

/** The same with the index spaces as they are at the component's end. */
export function decodeScope(
  reader: ByteReader,
  parent: ComponentScope | null = null,
  counter: Counter = { modules: 0 },
): ComponentScope {
  const start = reader.offset;
  if (takePreamble(reader) !== 'component') throw malformed('a core module where a component belongs', start);
  const depth = parent === null ? 0 : innerDepth(parent, reader);
  const scope = componentScope({ start, end: reader.end }, parent, depth, counter);
  while (!reader.atEnd) decodeSection(takeSection(reader), scope);
  return scope;
}

function decodeSection(section: Section, scope: ComponentScope): void {
  const { content } = section;
  const take = listTakers[section.id];
  if (take !== undefined) {
    each(content, () => take(content, scope));
    return;
  }
  switch (section.id) {
    case 0:
      decodeCustomSection(section, scope);
      break;
    case 1: {
      const module = new CoreModule(content, scope.counter.modules++);
      scope.modules.push({ kind: 'module', module });
      scope.component.modules.push(module);
      break;
    }
    case 4: {
      const component = decodeComponent(content, scope, scope.counter);
      scope.components.push({ kind: 'component', component });
      scope.component.components.push(component);
      addParts(scope.component, component);
      break;
    }
    case 9: // a start function with value arguments
    case 12: // values: both are experimental, and no toolchain emits them
      break;
    default:
      throw malformed(`an unknown section (${String(section.id)})`, section.start);
  }
}

/** What takes one definition of a section that is a list of them, by the section's id. */
const listTakers: Readonly<Record<number, (content: ByteReader, scope: ComponentScope) => void>> = {
  2: (content, scope) => {
    const instance = takeCoreInstance(content, scope);
    scope.coreInstances.push(instance);
    scope.component.order.push({ kind: 'core', instance });
  },
  3: (content) => {
    takeCoreType(content);
  },
  5: (content, scope) => {
    const instance = takeInstance(content, scope);
    scope.instances.push(instance);
    scope.component.order.push({ kind: 'component', instance });
  },
  6: takeAlias,
  7: (content, scope) => {
    const type = takeType(content, scope);
    scope.types.push({ type, importName: null });
    if (type.kind !== 'value') return;
    const { canonical } = scope.component;
    canonical.fixedLists ||= type.type.kind === 'list' && type.type.length !== null;
    canonical.maps ||= type.type.kind === 'map';
  },
  8: takeCanon,
  10: takeImport,
  11: takeExport,
};

function each(content: ByteReader, take: () => void): void {
  for (let left = content.count(); left > 0; left--) take();
}

/** Adds the core modules of a nested component, and what it uses, to those of the one around it. */
function addParts(to: ComponentScope['component'], { modules, canonical }: Component): void {
  for (const module of modules) to.modules.push(module);
  for (const builtin of canonical.builtins) to.canonical.builtins.add(builtin);
  for (const memory of canonical.memories) to.canonical.memories.add(memory);
  for (const use of ['gc', 'async', 'stackful', 'fixedLists', 'maps'] as const)
    to.canonical[use] ||= canonical[use];
}

/** A malformed custom section is no error of the component (core specification, appendix). */
function decodeCustomSection({ name, content, end }: Section, scope: ComponentScope): void {
  scope.component.customSections.push({ name: name ?? '', start: content.offset, end });
  if (name === 'producers') {
    const producers = orNull(() => takeProducers(content));
    if (producers !== null) scope.component.producers.push(...producers);
  }
  if (name === 'component-name') {
    orNull(() => {
      takeComponentNames(content, scope);
    });
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
