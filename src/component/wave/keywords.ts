const keywords: ReadonlySet<string> = new Set(['true', 'false', 'inf', 'nan', 'some', 'none', 'ok', 'err']);

/** A label as it is written where a value may stand: with `%` if it would be read as a keyword otherwise. */
export function escapeLabel(label: string): string {
  return isKeyword(label) ? `%${label}` : label;
}

/** Whether a bare word has a meaning of its own for every type. */
export function isKeyword(word: string): boolean {
  return keywords.has(word);
}
