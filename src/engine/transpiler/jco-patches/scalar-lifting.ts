import { patchShape, type GlueShape } from './patch-shape';

/** Lifting of synchronous functions. */
const shapes: readonly GlueShape[] = [
  {
    marker: 'function clampGuest(',
    shape:
      /function clampGuest\(i, min, max\) \{\s*if \(i < min \|\| i > max\) \{\s*throw new TypeError\(`must be between \$\{min\} and \$\{max\}`\);\s*\}\s*return i;\s*\}/,
    // The range is a power of two: 8 or 16 bits, with or without a sign.
    replacement: 'function clampGuest(i, min, max) { return ((i - min) & (max - min)) + min; }',
    does: 'lifts small integers',
  },
  {
    marker: 'function throwInvalidBool(',
    shape:
      /function throwInvalidBool\(\) \{\s*throw new TypeError\('invalid variant discriminant for bool'\);\s*\}/,
    replacement: 'function throwInvalidBool() { return true; }',
    does: 'lifts bool',
  },
  {
    marker: 'function _liftFlatBool(',
    shape:
      /(function _liftFlatBool\(ctx\) \{[^]*?val = ctx\.params\[0\]) === 1(;[^]*?getUint8\(ctx\.storagePtr, true\)) === 1;/,
    replacement: '$1 !== 0$2 !== 0;',
    does: 'lifts bool',
  },
  ...Object.entries({ U8: '& 0xff', U16: '& 0xffff', S8: '<< 24 >> 24', S16: '<< 16 >> 16' }).map(
    ([type, truncation]) => ({
      marker: `function _liftFlat${type}(`,
      shape: new RegExp(`(function _liftFlat${type}\\(ctx\\) \\{[^]*?val = ctx\\.params\\[0\\]);`),
      replacement: `$1 ${truncation};`,
      does: 'lifts small integers',
    }),
  ),
];

/**
 * Lifts bool, u8, s8, u16 and s16 by truncation. Throws if the lifting is not of the shape that jco makes.
 *
 * What jco 1.35 emits: `clampGuest` and `throwInvalidBool`, which throw for an i32 beyond the type's range,
 * and in async functions `_liftFlat…`, which pass it on, or take 2 for false. What is wrong: the Canonical
 * ABI (`lift_flat`) takes the low bits, and any bool but 0 as true, as wasmtime does. Reproduction: an export
 * `func() -> bool` whose core function returns 2. No upstream report is known.
 */
export function patchScalarLifting(source: string): string {
  return shapes.reduce(patchShape, source);
}
