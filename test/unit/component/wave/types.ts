import type { FuncType, PrimitiveKind, ValueType } from '../../../../src/component/types';

// Short ways to write down types in tests.

export function prim(kind: PrimitiveKind): ValueType {
  return { kind };
}

export function list(element: ValueType, length: number | null = null): ValueType {
  return { kind: 'list', element, length };
}

export function map(key: ValueType, value: ValueType): ValueType {
  return { kind: 'map', key, value };
}

export function tuple(...elements: ValueType[]): ValueType {
  return { kind: 'tuple', elements };
}

export function record(name: string, fields: Readonly<Record<string, ValueType>>): ValueType {
  return { kind: 'record', name, fields: fieldsOf(fields) };
}

export function variant(name: string, cases: Readonly<Record<string, ValueType | null>>): ValueType {
  return {
    kind: 'variant',
    name,
    cases: Object.entries(cases).map(([label, type]) => ({ name: label, type })),
  };
}

export function enumOf(name: string, ...labels: string[]): ValueType {
  return { kind: 'enum', name, labels };
}

export function flags(name: string, ...labels: string[]): ValueType {
  return { kind: 'flags', name, labels };
}

export function option(element: ValueType): ValueType {
  return { kind: 'option', element };
}

export function result(ok: ValueType | null, error: ValueType | null = null): ValueType {
  return { kind: 'result', ok, error };
}

export function func(
  params: Readonly<Record<string, ValueType>>,
  returns: ValueType | null = null,
): FuncType {
  return { params: fieldsOf(params), result: returns, async: false };
}

function fieldsOf(fields: Readonly<Record<string, ValueType>>) {
  return Object.entries(fields).map(([name, type]) => ({ name, type }));
}
