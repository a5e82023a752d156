import { ByteReader } from '../bytes';
import { CoreModule } from '../core-module';
import type { Component, ComponentDef, CoreInstanceDef, InstanceDef, Item, ModuleDef } from '../definitions';
import { orNull } from '../optional';
import { moduleRole } from './module-role';
import { shortText } from './short-text';
import { importNodes, Providers, type Sources } from './providers';
import {
  mostNames,
  mostNodes,
  type Structure,
  type StructureExport,
  type StructureImport,
  type StructureNode,
} from './structure';

/** The structure of a component that was read. */
export function structureOf(component: Component): Structure {
  const builder = new StructureBuilder();
  builder.addComponent(component, null, null);
  return builder.result('component');
}

/** The structure of a file that is a core module: the module, and a node for each module name that it imports from. */
export function structureOfModule(bytes: Uint8Array): Structure {
  const module = new CoreModule(new ByteReader(bytes), 0);
  const builder = new StructureBuilder();
  builder.addModule(module, null, null);
  const id = moduleId(module.number);
  for (const { name } of importsOf(module)) builder.addImport(`${id}.i:${name}`, id, name);
  return builder.result('module');
}

/** The id of a core module's node. */
export function moduleId(number: number): string {
  return `m${String(number)}`;
}

class StructureBuilder {
  readonly #nodes: StructureNode[] = [];
  #leftOut = 0;
  #names = 0;
  #components = 0;
  readonly #componentIds = new Map<Component, string>();

