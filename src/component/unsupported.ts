import type { CoreModule } from './core-module';
import { DecodeError } from './decode-error';
import { readRunnable } from './read-runnable';
import type { Component, ComponentExport, CoreAlias, InstanceDef } from './definitions';

/** Something in a component that jco cannot translate, so that no instance can be made of it here. */
export type Unsupported =
  /** A core module that declares or imports exception tags. */
  | { readonly feature: 'exceptions'; readonly module: number }
  /**
   * A core module with more than one memory, and with other sections than types, imports, functions, exports and code, where V8 cannot take
   * several memories.
   */
  | { readonly feature: 'multiple-memories'; readonly module: number }
  /** A memory in which values are passed is addressed by 64-bit numbers, or shared by threads. */
  | { readonly feature: 'memory64' | 'shared-memory'; readonly module: number }
  /** A built-in function for threads, such as `thread.index`. */
  | { readonly feature: 'threads'; readonly builtin: string }
  /** Values are passed as objects of the GC proposal. GC inside of core modules works. */
  | { readonly feature: 'gc' }
  /** The component itself exports something else than functions and interfaces. */
  | {
      readonly feature: 'export';
      readonly name: string;
      readonly kind: 'type' | 'module' | 'component' | 'value' | 'nested-instance';
    };

/**
 * What jco 1.35 cannot translate of a component, each kind once for every core module or export that has it. Found in the binary alone. An
 * empty list is no promise: jco may still fail.
 */
export function findUnsupported(
  component: Component,
  severalMemories = acceptsSeveralMemories(),
): readonly Unsupported[] {
  const { modules, canonical, exports } = component;
  return [
    ...modules.flatMap((module) => unsupportedInModule(module, severalMemories)),
    ...[...canonical.memories].flatMap(unsupportedMemory),
    ...[...canonical.builtins]
      .filter((builtin) => builtin.startsWith('thread.') && builtin !== 'thread.yield')
      .map((builtin): Unsupported => ({ feature: 'threads', builtin })),
    ...(canonical.gc ? [{ feature: 'gc' } as const] : []),
    ...exports.flatMap(unsupportedExport),
  ];
}

/** The same for a file; empty for one that cannot be read. */
export function readUnsupported(bytes: Uint8Array): readonly Unsupported[] {
  const component = readRunnable(bytes);
  return component.ok ? findUnsupported(component.value) : [];
}

/** A core module with two memories. */
const twoMemories = Uint8Array.of(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0, 5, 5, 2, 0, 1, 0, 1);

/**
 * Whether the V8 of this process takes several memories in a core module: since Node 22. For an older one, jco rewrites such modules to one
 * memory, as far as it can.
 */
export function acceptsSeveralMemories(): boolean {
  return WebAssembly.validate(twoMemories);
}

/** Sections that jco does not support when it rewrites several memories to one: tables, memories, globals, … */
const notRewritten: ReadonlySet<number> = new Set([4, 5, 6, 8, 9, 11, 12]);

/** Nothing is claimed of a module that cannot be read: jco says what is wrong with it. */
function unsupportedInModule(module: CoreModule, severalMemories: boolean): readonly Unsupported[] {
  const { number, sections } = module;
  const ids = sections.map(({ id }) => id);
  try {
    const several =
      !severalMemories &&
      module.imported.memory + module.memories.length > 1 &&
      ids.some((id) => notRewritten.has(id));
    return [
      ...(module.hasTags ? [{ feature: 'exceptions', module: number } as const] : []),
      ...(several ? [{ feature: 'multiple-memories', module: number } as const] : []),
    ];
  } catch (error) {
    if (error instanceof DecodeError) return [];
    throw error;
  }
}

function unsupportedMemory({ instance, name }: CoreAlias): readonly Unsupported[] {
  if (instance.kind !== 'instantiate' || instance.module.kind !== 'module') return [];
  const { module } = instance.module;
  try {
    const limits = module.memoryNamed(name);
    return [
      ...(limits?.is64 === true ? [{ feature: 'memory64', module: module.number } as const] : []),
      ...(limits?.shared === true ? [{ feature: 'shared-memory', module: module.number } as const] : []),
    ];
  } catch (error) {
    if (error instanceof DecodeError) return [];
    throw error;
  }
}

function unsupportedExport({ name, kind, item }: ComponentExport): readonly Unsupported[] {
  if (kind === 'func') return [];
  if (kind !== 'instance') return [{ feature: 'export', name, kind }];
  return item.kind === 'instance' && hasInstance(item.def)
    ? [{ feature: 'export', name, kind: 'nested-instance' }]
    : [];
}

/** Whether an instance exports something else than functions and types. */
function hasInstance(def: InstanceDef): boolean {
  switch (def.kind) {
    case 'exports':
      return [...def.exports.values()].some(({ kind }) => kind !== 'func' && kind !== 'type');
    case 'instantiate':
      return (
        def.component.kind === 'component' &&
        def.component.component.exports.some(({ kind }) => kind !== 'func' && kind !== 'type')
      );
    case 'import':
      return [...def.type.exports.values()].some(({ kind }) => kind !== 'func' && kind !== 'type');
    case 'alias':
      return false;
  }
}
