const conversion =
  /(function i32ToChar\(n\) \{\s*if \()!n \|\| (typeof n !== 'number'\)[^]*?return String\.)fromCharCode(\(n\);)/;
const lowering = 'i32ToChar(ctx.vals[0])';

/**
 * Lets chars that go through jco's functions for async exports and streams be what they are. jco 1.35 refuses U+0 there, keeps 16 bits of
 * the others (`i32ToChar` of its intrinsics/conversion.rs), and converts where it lowers a char in the wrong direction (`LowerFlatChar`).
 * Throws if the conversion is not of the shape that jco makes.
 */
export function withWholeChars(source: string): string {
  if (!source.includes('function i32ToChar(')) return source;
  if (!conversion.test(source)) throw new Error('The generated module converts chars in an unexpected way.');
  return source
    .replace(
      conversion,
      (_whole, head: string, check: string, tail: string) => `${head}${check}fromCodePoint${tail}`,
    )
    .replaceAll(lowering, 'ctx.vals[0].codePointAt(0)');
}
