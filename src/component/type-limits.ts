import { malformed } from './decode-error';
import type { ValueType } from './types';

const MAX_DEPTH = 100;
/** A type of which each half is the same type again doubles with every definition: the unfolded size needs a limit. */
const MAX_SIZE = 100_000;

interface Measure {
  readonly depth: number;
  readonly size: number;
}

const LEAF: Measure = { depth: 1, size: 1 };
const measures = new WeakMap<ValueType, Measure>();

/** Lets a type with parts pass if its depth and its unfolded size are within the limits that `ValueType` promises. */
export function constructed(type: ValueType, offset: number): ValueType {
  let depth = 0;
  let size = 1;
  for (const part of partsOf(type)) {
    const measure = measures.get(part) ?? LEAF;
    depth = Math.max(depth, measure.depth);
    size += measure.size;
  }
  if (depth >= MAX_DEPTH || size > MAX_SIZE) throw malformed('a type that is too large', offset);
  measures.set(type, { depth: depth + 1, size });
  return type;
}

function partsOf(type: ValueType): readonly ValueType[] {
  switch (type.kind) {
    case 'record':
      return type.fields.map((field) => field.type);
    case 'variant':
      return type.cases.map((each) => each.type).filter((payload) => payload !== null);
    case 'tuple':
      return type.elements;
    case 'result':
      return [type.ok, type.error].filter((payload) => payload !== null);
    case 'map':
      return [type.key, type.value];
    case 'list':
    case 'option':
      return [type.element];
    case 'stream':
    case 'future':
      return type.element === null ? [] : [type.element];
    default:
      return [];
  }
}
