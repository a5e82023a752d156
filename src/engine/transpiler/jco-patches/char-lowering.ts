const conversion =
  /(function i32ToChar\(n\) \{\s*if \()!n \|\| (typeof n !== 'number'\)[^]*?return String\.)fromCharCode(\(n\);)/;
const lowering = 'i32ToChar(ctx.vals[0])';

/**
 * Passes whole chars through async exports and streams. Throws if the conversion is not of the shape that jco
 * makes.
 *
 * What jco 1.35 emits: `i32ToChar` (intrinsics/conversion.rs), used for lifting, and in `LowerFlatChar` for
 * lowering too. What is wrong: it refuses U+0000 (`!n`), keeps 16 bits of the others (`fromCharCode`), and
 * lowering calls it with a char in place of a number. Reproduction: an async export `func(c: char) -> char`
 * that is called with '\0' or '🌊'. No upstream report is known.
 */
export function patchCharLowering(source: string): string {
  if (!source.includes('function i32ToChar(')) return source;
  if (!conversion.test(source)) throw new Error('The generated module converts chars in an unexpected way.');
  return source
    .replace(
      conversion,
      (_whole, head: string, check: string, tail: string) => `${head}${check}fromCodePoint${tail}`,
    )
    .replaceAll(lowering, 'ctx.vals[0].codePointAt(0)');
}
