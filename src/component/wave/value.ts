import type { TypeOf, ValueType } from '../types';

/** The JavaScript arrays that jco gives for lists of numbers; it takes plain arrays too. */
const typedArrays = {
  s8: Int8Array,
  u8: Uint8Array,
  s16: Int16Array,
  u16: Uint16Array,
  s32: Int32Array,
  u32: Uint32Array,
  s64: BigInt64Array,
  u64: BigUint64Array,
  f32: Float32Array,
  f64: Float64Array,
} as const;

type NumberKind = keyof typeof typedArrays;

/**
 * The values of this folder are those that jco's generated code takes and gives:
 *
 * | WIT | JavaScript |
 * |---|---|
 * | bool, char, string | boolean, string of one scalar value, string |
 * | s64, u64 | bigint; other numbers: number |
 * | list | array; of numbers: typed array (`list<u8>`: Uint8Array); of a fixed length: array |
 * | map | Map |
 * | tuple | array |
 * | record | object with all fields, their names in lowerCamelCase |
 * | flags | object of booleans, all labels, in lowerCamelCase |
 * | enum | string, the label in kebab-case |
 * | variant | `{tag, val}`, tag in kebab-case, no `val` without a payload |
 * | option | undefined or the value; where the value may itself be undefined: `{tag: 'none'}` or `{tag: 'some', val}` |
 * | result | `{tag: 'ok' \| 'err', val}`. Only what a function returns is different: the ok value is returned, the error thrown |
 * | stream as an argument | the list of what it holds |
 * | future as an argument | {@link WrittenFuture} |
 * | own, borrow, stream, future, error-context | an opaque object |
 */
export type JsValue = unknown;

/** Whether a value has fields, or cases with `tag` and `val`, to be looked at. */
export function isObject(value: JsValue): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}

/**
 * Whether jco wraps the value of an option, because the value itself may be undefined. Of nested options that is every second one, counted
 * from within: the value of the third may not be undefined, as it is wrapped.
 * Source: https://github.com/bytecodealliance/jco/blob/main/crates/js-component-bindgen/src/function_bindgen.rs (`as_nullable`)
 */
export function isWrappedOption(option: TypeOf<'option'>): boolean {
  let wrapped = false;
  for (let { element } = option; element.kind === 'option'; { element } = element) wrapped = !wrapped;
  return wrapped;
}

/** The absent value of an option. */
export function noneValue(option: TypeOf<'option'>): JsValue {
  return isWrappedOption(option) ? { tag: 'none' } : undefined;
}

/** The items of a list as jco gives them. `items` are of the list's element type. */
export function toListValue(list: TypeOf<'list'>, items: readonly JsValue[]): JsValue {
  if (list.length !== null || !isNumberKind(list.element.kind)) return items;
  const TypedArray = typedArrays[list.element.kind];
  // Several times faster than from an empty array, of which a text can hold very many.
  if (items.length === 0) return new TypedArray(0);
  // The parser has made the items of the element's kind: bigint for 64 bits, else number.
  return new TypedArray(items as readonly number[] & readonly bigint[]);
}

function isNumberKind(kind: ValueType['kind']): kind is NumberKind {
  return kind in typedArrays;
}

/** A future that is written in a call, with the value that it has from the beginning. No record has such a key: `$` is in no label. */
export interface WrittenFuture {
  readonly $future: JsValue;
}

/** A future with this value. */
export function futureOf(value: JsValue): WrittenFuture {
  return { $future: value };
}

/** Whether a value is a future as {@link futureOf} makes them. */
export function isWrittenFuture(value: JsValue): value is WrittenFuture {
  return typeof value === 'object' && value !== null && '$future' in value;
}
