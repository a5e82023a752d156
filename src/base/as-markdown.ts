/** What stands between two backquotes that no other ones are next to: runs of several would pair up in other ways than we think. */
const code = /((?<!`)`[^`]+`(?!`))/;

/**
 * Plain words as Markdown that shows them as they are; what stands between backquotes is code already. Names out of a component stand in
 * them, and must not become links or pictures, whatever backquotes of their own they have.
 */
export function asMarkdown(words: string): string {
  return words
    .split(code)
    .map((part, index) => (index % 2 === 1 ? part : part.replace(/[\\`*_{}[\]()#+\-.!|<>~$&]/g, '\\$&')))
    .join('');
}