  result(kind: Structure['kind']): Structure {
    return { kind, nodes: this.#nodes, leftOut: this.#leftOut };
  }

  addImport(id: string, parent: string, name: string): void {
    this.#add({ id, kind: 'import', parent, name });
  }

  addModule(module: CoreModule, parent: string | null, named: string | null): void {
    const id = moduleId(module.number);
    const imports = (orNull(() => importsOf(module)) ?? []).map((each) => ({
      ...each,
      from: parent === null ? `${id}.i:${each.name}` : null,
    }));
    this.#add({
      id,
      kind: 'module',
      parent,
      name: module.name ?? named,
      role: moduleRole(module),
      range: { start: module.start, end: module.end },
      imports,
      exports: [...(orNull(() => module.exports) ?? [])].map(([name, { kind }]) => ({
        name,
        kind,
        from: null,
      })),
    });
  }

  addComponent(component: Component, parent: string | null, named: string | null): void {
    const id = `c${String(this.#components++)}`;
    this.#componentIds.set(component, id);
    const imports = importNodes(component, id);
    const providers = new Providers(imports);
    const place = this.#nodes.length;
    this.#add({ id, kind: 'component', parent, name: component.name ?? named, range: component });
    for (const [name, node] of imports) this.addImport(node, id, name);
    this.#addDefinitions(component, id);
    this.#addInstances(component, id, providers);
    const node = this.#nodes[place];
    if (node?.id !== id) return;
    this.#nodes[place] = {
      ...node,
      ...this.#limited({
        imports: component.imports.map(({ name }) => ({ name, from: imports.get(name) ?? null, items: 1 })),
        exports: component.exports.map(({ name, kind, item }) => ({
          name,
          kind,
          from: providers.nodeOf(item),
        })),
      }),
    };
  }

  /** Adds the core modules and components in a component, in the order of the file. */
  #addDefinitions(component: Component, id: string): void {
    const nested = new Set(component.components.flatMap(({ modules }) => modules));
    const names = new Map<object, string>();
    for (const [def, name] of component.names) {
      if (def.kind === 'module') names.set(def.module, name);
      if (def.kind === 'component') names.set(def.component, name);
    }
    const own = component.modules.filter((module) => !nested.has(module));
    for (const part of [...own, ...component.components].sort((a, b) => a.start - b.start)) {
      if (part instanceof CoreModule) this.addModule(part, id, names.get(part) ?? null);
      else this.addComponent(part, id, names.get(part) ?? null);
    }
  }

  #addInstances(component: Component, id: string, providers: Providers): void {
    let core = 0;
    let other = 0;
    for (const step of component.order) {
      const { instance } = step;
      const node = step.kind === 'core' ? `${id}.k${String(core++)}` : `${id}.n${String(other++)}`;
      if (instance.kind === 'exports') providers.addInline(instance);
      if (instance.kind !== 'instantiate') continue;
      const name = component.names.get(instance) ?? null;
      if (step.kind === 'core') this.#addCoreInstance(step.instance, node, { id, name, providers });
      else this.#addInstance(step.instance, node, { id, name, providers });
      providers.add(instance, node);
    }
  }

  #addCoreInstance(instance: CoreInstanceDef, node: string, { id, name, providers }: Place): void {
    if (instance.kind !== 'instantiate') return;
    const module = definedModule(instance.module);
    this.#add({
      id: node,
      kind: 'core-instance',
      parent: id,
      name: name ?? module?.name ?? null,
      role: module === null ? null : moduleRole(module),
      of:
        module === null
          ? providers.nodeOf({ kind: 'module', def: instance.module })
          : moduleId(module.number),
      imports: argumentsOf(instance.args, (arg) => providers.ofInstance(arg)),
    });
  }

  #addInstance(instance: InstanceDef, node: string, { id, name, providers }: Place): void {
    if (instance.kind !== 'instantiate') return;
    const component = definedComponent(instance.component);
    const of =
      component === null
        ? providers.nodeOf({ kind: 'component', def: instance.component })
        : (this.#componentIds.get(component) ?? null);
    const args = [...instance.args].filter(([, item]) => item.kind !== 'type');
    const sources = (item: Item): Sources =>
      item.kind === 'instance' ? providers.ofInstance(item.def) : new Map([[providers.nodeOf(item), 1]]);
    this.#add({
      id: node,
      kind: 'instance',
      parent: id,
      name,
      of,
      imports: argumentsOf(args, sources),
    });
  }

  #add(node: Pick<StructureNode, 'id' | 'kind' | 'parent' | 'name'> & Partial<StructureNode>): void {
    if (this.#nodes.length >= mostNodes) {
      this.#leftOut += 1;
      return;
    }
    const { id, kind, parent, name, role = null, range, of = null, imports = [], exports = [] } = node;
    this.#nodes.push({
      id: shortText(id),
      kind,
      parent,
      name: name === null ? null : shortText(name),
      role,
      range: range === undefined || range === null ? null : { start: range.start, end: range.end },
      of: of === null ? null : shortText(of),
      ...this.#limited({ imports, exports }),
    });
  }

  /** Cuts lists of names so that all nodes together have no more than can be posted at once. */
  #limited(lists: {
    readonly imports: readonly StructureImport[];
    readonly exports: readonly StructureExport[];
  }): Pick<StructureNode, 'imports' | 'exports' | 'importCount' | 'exportCount'> {
    const cut = <T extends StructureImport | StructureExport>(items: readonly T[]): T[] => {
      const kept = items.slice(0, Math.max(0, mostNames - this.#names));
      this.#names += kept.length;
      return kept.map((item) => ({
        ...item,
        name: shortText(item.name),
        from: item.from === null ? null : shortText(item.from),
      }));
    };
    return {
      imports: cut(lists.imports),
      exports: cut(lists.exports),
      importCount: lists.imports.length,
      exportCount: lists.exports.length,
    };
  }
}

interface Place {
  /** The component that it is in. */
  readonly id: string;
  readonly name: string | null;
  readonly providers: Providers;
}

/** One entry for each pair of an argument and a node that it comes from. */
function argumentsOf<T>(
  args: Iterable<readonly [string, T]>,
  sourcesOf: (arg: T) => Sources,
): readonly StructureImport[] {
  return [...args].flatMap(([name, arg]) =>
    [...sourcesOf(arg)].map(([from, items]) => ({ name, from, items })),
  );
}

function importsOf(module: CoreModule): readonly StructureImport[] {
  const items = new Map<string, number>();
  for (const each of module.imports) items.set(each.module, (items.get(each.module) ?? 0) + 1);
  return [...items].map(([name, count]) => ({ name, from: null, items: count }));
}

function definedModule(def: ModuleDef): CoreModule | null {
  let from = def;
  while (from.kind === 'outer') from = from.def;
  return from.kind === 'module' ? from.module : null;
}

function definedComponent(def: ComponentDef): Component | null {
  let from = def;
  while (from.kind === 'outer') from = from.def;
  return from.kind === 'component' ? from.component : null;
}
