import * as fc from 'fast-check';
import { lowerCamelCase } from '../../../../src/component/js-names';
import { futureOf, isWrappedOption } from '../../../../src/component/wave/value';
import type { Case, Field, PrimitiveKind, ResourceType, ValueType } from '../../../../src/component/types';

/** A type with one of its values, in the form that jco gives. */
export interface Typed {
  readonly type: ValueType;
  readonly value: unknown;
}

/** Stands for a handle of the generated values. */
export class FakeHandle {
  readonly name: string;
  constructor(name: string) {
    this.name = name;
  }
}

const primitives: readonly PrimitiveKind[] = [
  'bool',
  's8',
  'u8',
  's16',
  'u16',
  's32',
  'u32',
  's64',
  'u64',
  'f32',
  'f64',
  'char',
  'string',
  'error-context',
];
const keyKinds = ['bool', 'u8', 's32', 'u64', 'char', 'string'] as const;
const keywords = ['true', 'false', 'inf', 'nan', 'some', 'none', 'ok', 'err'];

const label = fc.oneof(
  fc.constantFrom(...keywords),
  fc.stringMatching(/^[a-z][a-z0-9]{0,4}(-([a-z][a-z0-9]{0,3}|[A-Z][A-Z0-9]{0,3})){0,2}$/),
);
// Labels of one type differ in more than their case, and so do the JavaScript names made of them.
const labels = (min: number) =>
  fc.uniqueArray(label, {
    minLength: min,
    maxLength: 5,
    selector: (one) => lowerCamelCase(one).toLowerCase(),
  });
const maybeName = fc.option(label, { nil: null });

/** Types of all kinds, up to some levels deep. */
export const anyType: fc.Arbitrary<ValueType> = fc.letrec<{ type: ValueType; maybe: ValueType | null }>(
  (tie) => ({
    maybe: fc.option(tie('type'), { nil: null, depthSize: 'small' }),
    type: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      fc.constantFrom(...primitives).map((kind): ValueType => ({ kind })),
      fc.record({
        kind: fc.constant('list' as const),
        element: tie('type'),
        length: fc.option(fc.integer({ min: 1, max: 4 })),
      }),
      fc.record({
        kind: fc.constant('map' as const),
        key: fc.constantFrom(...keyKinds).map((kind): ValueType => ({ kind })),
        value: tie('type'),
      }),
      fc.record({
        kind: fc.constant('tuple' as const),
        elements: fc.array(tie('type'), { minLength: 1, maxLength: 4 }),
      }),
      fc.record({
        kind: fc.constant('record' as const),
        name: maybeName,
        fields: labels(1).chain((names) =>
          fc.tuple(...names.map((name) => tie('type').map((type): Field => ({ name, type })))),
        ),
      }),
      fc.record({
        kind: fc.constant('variant' as const),
        name: maybeName,
        cases: labels(1).chain((names) =>
          fc.tuple(...names.map((name) => tie('maybe').map((type): Case => ({ name, type })))),
        ),
      }),
      fc.record({ kind: fc.constant('enum' as const), name: maybeName, labels: labels(1) }),
      fc.record({ kind: fc.constant('flags' as const), name: maybeName, labels: labels(1) }),
      fc.record({ kind: fc.constant('option' as const), element: tie('type') }),
      fc.record({ kind: fc.constant('result' as const), ok: tie('maybe'), error: tie('maybe') }),
      fc.record({
        kind: fc.constantFrom('own' as const, 'borrow' as const),
        resource: label.map((name): ResourceType => ({ name })),
      }),
      fc.record({ kind: fc.constantFrom('stream' as const, 'future' as const), element: tie('maybe') }),
    ),
  }),
).type;

/** Types with one of their values. */
export const typed: fc.Arbitrary<Typed> = anyType.chain((type) =>
  valueOf(type).map((value) => ({ type, value })),
);

const scalarText = fc.string({
  unit: fc.oneof(
    fc.string({ unit: 'binary', minLength: 1, maxLength: 1 }),
    fc.constantFrom('"', '\\', '\n', '\r', "'", ' ', '\t'),
  ),
  maxLength: 12,
});
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

/** Values of a type, in the form that jco gives. */
export function valueOf(type: ValueType): fc.Arbitrary<unknown> {
  switch (type.kind) {
    case 'bool':
      return fc.boolean();
    case 's8':
      return fc.integer({ min: -128, max: 127 });
    case 'u8':
      return fc.integer({ min: 0, max: 255 });
    case 's16':
      return fc.integer({ min: -32768, max: 32767 });
    case 'u16':
      return fc.integer({ min: 0, max: 65535 });
    case 's32':
      return fc.integer({ min: -2147483648, max: 2147483647 });
    case 'u32':
      return fc.integer({ min: 0, max: 4294967295 });
    case 's64':
      return fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n });
    case 'u64':
      return fc.bigInt({ min: 0n, max: 2n ** 64n - 1n });
    case 'f32':
      return fc.float();
    case 'f64':
      return fc.double();
    case 'char':
      return fc.string({ unit: 'binary', minLength: 1, maxLength: 1 });
    case 'string':
      return scalarText;
    case 'error-context':
    case 'own':
    case 'borrow':
      return handles;
    case 'stream':
      return type.element === null
        ? handles
        : fc.oneof(handles, valueOf({ kind: 'list', element: type.element, length: null }));
    case 'future':
      return type.element === null ? handles : fc.oneof(handles, futures(type.element));
    case 'list': {
      const items = fc.array(valueOf(type.element), {
        minLength: type.length ?? 0,
        maxLength: type.length ?? 5,
      });
      const kind = type.element.kind;
      if (type.length !== null || !(kind in typedArrays)) return items;
      const TypedArray = typedArrays[kind as keyof typeof typedArrays];
      return items.map((values) => new TypedArray(values as number[] & bigint[]));
    }
    case 'map':
      return fc
        .array(fc.tuple(valueOf(type.key), valueOf(type.value)), { maxLength: 4 })
        .map((entries) => new Map(entries));
    case 'tuple':
      return fc.tuple(...type.elements.map(valueOf));
    case 'record':
      return fc
        .tuple(...type.fields.map((field) => valueOf(field.type)))
        .map((values) =>
          Object.fromEntries(type.fields.map(({ name }, index) => [lowerCamelCase(name), values[index]])),
        );
    case 'flags':
      return fc
        .tuple(...type.labels.map(() => fc.boolean()))
        .map((values) =>
          Object.fromEntries(type.labels.map((name, index) => [lowerCamelCase(name), values[index]])),
        );
    case 'enum':
      return fc.constantFrom(...type.labels);
    case 'variant':
      return fc.oneof(...type.cases.map((one) => tagged(one.name, one.type)));
    case 'option': {
      const some = valueOf(type.element);
      return isWrappedOption(type)
        ? fc.oneof(
            fc.constant({ tag: 'none' }),
            some.map((val) => ({ tag: 'some', val })),
          )
        : fc.oneof(fc.constant(undefined), some);
    }
    case 'result':
      return fc.oneof(tagged('ok', type.ok), tagged('err', type.error));
  }
}

function tagged(tag: string, type: ValueType | null): fc.Arbitrary<unknown> {
  return type === null ? fc.constant({ tag }) : valueOf(type).map((val) => ({ tag, val }));
}

const handles = fc.integer({ min: 1, max: 99 }).map((number) => new FakeHandle(String(number)));

function futures(element: ValueType): fc.Arbitrary<unknown> {
  // The name of a handle is the future's own, whatever it holds.
  return valueOf(element).map((value) => (value instanceof FakeHandle ? value : futureOf(value)));
}
