import type { FuncType, ValueType } from './types';
import { printDefinition } from './wit-print';

/** The definitions of the named types that functions take and return, as WIT text, each before those that it is made of. */
export function definitionsIn(functions: readonly FuncType[]): readonly string[] {
  // Types share parts: each is looked at once.
  const seen = new Set<ValueType>();
  const look = (type: ValueType | null) => {
    if (type === null || seen.has(type)) return;
    seen.add(type);
    partsOf(type).forEach(look);
  };
  for (const { params, result } of functions) [...params.map((param) => param.type), result].forEach(look);
  return [...new Set([...seen].filter(isNamed).map(printDefinition))];
}

function isNamed(type: ValueType): boolean {
  return 'name' in type && type.name !== null;
}

function partsOf(type: ValueType): readonly (ValueType | null)[] {
  switch (type.kind) {
    case 'record':
      return type.fields.map((field) => field.type);
    case 'variant':
      return type.cases.map((each) => each.type);
    case 'tuple':
      return type.elements;
    case 'list':
    case 'option':
    case 'stream':
    case 'future':
      return [type.element];
    case 'result':
      return [type.ok, type.error];
    case 'map':
      return [type.key, type.value];
    default:
      return [];
  }
}
