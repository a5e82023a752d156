import type { ByteReader } from './bytes';
import { takeCoreExternType, takeRecType } from './core-types';
import { malformed } from './decode-error';
import type { TypeEntry } from './definitions';
import { takeExternName } from './heads';
import { constructed } from './type-limits';
import type {
  ComponentType,
  ExternType,
  Field,
  FuncType,
  InstanceType,
  PrimitiveKind,
  ResourceType,
  TypeDef,
  ValueType,
} from './types';

/** The type indices that are visible at one place: those of a component, or of a component or instance type. */
export interface TypeScope {
  readonly types: TypeEntry[];
  readonly parent: TypeScope | null;
  /** How many scopes this one lies in. */
  readonly depth: number;
}

const MAX_DEPTH = 100;

/** A scope within another. Scopes may nest a hundred deep, as in the reference tools. */
export function innerDepth(parent: TypeScope, reader: ByteReader): number {
  if (parent.depth >= MAX_DEPTH) throw malformed('components or types nested too deeply', reader.offset);
  return parent.depth + 1;
}

/** Takes one entry of a type section (Binary.md, `deftype`). */
export function takeType(reader: ByteReader, scope: TypeScope): TypeDef {
  const start = reader.offset;
  const code = reader.u8();
  switch (code) {
    case 0x3f: // resource, with a representation and perhaps a destructor
      reader.u8();
      if (reader.u8() !== 0) reader.u32();
      return { kind: 'resource', resource: { name: null } };
    case 0x3e: // resource with an async destructor, of earlier drafts of 0.3
      reader.skip(1);
      reader.u32();
      if (reader.u8() !== 0) reader.u32();
      return { kind: 'resource', resource: { name: null } };
    case 0x40:
    case 0x43:
      return { kind: 'func', type: takeFuncType(reader, scope, code === 0x43) };
    case 0x41:
      return takeComponentType(reader, scope);
    case 0x42:
      return takeInstanceType(reader, scope);
    default:
      reader.offset = start;
      return { kind: 'value', type: takeDefinedType(reader, scope) };
  }
}

function takeFuncType(reader: ByteReader, scope: TypeScope, async: boolean): FuncType {
  const params = takeFields(reader, scope);
  const results = takeResults(reader, scope);
  return { params, result: results, async };
}

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

