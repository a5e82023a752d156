/** Who knows what functions and globals are called: unique names, null for those without one. */
export interface WatNames {
  readonly func: (index: number) => string | null;
  readonly global: (index: number) => string | null;
}

/** A name as an identifier of the text format; quoted where it has characters that those cannot have. */
export function identifier(name: string): string {
  return /^[\w!#$%&'*+./:<=>?@\\^`|~-]+$/.test(name) ? `$${name}` : `$${quoted(name)}`;
}

/** What refers to something by its index: `$name (;12;)`, or `12` for what has no name. */
export function referenceText(index: number, name: string | null): string {
  return name === null ? String(index) : headText(index, name);
}

/** What names something where it is defined: `$name (;12;)`, or `(;12;)` for what has no name. */
export function headText(index: number, name: string | null): string {
  return `${name === null ? '' : `${identifier(name)} `}(;${String(index)};)`;
}

/** A string of the text format (core specification, 6.3.3). */
export function quoted(text: string): string {
  const escaped = text.replace(/["\\\p{Cc}]/gu, (character) =>
    character === '"' || character === '\\'
      ? `\\${character}`
      : `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`,
  );
  return `"${escaped}"`;
}
