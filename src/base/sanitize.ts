/** Control characters but for line breaks and tabs, and those that turn the direction of text around. */
const unprintable = /[^\P{Cc}\n\t]|[\u202a-\u202e\u2066-\u2069]/gu;

/** Text with names out of a component's binary, which may be anything: what would do something to the terminal is shown instead. */
export function printable(text: string): string {
  return text.replace(unprintable, (character) => `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`);
}

/** Longer names and paths are cut: file systems take no longer ones, and people read none. */
const longest = 4096;

/** Control characters, ends of lines, and those that turn the direction of text around. */
const disguising = /[\p{Cc}\p{Zl}\p{Zp}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu;

/**
 * A text out of a binary, to be shown in terminals and pages of ours: what could command a terminal, end a line or disguise other text
 * becomes U+FFFD. Names in debug information may hold anything.
 */
export function plainText(text: string): string {
  return (text.length > longest ? `${text.slice(0, longest)}…` : text).replace(disguising, '\ufffd');
}

/** What stands between two backquotes that no other ones are next to: runs of several would pair up in other ways than we think. */
const code = /((?<!`)`[^`]+`(?!`))/;

/**
 * Plain words as Markdown that shows them as they are; what stands between backquotes is code already. Names out of a component stand in
 * them, and must not become links or pictures, even if they contain backquotes.
 */
export function asMarkdown(words: string): string {
  return words
    .split(code)
    .map((part, index) => (index % 2 === 1 ? part : part.replace(/[\\`*_{}[\]()#+\-.!|<>~$&]/g, '\\$&')))
    .join('');
}

/** The text with nothing in it that VS Code takes for a link in a notification: a space of no width keeps brackets and parentheses apart. */
export function withoutLinks(text: string): string {
  return text.replaceAll('](', ']\u200b(');
}
