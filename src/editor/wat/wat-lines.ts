/** A function in a document of WAT: where it begins and ends, in lines. */
export interface WatFunctionLines {
  readonly index: number;
  /** `$main` or `12` */
  readonly name: string;
  readonly first: number;
  readonly last: number;
}

/** An identifier of the text format, plain or quoted. */
const identifier = String.raw`\$(?:"(?:[^"\\]|\\.)*"|[^\s()";]+)`;

const functionStart = new RegExp(String.raw`^( {0,2})\(func (?:(${identifier}) )?\(;(\d+);\)`);

/** Finds the functions of a document that our printer wrote. */
export function functionsIn(lines: readonly string[]): readonly WatFunctionLines[] {
  const found: WatFunctionLines[] = [];
  for (let first = 0; first < lines.length; first++) {
    const [, indent, name, index] = functionStart.exec(lines[first] ?? '') ?? [];
    if (index === undefined || indent === undefined) continue;
    let last = first;
    while (last < lines.length - 1 && lines[last] !== `${indent})`) last += 1;
    found.push({ index: Number(index), name: name ?? index, first, last });
    first = last;
  }
  return found;
}

/** Something in a module that a line refers to. */
export interface WatReference {
  readonly kind: 'func' | 'global' | 'type';
  readonly index: number;
  /** Where in the line the reference stands. */
  readonly start: number;
  readonly end: number;
}

const references: readonly { readonly kind: WatReference['kind']; readonly pattern: RegExp }[] = [
  {
    kind: 'global',
    pattern: new RegExp(String.raw`\bglobal(?:\.get|\.set)? (?:${identifier} \(;(\d+);\)|(\d+))`, 'g'),
  },
  { kind: 'type', pattern: /\(type (\d+)\)/g },
  {
    kind: 'func',
    pattern: new RegExp(
      String.raw`(?:\b(?:call|ref\.func)|\((?:func|start)) (?:${identifier} )?(?:\(;(\d+);\)|(\d+))`,
      'g',
    ),
  },
];

/** What the text at a place of a line refers to; null for nothing. */
export function referenceAt(line: string, character: number): WatReference | null {
  for (const { kind, pattern } of references) {
    for (const match of line.matchAll(pattern)) {
      const [start, end] = [match.index, match.index + match[0].length];
      if (character >= start && character <= end)
        return { kind, index: Number(match[1] ?? match[2]), start, end };
    }
  }
  return null;
}

/** The line in which a module's text defines something, -1 if it does not. */
export function definitionLine(lines: readonly string[], kind: WatReference['kind'], index: number): number {
  const number = `(;${String(index)};)`;
  return lines.findIndex(
    (line) =>
      (line.startsWith(`  (${kind} `) || (line.startsWith('  (import ') && line.includes(` (${kind} `))) &&
      headOf(line).includes(number),
  );
}

/** The beginning of a line up to the first index in a comment. */
function headOf(line: string): string {
  const end = line.indexOf(';)');
  return end < 0 ? line : line.slice(0, end + 2);
}
