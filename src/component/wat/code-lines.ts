import { ByteReader } from '../bytes';
import type { BodyRange } from '../core-module';
import { DecodeError } from '../decode-error';
import type { WatNames } from './identifier';
import { takeInstructionText } from './instruction-text';
import { takeTypeText } from './type-text';

/** One instruction in the text format. */
export interface WatLine {
  /** Byte offset in the core module. */
  readonly offset: number;
  /** Depth of the block that it is in; 0 for the function's own. */
  readonly depth: number;
  readonly text: string;
}

/** The code of a function. */
export interface CodeLines {
  /** Types of the locals that are no parameters, in order: at most {@link mostLocals}. */
  readonly locals: readonly string[];
  readonly lines: readonly WatLine[];
  /** Offset in the core module of the first byte that is in no line: the end of the function if all of it was read. */
  readonly readTo: number;
  /** Whether the byte there begins nothing that we know; else there were too many instructions. */
  readonly isUnknown: boolean;
}

/** The longest part of a function that is disassembled: readers do not scroll further. */
const mostInstructions = 100_000;

/** Hostile functions declare millions of locals in some bytes; engines allow 50,000. */
const mostLocals = 50_000;

/** Reads the body of a function up to its end, or to the first instruction that is not known. Never throws. */
export function readCodeLines(
  bytes: Uint8Array,
  { start, end }: BodyRange,
  names: WatNames,
  moduleStart: number,
): CodeLines {
  const reader = new ByteReader(bytes, start, end);
  const lines: WatLine[] = [];
  const locals: string[] = [];
  let offset = start;
  let isUnknown = false;
  let depth = 0;
  try {
    for (let left = reader.count(); left > 0; left--) {
      const count = reader.u32();
      const type = takeTypeText(reader);
      for (let index = 0; index < count && locals.length < mostLocals; index++) locals.push(type);
    }
    offset = reader.offset;
    while (!reader.atEnd && lines.length < mostInstructions) {
      const { name, text } = takeInstructionText(reader, names);
      if (closes.has(name)) depth = Math.max(0, depth - 1);
      lines.push({ offset: offset - moduleStart, depth, text: labelled(name, text, depth) });
      if (opens.has(name)) depth += 1;
      offset = reader.offset;
    }
  } catch (error) {
    if (!(error instanceof DecodeError)) throw error;
    isUnknown = true;
  }
  // The last `end` closes the function; the text format has a parenthesis for it.
  if (offset === end && lines.at(-1)?.text === 'end') lines.pop();
  return { locals, lines, readTo: offset - moduleStart, isUnknown };
}

const opens: ReadonlySet<string> = new Set([
  'block',
  'loop',
  'if',
  'try',
  'try_table',
  'else',
  'catch',
  'catch_all',
]);
const closes: ReadonlySet<string> = new Set(['end', 'else', 'catch', 'catch_all', 'delegate']);
const blocks: ReadonlySet<string> = new Set(['block', 'loop', 'if', 'try', 'try_table']);

/** Names the label of a block by its depth, and that of a branch by the depth of its target; 0 is the function. */
function labelled(name: string, text: string, depth: number): string {
  if (blocks.has(name)) return `${text} (;@${String(depth + 1)};)`;
  const label = /^br(?:_if|_on_null|_on_non_null)? (\d+)$/.exec(text)?.[1];
  return label === undefined ? text : `${text} (;@${String(depth - Number(label))};)`;
}
