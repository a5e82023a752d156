import type { ValueType } from './types';

/** Size and alignment of a value in linear memory (CanonicalABI.md, "Alignment" and "Element Size"). */
export interface Layout {
  readonly size: number;
  readonly align: number;
}

export function alignTo(offset: number, align: number): number {
  return Math.ceil(offset / align) * align;
}

/** How a value of a type lies in linear memory. */
export function layoutOf(type: ValueType): Layout {
  switch (type.kind) {
    case 'bool':
    case 's8':
    case 'u8':
      return { size: 1, align: 1 };
    case 's16':
    case 'u16':
      return { size: 2, align: 2 };
    case 's64':
    case 'u64':
    case 'f64':
      return { size: 8, align: 8 };
    case 'string':
    case 'map':
      return { size: 8, align: 4 };
    case 'list':
      return type.length === null
        ? { size: 8, align: 4 }
        : { size: type.length * layoutOf(type.element).size, align: layoutOf(type.element).align };
    case 'record':
      return sequence(type.fields.map((field) => field.type));
    case 'tuple':
      return sequence(type.elements);
    case 'flags':
      return flagsLayout(type.labels.length);
    case 'variant':
    case 'enum':
    case 'option':
    case 'result': {
      const cases = casesOf(type);
      const payload = payloadOffset(cases);
      const largest = greatest(cases, 0, (each) => layoutOf(each).size);
      const align = variantAlign(cases);
      return { size: alignTo(payload + largest, align), align };
    }
    default:
      return { size: 4, align: 4 };
  }
}

/** The payloads of a type that is one of several cases, null for a case without one. */
export function casesOf(
  type: Extract<ValueType, { kind: 'variant' | 'enum' | 'option' | 'result' }>,
): readonly (ValueType | null)[] {
  switch (type.kind) {
    case 'variant':
      return type.cases.map((each) => each.type);
    case 'enum':
      return type.labels.map(() => null);
    case 'option':
      return [null, type.element];
    case 'result':
      return [type.ok, type.error];
  }
}

/** Size of the number that tells which case a value is. */
export function discriminantSize(caseCount: number): 1 | 2 | 4 {
  if (caseCount <= 0x100) return 1;
  return caseCount <= 0x10000 ? 2 : 4;
}

/** Where a case's payload lies. */
export function payloadOffset(cases: readonly (ValueType | null)[]): number {
  return alignTo(discriminantSize(cases.length), payloadAlign(cases));
}

/** How many core values a value flattens to, counted no further than just over the 16 that matter. */
export function flatCount(type: ValueType): number {
  switch (type.kind) {
    case 'string':
    case 'map':
      return 2;
    case 'list':
      return type.length === null ? 2 : Math.min(17, type.length * flatCount(type.element));
    case 'record':
      return total(type.fields.map((field) => field.type));
    case 'tuple':
      return total(type.elements);
    case 'flags':
      return Math.max(1, Math.ceil(type.labels.length / 32));
    case 'variant':
    case 'enum':
    case 'option':
    case 'result':
      return 1 + greatest(casesOf(type), 0, flatCount);
    default:
      return 1;
  }
}

function total(types: readonly ValueType[]): number {
  return types.reduce((sum, type) => Math.min(17, sum + flatCount(type)), 0);
}

function sequence(types: readonly ValueType[]): Layout {
  let size = 0;
  let align = 1;
  for (const type of types) {
    const each = layoutOf(type);
    size = alignTo(size, each.align) + each.size;
    align = Math.max(align, each.align);
  }
  return { size: alignTo(size, align), align };
}

function flagsLayout(count: number): Layout {
  if (count <= 8) return { size: 1, align: 1 };
  if (count <= 16) return { size: 2, align: 2 };
  return { size: 4 * Math.ceil(count / 32), align: 4 };
}

function payloadAlign(cases: readonly (ValueType | null)[]): number {
  return greatest(cases, 1, (each) => layoutOf(each).align);
}

function variantAlign(cases: readonly (ValueType | null)[]): number {
  return Math.max(discriminantSize(cases.length), payloadAlign(cases));
}

/** The greatest measure of the payloads, at least `least`. */
function greatest(
  cases: readonly (ValueType | null)[],
  least: number,
  measure: (type: ValueType) => number,
): number {
  return cases.reduce((most, each) => (each === null ? most : Math.max(most, measure(each))), least);
}
