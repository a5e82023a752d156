import type { ByteReader } from './bytes';
import { malformed } from './decode-error';
import type { ComponentDef, CoreInstanceDef, CoreItem, InstanceDef, ModuleDef } from './definitions';
import { exportedType } from './exported-types';
import { at, pushCoreItem, pushItem, type ComponentScope } from './scope';
import { outerType } from './type-scope';

/** Takes an alias (Binary.md, `alias`), and adds what it stands for. */
export function takeAlias(reader: ByteReader, scope: ComponentScope): void {
  const start = reader.offset;
  const sort = reader.u8();
  const coreSort = sort === 0 ? reader.u8() : -1;
  const target = reader.u8();
  if (target === 0) {
    const instance = at(scope.instances, reader, 'instance');
    aliasInstanceExport(instance, reader.name(), sort, coreSort, scope, start);
  } else if (target === 1 && sort === 0) {
    const instance = at(scope.coreInstances, reader, 'core instance');
    aliasCoreExport(instance, reader.name(), coreSort, scope, start);
  } else if (target === 2) {
    aliasOuter(reader, sort, coreSort, scope, start);
  } else {
    throw malformed('an unknown form of alias', start);
  }
}

/** An alias of an inline export is that export itself, so that no chain of aliases can grow long. */
function aliasCoreExport(
  instance: CoreInstanceDef,
  name: string,
  coreSort: number,
  scope: ComponentScope,
  start: number,
): void {
  const kind = (['func', 'table', 'memory', 'global', 'tag'] as const)[coreSort];
  if (kind === undefined) throw malformed('an alias of an unknown kind', start);
  let item: CoreItem = { kind, def: { kind: 'alias', instance, name } };
  if (instance.kind === 'exports') {
    const found = instance.exports.get(name);
    if (found?.kind !== kind) throw malformed(`an alias of \`${name}\`, which is not there`, start);
    item = found;
  }
  pushCoreItem(scope, item);
}

function aliasInstanceExport(
  instance: InstanceDef,
  name: string,
  sort: number,
  coreSort: number,
  scope: ComponentScope,
  start: number,
): void {
  if (instance.kind === 'exports') {
    const item = instance.exports.get(name);
    if (item === undefined) throw malformed(`an alias of \`${name}\`, which is not there`, start);
    pushItem(scope, item);
    return;
  }
  const depth = instance.kind === 'alias' ? instance.depth + 1 : 1;
  if (depth > MAX_ALIASES) throw malformed('aliases of aliases nested too deeply', start);
  const alias = { kind: 'alias', instance, name, depth } as const;
  switch (sort) {
    case 0:
      if (coreSort !== 0x11) break;
      scope.modules.push(alias);
      return;
    case 1:
      scope.funcs.push(alias);
      return;
    case 2:
      return;
    case 3: {
      const type = exportedType(instance, name);
      if (type === null) break;
      scope.types.push({ type, importName: null });
      return;
    }
    case 4:
      scope.components.push(alias);
      return;
    case 5:
      scope.instances.push(alias);
      return;
  }
  throw malformed(`an alias of \`${name}\`, which is not there`, start);
}

const MAX_ALIASES = 100;

function aliasOuter(
  reader: ByteReader,
  sort: number,
  coreSort: number,
  scope: ComponentScope,
  start: number,
): void {
  if (sort === 3) {
    scope.types.push(outerType(reader, scope));
    return;
  }
  const depth = reader.u32();
  if (sort === 0 && coreSort === 0x10) {
    reader.u32();
    return;
  }
  let target: ComponentScope | null = scope;
  for (let levels = depth; levels > 0 && target !== null; levels--) target = target.outer;
  if (target !== null && sort === 4) {
    const def: ComponentDef = at(target.components, reader, 'component');
    scope.components.push(depth === 0 ? def : { kind: 'outer', depth, def });
  } else if (target !== null && sort === 0 && coreSort === 0x11) {
    const def: ModuleDef = at(target.modules, reader, 'core module');
    scope.modules.push(depth === 0 ? def : { kind: 'outer', depth, def });
  } else {
    throw malformed('an alias of a scope that is not there', start);
  }
}
