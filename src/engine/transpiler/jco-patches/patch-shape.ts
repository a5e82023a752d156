/** A piece of jco's glue that is replaced. */
export interface GlueShape {
  /** A text that is in the glue wherever the piece is, in whatever shape. */
  readonly marker: string;
  /** The shape that jco 1.35 makes. */
  readonly shape: RegExp;
  readonly replacement: string;
  /** What the piece does, for the error: "The generated module … in an unexpected way." */
  readonly does: string;
}

/**
 * Replaces a piece of the glue, where it is there. Throws if it has another shape than jco 1.35 makes, so
 * that an update of jco cannot silently bring a fault back.
 */
export function patchShape(source: string, { marker, shape, replacement, does }: GlueShape): string {
  if (!source.includes(marker)) return source;
  if (!shape.test(source)) throw new Error(`The generated module ${does} in an unexpected way.`);
  return source.replace(shape, replacement);
}
