/** Longer names and paths are cut: file systems take no longer ones, and people read none. */
const longest = 4096;

/** Control characters, ends of lines, and those that turn the direction of text around. */
const unsafe = /[\p{Cc}\p{Zl}\p{Zp}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu;

/**
 * A text out of a binary, to be shown in terminals and pages of ours: what could command a terminal, end a line or disguise other text
 * becomes U+FFFD. Names in debug information may hold anything.
 */
export function plainText(text: string): string {
  return (text.length > longest ? `${text.slice(0, longest)}…` : text).replace(unsafe, '\ufffd');
}
