import { assertNever } from '../base/assert-never';
import type { Field, FuncType, ValueType } from './types';

/** Source: https://github.com/WebAssembly/component-model/blob/main/design/mvp/WIT.md#keywords and the names of types. */
const keywords: ReadonlySet<string> = new Set(
  (
    'as async bool borrow char constructor enum error-context export f32 f64 flags from func future import include interface list map ' +
    'option own package record resource result s16 s32 s64 s8 static stream string tuple type u16 u32 u64 u8 use variant with world'
  ).split(' '),
);

/** A name as WIT text has it: with `%` if it would be read as a keyword otherwise. */
export function witName(name: string): string {
  return keywords.has(name) ? `%${name}` : name;
}

/**
 * A type as WIT text, in one line. A type with a name is printed as that name; one without, which WIT cannot express, with its parts.
 */
export function printType(type: ValueType): string {
  switch (type.kind) {
    case 'record':
    case 'variant':
    case 'flags':
    case 'enum':
      return type.name === null ? printBody(type, ' ') : witName(type.name);
    case 'list':
      return type.length === null
        ? `list<${printType(type.element)}>`
        : `list<${printType(type.element)}, ${type.length}>`;
    case 'tuple':
      return `tuple<${type.elements.map(printType).join(', ')}>`;
    case 'option':
      return `option<${printType(type.element)}>`;
    case 'result':
      return printResult(type.ok, type.error);
    case 'map':
      return `map<${printType(type.key)}, ${printType(type.value)}>`;
    case 'own':
      return printResource(type.resource.name);
    case 'borrow':
      return `borrow<${printResource(type.resource.name)}>`;
    case 'stream':
    case 'future':
      return type.element === null ? type.kind : `${type.kind}<${printType(type.element)}>`;
    default:
      return type.kind;
  }
}

/** What a name stands for, over several lines: `record point { x: u32, … }`. Types that have no parts of their own print as {@link printType} does. */
export function printDefinition(type: ValueType): string {
  switch (type.kind) {
    case 'record':
    case 'variant':
    case 'flags':
    case 'enum':
      return printBody(type, '\n');
    default:
      return printType(type);
  }
}

/** A signature as WIT text, in one line: `func(a: u32, b: list<string>) -> result<string>`. */
export function printFunction(type: FuncType): string {
  const result = type.result === null ? '' : ` -> ${printType(type.result)}`;
  return `${type.async ? 'async func' : 'func'}(${type.params.map(printField).join(', ')})${result}`;
}

type WithBody = Extract<ValueType, { kind: 'record' | 'variant' | 'flags' | 'enum' }>;

function printBody(type: WithBody, separator: ' ' | '\n'): string {
  const head = type.name === null ? type.kind : `${type.kind} ${witName(type.name)}`;
  const parts = bodyParts(type);
  return separator === ' '
    ? `${head} { ${parts.join(', ')} }`
    : `${head} {\n${parts.map((part) => `  ${part},\n`).join('')}}`;
}

function bodyParts(type: WithBody): readonly string[] {
  switch (type.kind) {
    case 'record':
      return type.fields.map(printField);
    case 'variant':
      return type.cases.map(({ name, type: payload }) =>
        payload === null ? witName(name) : `${witName(name)}(${printType(payload)})`,
      );
    case 'flags':
    case 'enum':
      return type.labels.map(witName);
    default:
      return assertNever(type);
  }
}

function printField({ name, type }: Field): string {
  return `${witName(name)}: ${printType(type)}`;
}

function printResult(ok: ValueType | null, error: ValueType | null): string {
  if (error !== null) return `result<${ok === null ? '_' : printType(ok)}, ${printType(error)}>`;
  return ok === null ? 'result' : `result<${printType(ok)}>`;
}

function printResource(name: string | null): string {
  return name === null ? 'resource' : witName(name);
}
