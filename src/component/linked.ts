import type { CoreKind } from './core-types';
import type { CoreModule } from './core-module';
import type { CanonOptions, Component, CoreFuncDef, CoreInstanceDef, InstanceDef } from './definitions';
import type { FuncType, InstanceType } from './types';

/**
 * A component as it would be instantiated: who is connected to whom. Made without running anything: it answers which
 * core function an export is lifted from, and what each import of a core module is in the end.
 */
export interface LinkedComponent {
  readonly component: Component;
  /** What it was given for its imports; an import of the outermost component is not in it: that is the host's. */
  readonly args: ReadonlyMap<string, LinkedItem>;
  readonly parent: LinkedComponent | null;
  readonly coreInstances: Map<CoreInstanceDef, LinkedCoreInstance>;
  readonly instances: Map<InstanceDef, LinkedInstance>;
}

/** Something that one component passes to another, or exports. */
export type LinkedItem =
  | { readonly kind: 'func'; readonly func: LinkedFunc }
  | { readonly kind: 'instance'; readonly instance: LinkedInstance }
  | { readonly kind: 'module'; readonly module: CoreModule | null }
  | { readonly kind: 'component'; readonly closure: Closure | null }
  | { readonly kind: 'other' };

/** A component together with the one that it was defined in, which its outer aliases refer to. */
export interface Closure {
  readonly component: Component;
  readonly parent: LinkedComponent | null;
}

/** A function of a component, traced to where it comes from. */
export type LinkedFunc =
  /** Of the host: `interface` is null for a function that the component imports by itself. */
  | {
      readonly kind: 'host';
      readonly interface: string | null;
      readonly name: string;
      readonly type: FuncType | null;
    }
  | {
      readonly kind: 'lift';
      readonly owner: LinkedComponent;
      readonly coreFunc: CoreFuncDef;
      readonly options: CanonOptions;
      readonly type: FuncType;
    }
  | { readonly kind: 'unknown' };

export type LinkedInstance =
  | { readonly kind: 'host'; readonly name: string; readonly type: InstanceType }
  | { readonly kind: 'component'; readonly linked: LinkedComponent }
  | { readonly kind: 'exports'; readonly exports: ReadonlyMap<string, LinkedItem> }
  | { readonly kind: 'unknown' };

export type LinkedCoreInstance =
  | LinkedModule
  | { readonly kind: 'exports'; readonly exports: ReadonlyMap<string, LinkedCoreItem> }
  /** An instance of a module that is imported, so that nothing is known about it. */
  | { readonly kind: 'unknown' };

/** An instance of a core module. */
export interface LinkedModule {
  readonly kind: 'module';
  readonly module: CoreModule;
  readonly args: ReadonlyMap<string, LinkedCoreInstance>;
}

/** A core function, memory, table, global or tag, traced to the module instance that defines it. */
export type LinkedCoreItem =
  | {
      readonly kind: 'defined';
      readonly sort: CoreKind;
      readonly instance: LinkedModule;
      readonly index: number;
    }
  | LinkedCanon
  | { readonly kind: 'unknown' };

/** A core function that the component model makes. */
export type LinkedCanon =
  | {
      readonly kind: 'lower';
      readonly func: LinkedFunc;
      readonly owner: LinkedComponent;
      readonly options: CanonOptions;
    }
  | {
      readonly kind: 'builtin';
      readonly def: Extract<CoreFuncDef, { kind: 'builtin' }>;
      readonly owner: LinkedComponent;
    };

/** The outermost component with all module instances in the order of their instantiation. */
export interface Linked {
  readonly root: LinkedComponent;
  readonly modules: readonly LinkedModule[];
}
