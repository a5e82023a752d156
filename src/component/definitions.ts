import type { CoreModule } from './core-module';
import type { Producer } from './producers';
import type { ComponentType, ExternType, FuncType, InstanceType, TypeDef } from './types';
import type { ExportKind } from './import-export-names';

/**
 * A component as its binary defines it: index spaces whose entries refer to each other as objects. Nothing is
 * instantiated here (see link.ts), and no code of core modules is decoded.
 */
export interface Component {
  /** Where it (its magic number) begins and ends in the file. */
  readonly start: number;
  readonly end: number;
  readonly imports: readonly ComponentImport[];
  readonly exports: readonly ComponentExport[];
  /** The core modules in it and in the components nested in it, in the order of the binary. */
  readonly modules: readonly CoreModule[];
  /** The components nested right in it. */
  readonly components: readonly Component[];
  /** What it and the components nested in it use of the canonical ABI. */
  readonly canonical: CanonicalUse;
  readonly customSections: readonly CustomSection[];
  readonly producers: readonly Producer[];
  /** From the component-name section, null if there is none. */
  readonly name: string | null;
  /** What the component-name section calls the modules, components and instances in it. */
  readonly names: ReadonlyMap<NamedDef, string>;
  /** Core instances and instances in the order in which they come to life. */
  readonly order: readonly (
    | { readonly kind: 'core'; readonly instance: CoreInstanceDef }
    | { readonly kind: 'component'; readonly instance: InstanceDef }
  )[];
}

/** Definitions whose names are read. */
export type NamedDef = ModuleDef | ComponentDef | InstanceDef | CoreInstanceDef;

/** Parts of the canonical ABI that not every engine has. */
export interface CanonicalUse {
  /** Names of the built-in functions, such as `thread.index`. */
  readonly builtins: ReadonlySet<string>;
  /** The memories that values are passed in. */
  readonly memories: ReadonlySet<CoreAlias>;
  /** Whether values are passed as objects of the GC proposal. */
  readonly gc: boolean;
  /** Whether a function is lifted or lowered as asynchronous, and whether one is lifted so without a callback: with a stack of its own. */
  readonly async: boolean;
  readonly stackful: boolean;
  /** Whether it defines lists of a fixed length, and maps. */
  readonly fixedLists: boolean;
  readonly maps: boolean;
}

export interface CustomSection {
  readonly name: string;
  /** Where the content (behind the name) lies in the file. */
  readonly start: number;
  readonly end: number;
}

export interface ComponentImport {
  readonly name: string;
  readonly type: ExternType;
}

export interface ComponentExport {
  readonly name: string;
  readonly kind: ExportKind;
  readonly item: Item;
}

/** Something that an export, an argument or an inline instance refers to. */
export type Item =
  | { readonly kind: 'module'; readonly def: ModuleDef }
  | { readonly kind: 'func'; readonly def: FuncDef }
  | { readonly kind: 'type'; readonly def: TypeEntry }
  | { readonly kind: 'component'; readonly def: ComponentDef }
  | { readonly kind: 'instance'; readonly def: InstanceDef }
  | { readonly kind: 'value' };

/** A type index: its meaning, and the import that brings it, if one does. */
export interface TypeEntry {
  readonly type: TypeDef;
  readonly importName: string | null;
}

export type ModuleDef =
  | { readonly kind: 'module'; readonly module: CoreModule }
  | { readonly kind: 'import'; readonly name: string }
  | { readonly kind: 'alias'; readonly instance: InstanceDef; readonly name: string }
  | { readonly kind: 'outer'; readonly depth: number; readonly def: ModuleDef };

export type ComponentDef =
  | { readonly kind: 'component'; readonly component: Component }
  | { readonly kind: 'import'; readonly name: string; readonly type: ComponentType }
  | { readonly kind: 'alias'; readonly instance: InstanceDef; readonly name: string }
  /** A component of an enclosing component, `depth` levels out. */
  | { readonly kind: 'outer'; readonly depth: number; readonly def: ComponentDef };

export type InstanceDef =
  | { readonly kind: 'import'; readonly name: string; readonly type: InstanceType }
  | {
      readonly kind: 'instantiate';
      readonly component: ComponentDef;
      readonly args: ReadonlyMap<string, Item>;
    }
  | { readonly kind: 'exports'; readonly exports: ReadonlyMap<string, Item> }
  /** `depth` counts the aliases that lead to it, this one included: at most 100. */
  | {
      readonly kind: 'alias';
      readonly instance: InstanceDef;
      readonly name: string;
      readonly depth: number;
    };

export type FuncDef =
  | { readonly kind: 'import'; readonly name: string; readonly type: FuncType }
  | { readonly kind: 'alias'; readonly instance: InstanceDef; readonly name: string }
  | {
      readonly kind: 'lift';
      readonly coreFunc: CoreFuncDef;
      readonly options: CanonOptions;
      readonly type: FuncType;
    };

export type CoreInstanceDef =
  | {
      readonly kind: 'instantiate';
      readonly module: ModuleDef;
      readonly args: ReadonlyMap<string, CoreInstanceDef>;
    }
  | { readonly kind: 'exports'; readonly exports: ReadonlyMap<string, CoreItem> };

/** A core definition inside a component: what an alias of a core instance's export gives, or a canonical function. */
export type CoreItem =
  | { readonly kind: 'func'; readonly def: CoreFuncDef }
  | {
      readonly kind: 'table' | 'memory' | 'global' | 'tag';
      readonly def: CoreAlias;
    }
  | { readonly kind: 'other' };

/** An export of a core instance that is an instantiated module; aliases of inline exports are resolved when decoded. */
export interface CoreAlias {
  readonly kind: 'alias';
  readonly instance: CoreInstanceDef;
  readonly name: string;
}

export type CoreFuncDef =
  | CoreAlias
  | { readonly kind: 'lower'; readonly func: FuncDef; readonly options: CanonOptions }
  /** A function that the component model itself provides, named as in the text format. */
  | {
      readonly kind: 'builtin';
      readonly name: string;
      /** The resource of `resource.new`, `.drop` and `.rep`, the element of streams and futures; else null. */
      readonly type: TypeDef | null;
      /** The slot of `context.get` and `.set`; 0 for the others. */
      readonly slot: number;
    };

/** Options of `canon lift` and `canon lower`. */
export interface CanonOptions {
  readonly stringEncoding: 'utf8' | 'utf16' | 'latin1+utf16';
  readonly async: boolean;
  readonly memory: CoreAlias | null;
  readonly realloc: CoreFuncDef | null;
  readonly postReturn: CoreFuncDef | null;
  readonly callback: CoreFuncDef | null;
}
