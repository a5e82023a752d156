import type { ByteReader } from './bytes';
import { malformed } from './decode-error';
import type { TypeScope } from './type-scope';
import type {
  Component,
  ComponentDef,
  ComponentExport,
  ComponentImport,
  CoreAlias,
  CoreFuncDef,
  CoreInstanceDef,
  CoreItem,
  CustomSection,
  FuncDef,
  InstanceDef,
  Item,
  ModuleDef,
  NamedDef,
  TypeEntry,
} from './definitions';
import type { CoreModule } from './core-module';
import type { Producer } from './producers';

/** Numbers the core modules of a file. */
export interface Counter {
  modules: number;
}

/** The index spaces of a component while it is decoded. */
export interface ComponentScope extends TypeScope {
  readonly component: ComponentBuilder;
  readonly counter: Counter;
  /** The enclosing component. */
  readonly outer: ComponentScope | null;
  readonly modules: ModuleDef[];
  readonly components: ComponentDef[];
  readonly instances: InstanceDef[];
  readonly funcs: FuncDef[];
  readonly coreInstances: CoreInstanceDef[];
  readonly coreFuncs: CoreFuncDef[];
  readonly coreTables: CoreAlias[];
  readonly coreMemories: CoreAlias[];
  readonly coreGlobals: CoreAlias[];
  readonly coreTags: CoreAlias[];
}

/** A component that is still being filled. */
interface ComponentBuilder extends Component {
  readonly imports: ComponentImport[];
  readonly exports: ComponentExport[];
  readonly order: Component['order'][number][];
  readonly customSections: CustomSection[];
  readonly producers: Producer[];
  readonly modules: CoreModule[];
  readonly components: Component[];
  readonly canonical: {
    readonly builtins: Set<string>;
    readonly memories: Set<CoreAlias>;
    gc: boolean;
    async: boolean;
    stackful: boolean;
    fixedLists: boolean;
    maps: boolean;
  };
  name: string | null;
  readonly names: Map<NamedDef, string>;
}

export function componentScope(
  { start, end }: Pick<Component, 'start' | 'end'>,
  outer: ComponentScope | null,
  depth: number,
  counter: Counter,
): ComponentScope {
  const types: TypeEntry[] = [];
  return {
    types,
    parent: outer,
    outer,
    depth,
    counter,
    component: {
      start,
      end,
      imports: [],
      exports: [],
      order: [],
      modules: [],
      components: [],
      canonical: {
        builtins: new Set(),
        memories: new Set(),
        gc: false,
        async: false,
        stackful: false,
        fixedLists: false,
        maps: false,
      },
      customSections: [],
      producers: [],
      name: null,
      names: new Map(),
    },
    modules: [],
    components: [],
    instances: [],
    funcs: [],
    coreInstances: [],
    coreFuncs: [],
    coreTables: [],
    coreMemories: [],
    coreGlobals: [],
    coreTags: [],
  };
}

/** Takes an index and gives what it stands for in `space`. */
export function at<T>(space: readonly T[], reader: ByteReader, what: string): T {
  const start = reader.offset;
  const index = reader.u32();
  const found = space[index];
  if (found === undefined) throw malformed(`a use of ${what} ${String(index)}, which is not there`, start);
  return found;
}

/** Adds what an export exports to the index space of its kind: exports can be referred to like definitions. */
export function pushItem(scope: ComponentScope, item: Item): void {
  switch (item.kind) {
    case 'module':
      scope.modules.push(item.def);
      break;
    case 'func':
      scope.funcs.push(item.def);
      break;
    case 'type':
      scope.types.push(item.def);
      break;
    case 'component':
      scope.components.push(item.def);
      break;
    case 'instance':
      scope.instances.push(item.def);
      break;
    case 'value':
      break;
  }
}

/** Adds a core definition to the index space of its kind. */
export function pushCoreItem(scope: ComponentScope, item: CoreItem): void {
  switch (item.kind) {
    case 'func':
      scope.coreFuncs.push(item.def);
      break;
    case 'table':
      scope.coreTables.push(item.def);
      break;
    case 'memory':
      scope.coreMemories.push(item.def);
      break;
    case 'global':
      scope.coreGlobals.push(item.def);
      break;
    case 'tag':
      scope.coreTags.push(item.def);
      break;
    case 'other':
      break;
  }
}
