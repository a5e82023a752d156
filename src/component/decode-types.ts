import type { ByteReader } from './bytes';
import { takeCoreType } from './decode-core-types';
import { malformed, unreadValues } from './decode-error';
import { takeDefinedType, takeFields, takeResults } from './decode-value-types';
import { takeExternName } from './import-export-names';
import { innerDepth, outerType, typeAt, type TypeScope } from './type-scope';
import type { ComponentType, ExternType, FuncType, InstanceType, TypeDef } from './types';

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
      throw unreadValues(start);
    case 3:
      if (reader.u8() !== 0)
        return { kind: 'type', type: { kind: 'resource', resource: { name } }, bound: 'sub' };
      return { kind: 'type', type: withName(typeAt(scope, reader.u32(), start).type, name), bound: 'eq' };
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
