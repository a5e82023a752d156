/**
 * What must not appear as itself: control characters, line separators, and characters that direct the text's flow without being seen,
 * which could make a terminal or an editor show something else than there is. The joiners are let through: emoji and some scripts need them.
 */
const unseen = /[\p{Cc}\p{Zl}\p{Zp}\p{Cs}]|(?![\u200c\u200d])\p{Cf}/gu;

/** A char literal. */
export function quoteChar(value: string): string {
  // A mark by itself would be drawn on the quote.
  const shown = /^\p{M}/u.test(value) ? unicodeEscape(value) : escapeUnseen(value.replace(/[\\']/, '\\$&'));
  return `'${shown}'`;
}

/** A string literal on one line. */
export function quoteString(value: string): string {
  return `"${escapeUnseen(value.replace(/[\\"]/g, '\\$&'))}"`;
}

/** A string literal over several lines, of which all but the first are indented by `indent` spaces. */
export function quoteLines(value: string, indent: number): string {
  const margin = ' '.repeat(indent);
  // Never three quotes in a row, escaped ones counted: every second one of a long run gets a backslash.
  const escaped = value
    .replaceAll('\\', '\\\\')
    .replace(/"{3,}/g, (run) => run.replaceAll('""', '"\\"'))
    .split('\n')
    .map((line) => `${margin}${escapeUnseen(line)}\n`);
  return `"""\n${escaped.join('')}${margin}"""`;
}

/** The text with escapes for the characters that must not appear as themselves. */
export function escapeUnseen(text: string): string {
  return text.replace(unseen, (char) => {
    switch (char) {
      case '\n':
        return '\\n';
      case '\r':
        return '\\r';
      case '\t':
        return '\\t';
      default:
        // Half of a surrogate pair cannot be written; it is replaced as TextEncoder does.
        return /\p{Cs}/u.test(char) ? '\ufffd' : unicodeEscape(char);
    }
  });
}

function unicodeEscape(char: string): string {
  return `\\u{${(char.codePointAt(0) ?? 0).toString(16)}}`;
}
