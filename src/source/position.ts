/** A place in a text as editors count: 0-based, characters in UTF-16 code units. */
export interface Position {
  readonly line: number;
  readonly character: number;
}

/** The position of `offset` in `text`. Lines end with `\n`, `\r\n` or `\r`, as in the editor. */
export function positionAt(text: string, offset: number): Position {
  let line = 0;
  let start = 0;
  const ends = /\r\n|\n|\r/g;
  for (let end = ends.exec(text); end !== null && ends.lastIndex <= offset; end = ends.exec(text)) {
    line += 1;
    start = ends.lastIndex;
  }
  return { line, character: offset - start };
}
