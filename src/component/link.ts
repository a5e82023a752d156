import type { CoreKind } from './core-types';
import type { CoreModule } from './core-module';
import { malformed } from './decode-error';
import type {
  ComponentDef,
  CoreAlias,
  CoreFuncDef,
  CoreInstanceDef,
  CoreItem,
  FuncDef,
  InstanceDef,
  Item,
  ModuleDef,
  Component,
} from './definitions';
import type {
  Closure,
  Linked,
  LinkedComponent,
  LinkedCoreInstance,
  LinkedCoreItem,
  LinkedFunc,
  LinkedInstance,
  LinkedItem,
  LinkedModule,
} from './linked';
import type { InstanceType } from './types';

const MAX_INSTANCES = 10_000;
const MAX_STEPS = 1_000_000;
const MAX_DEPTH = 100;

/**
 * Connects a component's parts. Throws a `DecodeError` for a component that is too large to be meant seriously: nested
 * instantiations can double with every level.
 */
export function link(component: Component): Linked {
  const progress: Progress = { instances: 0, steps: 0, modules: [] };
  const root = instantiate({ component, parent: null }, new Map(), 0, progress);
  return { root, modules: progress.modules };
}

interface Progress {
  instances: number;
  steps: number;
  readonly modules: LinkedModule[];
}

function spend(progress: Progress, instances: number, steps: number): void {
  progress.instances += instances;
  progress.steps += steps;
  if (progress.instances > MAX_INSTANCES || progress.steps > MAX_STEPS) {
    throw malformed('too many instances in one component', 0);
  }
}

function instantiate(
  { component, parent }: Closure,
  args: ReadonlyMap<string, LinkedItem>,
  depth: number,
  progress: Progress,
): LinkedComponent {
  if (depth > MAX_DEPTH) throw malformed('instances nested too deeply', 0);
  const linked: LinkedComponent = {
    component,
    args,
    parent,
    coreInstances: new Map(),
    instances: new Map(),
  };
  for (const step of component.order) {
    if (step.kind === 'core') {
      linked.coreInstances.set(step.instance, linkCoreInstance(step.instance, linked, progress));
    } else {
      linked.instances.set(step.instance, linkInstance(step.instance, linked, depth, progress));
    }
  }
  return linked;
}

function linkCoreInstance(
  def: CoreInstanceDef,
  linked: LinkedComponent,
  progress: Progress,
): LinkedCoreInstance {
  if (def.kind === 'exports') {
    spend(progress, 1, def.exports.size);
    return { kind: 'exports', exports: mapValues(def.exports, (item) => coreItemOf(item, linked)) };
  }
  spend(progress, 1, def.args.size);
  const module = moduleOf(def.module, linked);
  if (module === null) return { kind: 'unknown' };
  const instance: LinkedModule = {
    kind: 'module',
    module,
    args: mapValues(def.args, (arg) => linked.coreInstances.get(arg) ?? UNKNOWN),
  };
  progress.modules.push(instance);
  return instance;
}

function linkInstance(
  def: InstanceDef,
  linked: LinkedComponent,
  depth: number,
  progress: Progress,
): LinkedInstance {
  if (def.kind === 'exports') {
    spend(progress, 1, def.exports.size);
    return { kind: 'exports', exports: mapValues(def.exports, (item) => itemOf(item, linked)) };
  }
  if (def.kind !== 'instantiate') return instanceOf(def, linked);
  spend(progress, 1, def.args.size);
  const closure = closureOf(def.component, linked);
  if (closure === null) return UNKNOWN;
  const args = mapValues(def.args, (item) => itemOf(item, linked));
  return { kind: 'component', linked: instantiate(closure, args, depth + 1, progress) };
}

const UNKNOWN = { kind: 'unknown' } as const;

function mapValues<A, B>(map: ReadonlyMap<string, A>, change: (value: A) => B): Map<string, B> {
  const result = new Map<string, B>();
  for (const [key, value] of map) result.set(key, change(value));
  return result;
}

/** What a definition inside a component turns out to be in one instance of that component. */
export function itemOf(item: Item, linked: LinkedComponent): LinkedItem {
  switch (item.kind) {
    case 'func':
      return { kind: 'func', func: funcOf(item.def, linked) };
    case 'instance':
      return { kind: 'instance', instance: instanceOf(item.def, linked) };
    case 'module':
      return { kind: 'module', module: moduleOf(item.def, linked) };
    case 'component':
      return { kind: 'component', closure: closureOf(item.def, linked) };
    case 'type':
    case 'value':
      return { kind: 'other' };
  }
}

function instanceOf(def: InstanceDef, linked: LinkedComponent): LinkedInstance {
  const known = linked.instances.get(def);
  if (known !== undefined) return known;
  if (def.kind === 'import') {
    const arg = linked.args.get(def.name);
    if (arg === undefined) return linked.parent === null ? hostInstance(def.name, def.type) : UNKNOWN;
    return arg.kind === 'instance' ? arg.instance : UNKNOWN;
  }
  if (def.kind !== 'alias') return UNKNOWN;
  const found = exportOf(instanceOf(def.instance, linked), def.name);
  return found?.kind === 'instance' ? found.instance : UNKNOWN;
}

