/** What a file is made of: nested components, core modules, their instances, and who gives what to whom. Plain data that can be posted. */
export interface Structure {
  readonly kind: 'component' | 'module';
  /** The first node is the file's own component or core module. Parents come before what is in them, in the order of the binary. */
  readonly nodes: readonly StructureNode[];
  /** How many nodes were left out because there are more than `mostNodes`. */
  readonly leftOut: number;
}

/**
 * One thing in a file. Ids say what and where it is, and stay the same when a file is built again with the same parts:
 * `c0` component 0 (the file's own), `m2` core module 2, `c0.k1` core instance 1 of component 0, `c0.n1` its instance 1 of a nested
 * component, `c0.i:NAME` what it imports. Components and core modules are numbered in the order of the binary, nested ones included;
 * `m2` is `CoreModule.number` 2. Names and ids are cut at 300 characters.
 */
export interface StructureNode {
  readonly id: string;
  readonly kind: NodeKind;
  /** The component that it is defined in, null for the outermost one. */
  readonly parent: string | null;
  /** From the name section or the import; cleaned of control characters. Null where the binary gives none. */
  readonly name: string | null;
  /** What a core module, or an instance of it, is there for; null for the other kinds. */
  readonly role: ModuleRole | null;
  /** Where it lies in the file, for components and core modules. */
  readonly range: { readonly start: number; readonly end: number } | null;
  /** What an instance is an instance of: the id of a core module or component (or of an import), null where it is not known. */
  readonly of: string | null;
  readonly imports: readonly StructureImport[];
  readonly exports: readonly StructureExport[];
  /** How many imports and exports there are, more than listed where there are very many. */
  readonly importCount: number;
  readonly exportCount: number;
}

/** The number at the end of a node's id: `m2` and `c0.k2` are both 2. */
export function numberIn(id: string): number {
  return Number(/\d+$/.exec(id)?.[0] ?? 0);
}

/** `import` is what a component imports, or a core module by module name when the file is a core module. */
export type NodeKind = 'component' | 'module' | 'core-instance' | 'instance' | 'import';

/**
 * `shim` and `fixups`: trampolines of wit-component that make the start of an instance possible; `adapter`: translates wasip1, the
 * program's own ABI, to the component model; `main`: all others.
 */
export type ModuleRole = 'main' | 'adapter' | 'shim' | 'fixups';

/** One import of a node. Of an instance: one argument, with one entry for each node that it comes from. */
export interface StructureImport {
  /** The name of an interface, or the module name of a core import. */
  readonly name: string;
  /** The node that it comes from; null for what the component model itself makes (`resource.drop`), or what is not known. */
  readonly from: string | null;
  /** How many functions, memories and so on come from there; 1 for an interface as a whole. */
  readonly items: number;
}

export interface StructureExport {
  readonly name: string;
  /** `func`, `memory`, `instance`, `type`, … */
  readonly kind: string;
  /** The node in it that provides it: a core instance for a lifted function, an instance. Null for types and where it is not known. */
  readonly from: string | null;
}

/** More nodes than these are counted only. No toolchain makes as many. */
export const mostNodes = 800;

/** How many imports and exports of all nodes together are listed: as many are posted in a few milliseconds. */
export const mostNames = 2_000;
