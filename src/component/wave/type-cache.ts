import { lowerCamelCase } from '../js-names';
import type { Case, Field, TypeOf } from '../types';

/** A field of a record or a label of flags, ready to be looked up: its place in the type, and its JavaScript key. */
export interface Slot {
  readonly index: number;
  readonly key: string;
}

type Labelled = TypeOf<'record' | 'flags'>;

// Types are immutable and shared, so what is derived from one is derived once.
const slots = new WeakMap<Labelled, ReadonlyMap<string, Slot>>();
const cases = new WeakMap<TypeOf<'variant'>, ReadonlyMap<string, Case>>();
const labels = new WeakMap<TypeOf<'enum'>, ReadonlySet<string>>();

/** The fields or flags of a type by their labels, in the order of the type. */
export function slotsOf(type: Labelled): ReadonlyMap<string, Slot> {
  return remembered(slots, type, () => {
    const names = type.kind === 'record' ? type.fields.map(({ name }: Field) => name) : type.labels;
    return new Map(names.map((name, index) => [name, { index, key: lowerCamelCase(name) }]));
  });
}

/** The cases of a variant by their labels. */
export function casesOf(type: TypeOf<'variant'>): ReadonlyMap<string, Case> {
  return remembered(cases, type, () => new Map(type.cases.map((one) => [one.name, one])));
}

/** The labels of an enum. */
export function labelsOf(type: TypeOf<'enum'>): ReadonlySet<string> {
  return remembered(labels, type, () => new Set(type.labels));
}

function remembered<K extends object, V>(memory: WeakMap<K, V>, key: K, make: () => V): V {
  const known = memory.get(key);
  if (known !== undefined) return known;
  const made = make();
  memory.set(key, made);
  return made;
}
