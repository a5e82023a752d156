import type { Component } from './definitions';
import { readComponent } from './read-component';
import type { ComponentType, ExternType, InstanceType } from './types';
import { parseInterfaceName } from './wasi';
import { printDefinition, printFunction, witName } from './wit-print';

/** Whether a file is a WIT package: a component that exports the types of components and nothing else. */
export function isWitPackage(bytes: Uint8Array): boolean {
  const read = readComponent(bytes);
  return read.ok && typesOf(read.value) !== null;
}

/**
 * The interfaces and worlds of a WIT package as text; null for another file. Types that an interface uses from another one are printed as
 * definitions: the binary does not name where they come from.
 */
export function printWitPackage(bytes: Uint8Array): string | null {
  const read = readComponent(bytes);
  const types = read.ok ? typesOf(read.value) : null;
  if (types === null) return null;
  const packages = new Map<string, string[]>();
  for (const [name, item] of itemsOf(types)) {
    const home = packageOf(name);
    const texts = packages.get(home) ?? [];
    packages.set(home, texts);
    texts.push(printItem(parseInterfaceName(name)?.interface ?? name, item));
  }
  return [...packages]
    .map(([home, texts]) => `package ${home};\n\n${texts.filter((text) => text !== '').join('\n')}`)
    .join('\n');
}

function typesOf({ imports, exports }: Component): readonly ComponentType[] | null {
  const types = exports.flatMap(({ item }) =>
    item.kind === 'type' && item.def.type.kind === 'component' ? [item.def.type] : [],
  );
  return imports.length === 0 && types.length > 0 && types.length === exports.length ? types : null;
}

/** The interfaces and worlds by name, with the interfaces of the same package that only a world mentions. */
function itemsOf(types: readonly ComponentType[]): ReadonlyMap<string, ExternType> {
  const items = new Map(types.flatMap(({ exports }) => [...exports]));
  for (const [world, item] of [...items]) {
    if (item.kind !== 'component') continue;
    for (const [name, inner] of [...item.type.imports, ...item.type.exports])
      if (inner.kind === 'instance' && packageOf(name) === packageOf(world) && !items.has(name))
        items.set(name, inner);
  }
  return items;
}

function packageOf(name: string): string {
  const parts = parseInterfaceName(name);
  if (parts === null) return '';
  return `${parts.namespace}:${parts.package}${parts.version === '' ? '' : `@${parts.version}`}`;
}

function printItem(name: string, item: ExternType): string {
  if (item.kind === 'instance') return block(`interface ${witName(name)}`, interfaceLines(item.type));
  return item.kind === 'component' ? block(`world ${witName(name)}`, worldLines(item.type)) : '';
}

function block(head: string, lines: readonly string[]): string {
  return `${head} {\n${lines.map((line) => `${line.replace(/^(?=.)/gm, '  ')}\n`).join('')}}\n`;
}

function worldLines({ imports, exports }: ComponentType): readonly string[] {
  const lines = (direction: string, items: ReadonlyMap<string, ExternType>) =>
    [...items].flatMap(([name, item]) => {
      if (item.kind === 'func') return [`${direction} ${witName(name)}: ${printFunction(item.type)};`];
      return item.kind === 'instance' ? [`${direction} ${name};`] : typeLines(name, item);
    });
  return [...lines('import', imports), ...lines('export', exports)];
}

function interfaceLines({ exports }: InstanceType): readonly string[] {
  return [...exports].flatMap(([name, item]) => {
    if (item.kind !== 'func') return typeLines(name, item, exports);
    return name.startsWith('[') ? [] : [`${witName(name)}: ${printFunction(item.type)};`];
  });
}

function typeLines(
  name: string,
  item: ExternType,
  around: ReadonlyMap<string, ExternType> = new Map(),
): readonly string[] {
  if (item.kind !== 'type') return [];
  if (item.type.kind === 'resource') return [resourceText(name, around)];
  if (item.type.kind !== 'value') return [];
  const { type } = item.type;
  const text = printDefinition(type);
  return ['record', 'variant', 'flags', 'enum'].includes(type.kind)
    ? [text]
    : [`type ${witName(name)} = ${text};`];
}

/** A resource with its constructor, methods and static functions, whose first parameter or result is the resource itself. */
function resourceText(name: string, around: ReadonlyMap<string, ExternType>): string {
  const lines = [...around].flatMap(([func, item]) => {
    const [, kind, resource, method] = /^\[(constructor|method|static)\]([^.]+)(?:\.(.+))?$/.exec(func) ?? [];
    if (resource !== name || item.kind !== 'func') return [];
    const { params } = item.type;
    if (kind === 'constructor')
      return [`${printFunction({ ...item.type, result: null }).replace(/^func/, 'constructor')};`];
    if (kind === 'static') return [`${witName(method ?? '')}: static ${printFunction(item.type)};`];
    return [`${witName(method ?? '')}: ${printFunction({ ...item.type, params: params.slice(1) })};`];
  });
  return lines.length === 0
    ? `resource ${witName(name)};`
    : block(`resource ${witName(name)}`, lines).trimEnd();
}
