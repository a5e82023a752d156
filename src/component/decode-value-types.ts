import type { ByteReader } from './bytes';
import { malformed } from './decode-error';
import { constructed } from './type-limits';
import { typeAt, type TypeScope } from './type-scope';
import type { Field, PrimitiveKind, ResourceType, ValueType } from './types';

/** Takes a result list: one type, or none. Early components have lists of named results; a single one counts. */
export function takeResults(reader: ByteReader, scope: TypeScope): ValueType | null {
  const start = reader.offset;
  const form = reader.u8();
  if (form === 0) return takeValueType(reader, scope);
  if (form !== 1) throw malformed('an unknown form of result', start);
  const named = takeFields(reader, scope);
  const [only] = named;
  if (only === undefined) return null;
  return named.length === 1
    ? only.type
    : constructed({ kind: 'tuple', elements: named.map(({ type }) => type) }, start);
}

/** Takes names with their types: the fields of a record, or parameters. */
export function takeFields(reader: ByteReader, scope: TypeScope): Field[] {
  return reader.list(() => ({ name: reader.name(), type: takeValueType(reader, scope) }));
}

const PRIMITIVES: readonly (PrimitiveKind | undefined)[] = (() => {
  const codes: (PrimitiveKind | undefined)[] = [];
  const downwards = ['bool', 's8', 'u8', 's16', 'u16', 's32', 'u32', 's64', 'u64', 'f32', 'f64'] as const;
  for (const [index, kind] of [...downwards, 'char' as const, 'string' as const].entries()) {
    codes[0x7f - index] = kind;
  }
  codes[0x64] = 'error-context';
  return codes;
})();

/** Takes a use of a value type: an index, or the code of a primitive one. */
export function takeValueType(reader: ByteReader, scope: TypeScope): ValueType {
  const start = reader.offset;
  const index = reader.s33();
  if (index < 0) {
    const primitive = PRIMITIVES[index + 128];
    if (primitive === undefined) throw malformed('an unknown type', start);
    return { kind: primitive };
  }
  const { type } = typeAt(scope, index, start);
  if (type.kind !== 'value') throw malformed('a type that is not the type of a value', start);
  return type.type;
}

function takeOptionalType(reader: ByteReader, scope: TypeScope): ValueType | null {
  return reader.u8() === 0 ? null : takeValueType(reader, scope);
}

/** Takes what a type index can stand for among the types of values (Binary.md, `defvaltype`). */
export function takeDefinedType(reader: ByteReader, scope: TypeScope): ValueType {
  const start = reader.offset;
  const code = reader.u8();
  const use = () => takeValueType(reader, scope);
  const optional = () => takeOptionalType(reader, scope);
  switch (code) {
    case 0x72:
      return constructed({ kind: 'record', name: null, fields: takeFields(reader, scope) }, start);
    case 0x71: {
      const cases = reader.list(() => {
        const name = reader.name();
        const type = optional();
        if (reader.u8() !== 0) reader.u32(); // `refines`, of early drafts
        return { name, type };
      });
      return constructed({ kind: 'variant', name: null, cases }, start);
    }
    case 0x70:
      return constructed({ kind: 'list', element: use(), length: null }, start);
    case 0x67:
      return constructed({ kind: 'list', element: use(), length: reader.u32() }, start);
    case 0x6f:
      return constructed({ kind: 'tuple', elements: reader.list(use) }, start);
    case 0x6e:
      return { kind: 'flags', name: null, labels: reader.list(() => reader.name()) };
    case 0x6d:
      return { kind: 'enum', name: null, labels: reader.list(() => reader.name()) };
    case 0x6b:
      return constructed({ kind: 'option', element: use() }, start);
    case 0x6a:
      return constructed({ kind: 'result', ok: optional(), error: optional() }, start);
    case 0x69:
      return { kind: 'own', resource: resourceAt(scope, reader) };
    case 0x68:
      return { kind: 'borrow', resource: resourceAt(scope, reader) };
    case 0x66:
      return constructed({ kind: 'stream', element: optional() }, start);
    case 0x65:
      return constructed({ kind: 'future', element: optional() }, start);
    case 0x63:
      return constructed({ kind: 'map', key: use(), value: use() }, start);
    default: {
      const primitive = PRIMITIVES[code];
      if (primitive === undefined) throw malformed('an unknown type', start);
      return { kind: primitive };
    }
  }
}

function resourceAt(scope: TypeScope, reader: ByteReader): ResourceType {
  const start = reader.offset;
  const { type } = typeAt(scope, reader.u32(), start);
  if (type.kind !== 'resource') throw malformed('a handle to something that is not a resource', start);
  return type.resource;
}
