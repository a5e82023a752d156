import type {
  Component,
  CoreFuncDef,
  CoreInstanceDef,
  CoreItem,
  FuncDef,
  InstanceDef,
  Item,
} from '../definitions';

/** How many things come from each node; null stands for what is not a node. */
export type Sources = ReadonlyMap<string | null, number>;

/** An instance is made of parts of at most this many others that are told. */
const mostSources = 64;

/** How far a function is followed that is lifted and lowered again and again. */
const mostSteps = 100;

/**
 * Finds the nodes inside one component that its definitions come from. Inline instances have to be added in the order of the component, so
 * that no chain of them is followed twice.
 */
export class Providers {
  readonly #imports: ReadonlyMap<string, string>;
  readonly #known = new Map<CoreInstanceDef | InstanceDef, Sources>();

  /** @param imports the nodes of what the component imports, by name */
  constructor(imports: ReadonlyMap<string, string>) {
    this.#imports = imports;
  }

  /** Tells that an instance is a node. */
  add(instance: CoreInstanceDef | InstanceDef, node: string): void {
    this.#known.set(instance, new Map([[node, 1]]));
  }

  /** Finds out what an inline instance is made of. */
  addInline(instance: Extract<CoreInstanceDef | InstanceDef, { kind: 'exports' }>): void {
    const sources = new Map<string | null, number>();
    for (const item of instance.exports.values()) {
      const from = this.nodeOf(item);
      if (sources.size < mostSources || sources.has(from)) sources.set(from, (sources.get(from) ?? 0) + 1);
    }
    this.#known.set(instance, sources);
  }

  /** What an instance comes from, or is made of. */
  ofInstance(instance: CoreInstanceDef | InstanceDef): Sources {
    const known = this.#known.get(instance);
    if (known !== undefined) return known;
    if (instance.kind === 'alias') return this.ofInstance(instance.instance);
    if (instance.kind === 'import') return new Map([[this.#imports.get(instance.name) ?? null, 1]]);
    return NOTHING;
  }

  /** The node that something comes from; the first one for an instance that is made of several. */
  nodeOf(item: Item | CoreItem): string | null {
    switch (item.kind) {
      case 'func':
        return this.#ofFunc(item.def);
      case 'instance':
        return first(this.ofInstance(item.def));
      case 'table':
      case 'memory':
      case 'global':
      case 'tag':
        return first(this.ofInstance(item.def.instance));
      case 'component':
      case 'module':
        return item.def.kind === 'import' ? (this.#imports.get(item.def.name) ?? null) : null;
      default:
        return null;
    }
  }

  #ofFunc(def: FuncDef | CoreFuncDef): string | null {
    let from = def;
    for (let steps = 0; steps < mostSteps; steps++) {
      if (from.kind === 'alias') return first(this.ofInstance(from.instance));
      if (from.kind === 'import') return this.#imports.get(from.name) ?? null;
      if (from.kind === 'builtin') return null;
      from = from.kind === 'lift' ? from.coreFunc : from.func;
    }
    return null;
  }
}

const NOTHING: Sources = new Map([[null, 1]]);

function first(sources: Sources): string | null {
  for (const node of sources.keys()) if (node !== null) return node;
  return null;
}

/** The imports of a component that are nodes: all but types, which are no parts. */
export function importNodes({ imports }: Component, id: string): ReadonlyMap<string, string> {
  return new Map(
    imports.filter(({ type }) => type.kind !== 'type').map(({ name }) => [name, `${id}.i:${name}`] as const),
  );
}
