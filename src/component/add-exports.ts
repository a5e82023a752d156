import { ByteReader } from './bytes';
import type { ScalarExport } from './core-exports';
import { decodeScope } from './decode-component';
import { malformed } from './decode-error';
import type { PrimitiveKind } from './types';

/**
 * A component with more exports: functions of its first core module that take and return numbers alone. The sections that lift them are
 * added at the end, so that nothing in front of them moves. Throws a `DecodeError` for what is not a component with a core module.
 */
export function addExports(component: Uint8Array, exports: readonly ScalarExport[]): Uint8Array {
  if (exports.length === 0) return component;
  const scope = decodeScope(new ByteReader(component));
  const instance = scope.coreInstances.findIndex(
    (each) => each.kind === 'instantiate' && each.module.kind === 'module' && each.module.module.number === 0,
  );
  if (instance < 0) throw malformed('a component without an instance of its core module', 0);
  const [types, coreFuncs, funcs] = [scope.types.length, scope.coreFuncs.length, scope.funcs.length];
  return Buffer.concat([
    component,
    section(sectionId.type, exports, ({ type: { params, result } }) => [
      0x40,
      ...list(params, ({ name, type }) => [...text(name), codeOf(type.kind)]),
      ...(result === null ? [0x01, 0x00] : [0x00, codeOf(result.kind)]),
    ]),
    // A core function (0x00 0x00) that is an export of a core instance (0x01).
    section(sectionId.alias, exports, ({ core }) => [0x00, 0x00, 0x01, ...leb(instance), ...text(core)]),
    // `canon lift` without options.
    section(sectionId.canon, exports, (_, index) => [
      0x00,
      0x00,
      ...leb(coreFuncs + index),
      0x00,
      ...leb(types + index),
    ]),
    // A function (0x01) under a plain name (0x00), without a type of its own (0x00).
    section(sectionId.export, exports, ({ name }, index) => [
      0x00,
      ...text(name),
      0x01,
      ...leb(funcs + index),
      0x00,
    ]),
  ]);
}

/** Numbers of sections (component-model, Binary.md). */
const sectionId = { alias: 6, type: 7, canon: 8, export: 11 };

/** Codes of the types that have a core type of their own (component-model, Binary.md, `primvaltype`). */
const codes: Readonly<Partial<Record<PrimitiveKind, number>>> = {
  s32: 0x7a,
  s64: 0x78,
  f32: 0x76,
  f64: 0x75,
};

function codeOf(kind: string): number {
  const code = codes[kind as PrimitiveKind];
  if (code === undefined) throw new Error(`${kind} is not a type of numbers`);
  return code;
}

function section<T>(
  id: number,
  items: readonly T[],
  write: (item: T, index: number) => number[],
): Uint8Array {
  const content = list(items, write);
  return Uint8Array.from([id, ...leb(content.length), ...content]);
}

function list<T>(items: readonly T[], write: (item: T, index: number) => number[]): number[] {
  return [...leb(items.length), ...items.flatMap(write)];
}

function text(value: string): number[] {
  const bytes = Buffer.from(value, 'utf8');
  return [...leb(bytes.length), ...bytes];
}

function leb(value: number): number[] {
  const bytes: number[] = [];
  let rest = value;
  for (;;) {
    const byte = rest & 0x7f;
    rest >>>= 7;
    if (rest === 0) return [...bytes, byte];
    bytes.push(byte | 0x80);
  }
}
