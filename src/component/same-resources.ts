import type { Component, InstanceDef } from './definitions';
import type { FuncType, ResourceType, ValueType } from './types';

/** The prefix of import names that wit-component generates. They are not the names of resources. */
const madeUp = 'import-type-';

/** Which resources are one, wherever in a component they are meant. */
export interface SameResources {
  /** The signature with one object for each resource, by the name that interfaces have for it. */
  inFunction(type: FuncType): FuncType;
}

/**
 * Finds the resources that are one: toolchains wrap every exported interface into a component of its own, which takes the resources of its functions as
 * imports, so that a resource that two interfaces use has an object in each.
 */
export function sameResources(component: Component): SameResources {
  const groups = new Map<ResourceType, Set<ResourceType>>();
  for (const { item } of component.exports) {
    if (item.kind !== 'instance') continue;
    for (const [inner, outer] of givenResources(item.def)) join(groups, inner, outer);
  }
  const chosen = new Map<ResourceType, ResourceType>();
  for (const group of new Set(groups.values())) {
    const names = [...group].map(({ name }) => name);
    const name = names.find((one) => one !== null && !one.startsWith(madeUp)) ?? names[0] ?? null;
    const one: ResourceType = { name };
    for (const member of group) chosen.set(member, one);
  }
  const rewriter = new Rewriter(chosen);
  return { inFunction: (type) => rewriter.func(type) };
}

/** What an instantiation gives for the resources that the component imports. */
function givenResources(def: InstanceDef): readonly (readonly [inner: ResourceType, outer: ResourceType])[] {
  if (def.kind !== 'instantiate' || def.component.kind !== 'component') return [];
  const { args } = def;
  return def.component.component.imports.flatMap(({ name, type }) => {
    const given = args.get(name);
    if (type.kind !== 'type' || type.type.kind !== 'resource' || given?.kind !== 'type') return [];
    const outer = given.def.type;
    return outer.kind === 'resource' ? [[type.type.resource, outer.resource] as const] : [];
  });
}

function join(groups: Map<ResourceType, Set<ResourceType>>, left: ResourceType, right: ResourceType): void {
  const joined = new Set([...(groups.get(left) ?? [left]), ...(groups.get(right) ?? [right])]);
  for (const member of joined) groups.set(member, joined);
}

class Rewriter {
  readonly #chosen: ReadonlyMap<ResourceType, ResourceType>;
  readonly #done = new Map<ValueType, ValueType>();

  constructor(chosen: ReadonlyMap<ResourceType, ResourceType>) {
    this.#chosen = chosen;
  }

  func(type: FuncType): FuncType {
    if (this.#chosen.size === 0) return type;
    return {
      ...type,
      params: type.params.map((param) => ({ ...param, type: this.#value(param.type) })),
      result: this.#optional(type.result),
    };
  }

  /** Parts that types share stay shared. */
  #value(type: ValueType): ValueType {
    const done = this.#done.get(type);
    if (done !== undefined) return done;
    const made = this.#rewritten(type);
    this.#done.set(type, made);
    return made;
  }

  #optional(type: ValueType | null): ValueType | null {
    return type === null ? null : this.#value(type);
  }

  #rewritten(type: ValueType): ValueType {
    switch (type.kind) {
      case 'own':
      case 'borrow':
        return { ...type, resource: this.#chosen.get(type.resource) ?? type.resource };
      case 'record':
        return {
          ...type,
          fields: type.fields.map((field) => ({ ...field, type: this.#value(field.type) })),
        };
      case 'variant':
        return { ...type, cases: type.cases.map((one) => ({ ...one, type: this.#optional(one.type) })) };
      case 'list':
      case 'option':
        return { ...type, element: this.#value(type.element) };
      case 'tuple':
        return { ...type, elements: type.elements.map((element) => this.#value(element)) };
      case 'result':
        return { ...type, ok: this.#optional(type.ok), error: this.#optional(type.error) };
      case 'map':
        return { ...type, key: this.#value(type.key), value: this.#value(type.value) };
      case 'stream':
      case 'future':
        return { ...type, element: this.#optional(type.element) };
      default:
        return type;
    }
  }
}