function hostInstance(name: string, type: InstanceType): LinkedInstance {
  return { kind: 'host', name, type };
}

/** What an instance exports under a name, null if there is nothing. */
export function exportOf(instance: LinkedInstance, name: string): LinkedItem | null {
  switch (instance.kind) {
    case 'host': {
      const type = instance.type.exports.get(name);
      if (type?.kind === 'func') {
        return { kind: 'func', func: { kind: 'host', interface: instance.name, name, type: type.type } };
      }
      if (type?.kind === 'instance') return { kind: 'instance', instance: hostInstance(name, type.type) };
      return null;
    }
    case 'component': {
      const found = instance.linked.component.exports.find((each) => each.name === name);
      return found === undefined ? null : itemOf(found.item, instance.linked);
    }
    case 'exports':
      return instance.exports.get(name) ?? null;
    case 'unknown':
      return null;
  }
}

function funcOf(def: FuncDef, linked: LinkedComponent): LinkedFunc {
  switch (def.kind) {
    case 'lift':
      return { kind: 'lift', owner: linked, coreFunc: def.coreFunc, options: def.options, type: def.type };
    case 'import': {
      const arg = linked.args.get(def.name);
      if (arg?.kind === 'func') return arg.func;
      if (arg !== undefined || linked.parent !== null) return UNKNOWN;
      return { kind: 'host', interface: null, name: def.name, type: def.type };
    }
    case 'alias': {
      const found = exportOf(instanceOf(def.instance, linked), def.name);
      return found?.kind === 'func' ? found.func : UNKNOWN;
    }
  }
}

function moduleOf(def: ModuleDef, linked: LinkedComponent): CoreModule | null {
  switch (def.kind) {
    case 'module':
      return def.module;
    case 'import': {
      const arg = linked.args.get(def.name);
      return arg?.kind === 'module' ? arg.module : null;
    }
    case 'alias': {
      const found = exportOf(instanceOf(def.instance, linked), def.name);
      return found?.kind === 'module' ? found.module : null;
    }
    case 'outer': {
      const outer = ancestor(linked, def.depth);
      return outer === null ? null : moduleOf(def.def, outer);
    }
  }
}

function closureOf(def: ComponentDef, linked: LinkedComponent): Closure | null {
  switch (def.kind) {
    case 'component':
      return { component: def.component, parent: linked };
    case 'import': {
      const arg = linked.args.get(def.name);
      return arg?.kind === 'component' ? arg.closure : null;
    }
    case 'alias': {
      const found = exportOf(instanceOf(def.instance, linked), def.name);
      return found?.kind === 'component' ? found.closure : null;
    }
    case 'outer': {
      const outer = ancestor(linked, def.depth);
      return outer === null ? null : closureOf(def.def, outer);
    }
  }
}

function ancestor(linked: LinkedComponent, depth: number): LinkedComponent | null {
  let found: LinkedComponent | null = linked;
  for (let level = 0; level < depth && found !== null; level++) found = found.parent;
  return found;
}

function coreItemOf(item: CoreItem, linked: LinkedComponent): LinkedCoreItem {
  if (item.kind === 'other') return UNKNOWN;
  return item.kind === 'func' ? coreFuncOf(item.def, linked) : coreAliasOf(item.def, item.kind, linked);
}

/** What a core function inside a component is in one instance of that component. */
export function coreFuncOf(def: CoreFuncDef, linked: LinkedComponent): LinkedCoreItem {
  switch (def.kind) {
    case 'alias':
      return coreAliasOf(def, 'func', linked);
    case 'lower':
      return { kind: 'lower', func: funcOf(def.func, linked), owner: linked, options: def.options };
    case 'builtin':
      return { kind: 'builtin', def, owner: linked };
  }
}

/** What an alias of a core instance's export is in the end. */
export function coreAliasOf(def: CoreAlias, sort: CoreKind, linked: LinkedComponent): LinkedCoreItem {
  return coreExportOf(linked.coreInstances.get(def.instance) ?? UNKNOWN, def.name, sort);
}

/** Follows an export of a core instance through modules that pass on what they import. */
export function coreExportOf(instance: LinkedCoreInstance, name: string, sort: CoreKind): LinkedCoreItem {
  let [from, as] = [instance, name];
  for (let steps = 0; steps <= MAX_DEPTH; steps++) {
    if (from.kind === 'unknown') return UNKNOWN;
    if (from.kind === 'exports') return from.exports.get(as) ?? UNKNOWN;
    const found = from.module.exports.get(as);
    if (found?.kind !== sort) return UNKNOWN;
    const imported = from.module.importAt(sort, found.index);
    if (imported === null) return { kind: 'defined', sort, instance: from, index: found.index };
    [from, as] = [from.args.get(imported.module) ?? UNKNOWN, imported.name];
  }
  return UNKNOWN;
}

/** What an index of a module instance means: its own definition, or where its import comes from. */
export function coreItemAt(instance: LinkedModule, sort: CoreKind, index: number): LinkedCoreItem {
  const imported = instance.module.importAt(sort, index);
  if (imported === null) return { kind: 'defined', sort, instance, index };
  return coreExportOf(instance.args.get(imported.module) ?? UNKNOWN, imported.name, sort);
}
