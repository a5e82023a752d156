import { ByteReader } from './bytes';
import type { CoreModule } from './core-module';
import { CORE_TYPES, type CoreFuncType } from './core-types';
import type {
  CanonOptions,
  Component,
  ComponentImport,
  CoreAlias,
  CoreInstanceDef,
  CoreItem,
  FuncDef,
  InstanceDef,
  Item,
} from './definitions';
import { factsOf, type ModuleFacts } from './module-facts';
import { moduleWorld, type ModuleWorld } from './module-world';
import { orNull } from './optional';
import { adaptedRun, isPreview1 } from './preview1';
import { takeProducers } from './producers';
import type { ExternType, FuncType, InstanceType } from './types';

/**
 * The component that adapting makes of a core module, as data, without the adapter: places in it are places in the user's file, and it
 * imports `wasi_snapshot_preview1` where the component imports what the adapter does. Throws a `DecodeError` for a malformed module.
 */
export function asComponent(module: CoreModule): Component {
  const facts = factsOf(module);
  const world = moduleWorld(module);
  const args = new Map<string, CoreInstanceDef>();
  const main: CoreInstanceDef = { kind: 'instantiate', module: { kind: 'module', module }, args };
  const own: Own = { main, options: optionsOf(main, module) };
  const imports = importsOf(module, world);
  for (const each of imports) {
    if (each.type.kind === 'instance') args.set(each.name, lowered(each.name, each.type.type, own));
  }
  const exports = [...exportsOf(facts, world, own)];
  return {
    start: module.start,
    end: module.end,
    imports,
    exports: exports.map(([name, item]) => ({ name, kind: item.kind, item })),
    modules: [module],
    components: [],
    canonical: {
      builtins: new Set(),
      memories: memoriesOf(own),
      gc: false,
      async: false,
      stackful: false,
      fixedLists: false,
      maps: false,
    },
    customSections: module.sections.flatMap(({ name, content, end }) =>
      name === null ? [] : [{ name, start: content.offset, end }],
    ),
    producers: producersOf(module),
    name: module.name,
    names: new Map(),
    order: [
      ...[...args.values(), main].map((instance) => ({ kind: 'core', instance }) as const),
      ...exports.flatMap(([, item]) =>
        item.kind === 'instance' ? [{ kind: 'component', instance: item.def } as const] : [],
      ),
    ],
  };
}

/** The instance of the module itself, and the options of everything that is lifted from it. */
interface Own {
  readonly main: CoreInstanceDef;
  readonly options: CanonOptions;
}

function optionsOf(instance: CoreInstanceDef, module: CoreModule): CanonOptions {
  const alias = (name: string, kind: 'memory' | 'func'): CoreAlias | null =>
    module.exports.get(name)?.kind === kind ? { kind: 'alias', instance, name } : null;
  return {
    stringEncoding: 'utf8',
    async: false,
    memory: alias('memory', 'memory'),
    realloc: alias('cabi_realloc', 'func'),
    postReturn: null,
    callback: null,
  };
}

function memoriesOf({ options }: Own): ReadonlySet<CoreAlias> {
  return new Set(options.memory === null ? [] : [options.memory]);
}

/** What it imports of WASI preview 1, and what its world imports. */
function importsOf(module: CoreModule, world: ModuleWorld): readonly ComponentImport[] {
  const preview1 = new Map<string, Map<string, ExternType>>();
  for (const { module: from, name, type } of module.imports) {
    const core = type.kind === 'func' && isPreview1(from) ? module.types[type.type] : undefined;
    if (core === undefined || core === null) continue;
    const functions = preview1.get(from) ?? new Map<string, ExternType>();
    preview1.set(from, functions.set(name, { kind: 'func', type: numbersOnly(core) }));
  }
  return [
    ...[...preview1].map(([name, exports]) => ({ name, type: instanceOf(exports) })),
    ...[...world.imports].map(([name, type]) => ({ name, type })),
  ];
}

function instanceOf(exports: ReadonlyMap<string, ExternType>): ExternType {
  return { kind: 'instance', type: { kind: 'instance', exports } };
}

/** The functions of an import as the module gets them. What the canonical ABI adds for resources is left out: nothing here calls it. */
function lowered(name: string, type: InstanceType, { options }: Own): CoreInstanceDef {
  const instance: InstanceDef = { kind: 'import', name, type };
  const exports = new Map<string, CoreItem>();
  for (const [func, item] of type.exports) {
    if (item.kind !== 'func') continue;
    const def: FuncDef = { kind: 'alias', instance, name: func };
    exports.set(func, { kind: 'func', def: { kind: 'lower', func: def, options } });
  }
  return { kind: 'exports', exports };
}

function exportsOf(facts: ModuleFacts, world: ModuleWorld, own: Own): ReadonlyMap<string, Item> {
  const items = new Map<string, Item>();
  if (facts.form === 'command') {
    const run = lift('_start', runType, own);
    items.set(adaptedRun, { kind: 'instance', def: { kind: 'exports', exports: new Map([['run', run]]) } });
  }
  for (const { core, name, type } of facts.callable) items.set(name, lift(core, type, own));
  for (const [name, type] of world.exports) {
    const item = worldExport(name, type, own);
    if (item !== null) items.set(name, item);
  }
  return items;
}

/** The run of WASI 0.2: the adapter calls `_start` and returns ok. */
const runType: FuncType = { params: [], result: { kind: 'result', ok: null, error: null }, async: false };

function lift(core: string, type: FuncType, { main, options }: Own): Extract<Item, { kind: 'func' }> {
  const coreFunc: CoreAlias = { kind: 'alias', instance: main, name: core };
  return { kind: 'func', def: { kind: 'lift', coreFunc, options, type } };
}

function worldExport(name: string, type: ExternType, own: Own): Item | null {
  if (type.kind === 'func') return lift(name, type.type, own);
  if (type.kind === 'type') return { kind: 'type', def: { type: type.type, importName: null } };
  if (type.kind !== 'instance') return null;
  const exports = new Map<string, Item>();
  for (const [inner, each] of type.type.exports) {
    if (each.kind === 'func') exports.set(inner, lift(`${name}#${inner}`, each.type, own));
    if (each.kind === 'type')
      exports.set(inner, { kind: 'type', def: { type: each.type, importName: null } });
  }
  return { kind: 'instance', def: { kind: 'exports', exports } };
}

/** A signature of numbers as WIT has them. */
function numbersOnly({ params, results }: CoreFuncType): FuncType {
  const kindOf = (code: number) => (code === CORE_TYPES.i64 ? 's64' : 's32');
  const [result] = results;
  return {
    params: params.map((code, index) => ({ name: `p${String(index)}`, type: { kind: kindOf(code) } })),
    result: result === undefined ? null : { kind: kindOf(result) },
    async: false,
  };
}

function producersOf(module: CoreModule): Component['producers'] {
  const section = module.customSection('producers');
  if (section === null) return [];
  const { bytes, offset, end } = section.content;
  return orNull(() => takeProducers(new ByteReader(bytes, offset, end))) ?? [];
}