function takeFields(reader: ByteReader, scope: TypeScope): Field[] {
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

function takeDefinedType(reader: ByteReader, scope: TypeScope): ValueType {
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

/** The entry of a type index. `offset` is where the index was read. */
export function typeAt(scope: TypeScope, index: number, offset: number): TypeEntry {
  const entry = scope.types[index];
  if (entry === undefined) throw malformed(`a use of type ${String(index)}, which is not there`, offset);
  return entry;
}

/** Takes the type of an import or export. Each `sub resource` is a new resource, called `name`. */
export function takeExternType(reader: ByteReader, scope: TypeScope, name: string): ExternType {
  const start = reader.offset;
  const sort = reader.u8();
  switch (sort) {
    case 0:
      if (reader.u8() !== 0x11) break;
      reader.u32();
      return { kind: 'module' };
    case 1: {
      const { type } = typeAt(scope, reader.u32(), start);
      if (type.kind === 'func') return { kind: 'func', type: type.type };
      break;
    }
    case 2:
      // A value that equals another one is of that one's type, which nothing of ours asks for.
      if (reader.u8() !== 0) return { kind: 'value', type: takeValueType(reader, scope) };
      reader.u32();
      return { kind: 'value', type: { kind: 'bool' } };
    case 3:
      if (reader.u8() !== 0) return { kind: 'type', type: { kind: 'resource', resource: { name } } };
      return { kind: 'type', type: withName(typeAt(scope, reader.u32(), start).type, name) };
    case 4: {
      const { type } = typeAt(scope, reader.u32(), start);
      if (type.kind === 'component') return { kind: 'component', type };
      break;
    }
    case 5: {
      const { type } = typeAt(scope, reader.u32(), start);
      if (type.kind === 'instance') return { kind: 'instance', type };
      break;
    }
  }
  throw malformed('an import or export whose type does not fit', start);
}

/** Remembers the name under which a type is exported, where it has none yet. */
export function withName(type: TypeDef, name: string): TypeDef {
  if (type.kind === 'resource') setName(type.resource, name);
  else if (type.kind === 'value' && 'name' in type.type) setName(type.type, name);
  return type;
}

/** Names are known only after the types that bear them: the one thing in a type that is set later. */
function setName(named: { name: string | null }, name: string): void {
  named.name ??= name;
}

function takeComponentType(reader: ByteReader, parent: TypeScope): ComponentType {
  const scope = declarationScope(parent, reader);
  const imports = new Map<string, ExternType>();
  const exports = new Map<string, ExternType>();
  for (let left = reader.count(); left > 0; left--) {
    if (reader.peek() === 0x03) {
      reader.u8();
      takeNamedDeclaration(reader, scope, imports);
    } else {
      takeDeclaration(reader, scope, exports);
    }
  }
  return { kind: 'component', imports, exports };
}

function takeInstanceType(reader: ByteReader, parent: TypeScope): InstanceType {
  const scope = declarationScope(parent, reader);
  const exports = new Map<string, ExternType>();
  for (let left = reader.count(); left > 0; left--) takeDeclaration(reader, scope, exports);
  return { kind: 'instance', exports };
}

/** The scope inside a component or instance type: it has instances of its own, known by their types alone. */
interface DeclarationScope extends TypeScope {
  readonly instances: InstanceType[];
}

function declarationScope(parent: TypeScope, reader: ByteReader): DeclarationScope {
  return { types: [], instances: [], parent, depth: innerDepth(parent, reader) };
}

function takeDeclaration(
  reader: ByteReader,
  scope: DeclarationScope,
  exports: Map<string, ExternType>,
): void {
  const start = reader.offset;
  const code = reader.u8();
  switch (code) {
    case 0:
      takeCoreType(reader);
      break;
    case 1:
      scope.types.push({ type: takeType(reader, scope), importName: null });
      break;
    case 2:
      takeAliasDeclaration(reader, scope);
      break;
    case 4:
      takeNamedDeclaration(reader, scope, exports);
      break;
    default:
      throw malformed('an unknown declaration in a type', start);
  }
}

function takeNamedDeclaration(
  reader: ByteReader,
  scope: DeclarationScope,
  into: Map<string, ExternType>,
): void {
  const name = takeExternName(reader);
  const type = takeExternType(reader, scope, name);
  into.set(name, type);
  if (type.kind === 'type') scope.types.push({ type: type.type, importName: null });
  if (type.kind === 'instance') scope.instances.push(type.type);
}

function takeAliasDeclaration(reader: ByteReader, scope: DeclarationScope): void {
  const start = reader.offset;
  const sort = reader.u8();
  if (sort === 0) {
    // The only core alias in a type is one of an outer core type.
    reader.skip(2);
    reader.u32();
    reader.u32();
    return;
  }
  const target = reader.u8();
  if (target === 0) {
    const instance = scope.instances[reader.u32()];
    const found = instance?.exports.get(reader.name());
    if (sort === 3 && found?.kind === 'type') scope.types.push({ type: found.type, importName: null });
    else if (sort === 5 && found?.kind === 'instance') scope.instances.push(found.type);
    else throw malformed('an alias of something that is not there', start);
  } else if (target === 2 && sort === 3) {
    scope.types.push(outerType(reader, scope));
  } else {
    throw malformed('an unknown alias in a type', start);
  }
}

/** Takes the two numbers of an outer alias of a type, and gives what they mean. */
export function outerType(reader: ByteReader, scope: TypeScope): TypeEntry {
  const start = reader.offset;
  let target: TypeScope | null = scope;
  for (let levels = reader.u32(); levels > 0 && target !== null; levels--) target = target.parent;
  if (target === null) throw malformed('an alias of a scope that is not there', start);
  const { type } = typeAt(target, reader.u32(), start);
  return { type, importName: null };
}

/** Takes one entry of a core type section of a component. Nothing of ours needs what it says. */
export function takeCoreType(reader: ByteReader): void {
  if (reader.peek() === 0x50) {
    reader.u8();
    reader.list(() => {
      takeModuleDeclaration(reader);
    });
    return;
  }
  if (reader.peek() === 0x00) reader.u8();
  takeRecType(reader);
}

function takeModuleDeclaration(reader: ByteReader): void {
  const start = reader.offset;
  switch (reader.u8()) {
    case 0:
      reader.name();
      reader.name();
      takeCoreExternType(reader);
      break;
    case 1:
      takeRecType(reader);
      break;
    case 2:
      reader.skip(2);
      reader.u32();
      reader.u32();
      break;
    case 3:
      reader.name();
      takeCoreExternType(reader);
      break;
    default:
      throw malformed('an unknown declaration in a module type', start);
  }
}
