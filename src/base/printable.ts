/** Control characters but for line breaks and tabs, and those that turn the direction of text around. */
const unprintable = /[^\P{Cc}\n\t]|[\u202a-\u202e\u2066-\u2069]/gu;

/** Text with names out of a component's binary, which may be anything: what would do something to the terminal is shown instead. */
export function printable(text: string): string {
  return text.replace(unprintable, (character) => `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`);
}
