import { ByteReader } from './bytes';
import type { CoreModule } from './core-module';
import { takeValueType } from './core-types';
import { DecodeError } from './decode-error';
import { BLOCK, takeInstruction, type Instruction } from './instructions';
import type { Immediate } from './opcodes';

/** One instruction in the text format. */
export interface WatLine {
  /** Byte offset in the core module. */
  readonly offset: number;
  /** Depth of the block that it is in; 0 for the function's own. */
  readonly depth: number;
  readonly text: string;
}

/** A part of a function as text. */
export interface WatExcerpt {
  /** The function's first line: `(func $_start (;12;)`. */
  readonly head: string;
  readonly lines: readonly WatLine[];
  /** How many instructions of the function stand before and after the lines. */
  readonly before: number;
  readonly after: number;
}

/**
 * The instructions of a function from the first of some offsets (in the core module) to the last as WebAssembly text, and `reach` of them
 * before and after. Null for a function without a body, for offsets that are not in it, and for code that cannot be decoded.
 */
export function disassembleAround(
  module: CoreModule,
  funcIndex: number,
  offsets: readonly number[],
  reach = 12,
): WatExcerpt | null {
  try {
    const range = module.body(funcIndex);
    if (range === null) return null;
    const reader = new ByteReader(module.bytes, range.start, range.end);
    skipLocals(reader);
    return excerpt(module, funcIndex, disassemble(reader, module), offsets, reach);
  } catch (error) {
    if (error instanceof DecodeError) return null;
    throw error;
  }
}

function skipLocals(reader: ByteReader): void {
  for (let left = reader.count(); left > 0; left--) {
    reader.u32();
    takeValueType(reader);
  }
}

/** The longest part of a function that is disassembled: readers do not scroll further. */
const mostInstructions = 100_000;

function disassemble(reader: ByteReader, module: CoreModule): readonly WatLine[] {
  const lines: WatLine[] = [];
  let depth = 0;
  while (!reader.atEnd && lines.length < mostInstructions) {
    const instruction = takeInstruction(reader);
    const { name } = instruction.opcode;
    const closes = name === 'end' || name === 'else' || name === 'catch' || name === 'catch_all';
    if (closes || name === 'delegate') depth = Math.max(0, depth - 1);
    lines.push({ offset: instruction.offset - module.start, depth, text: textOf(instruction, module) });
    if ((closes && name !== 'end') || opens.has(name)) depth += 1;
  }
  // The last `end` closes the function; the text format has a parenthesis for it.
  return lines.at(-1)?.text === 'end' ? lines.slice(0, -1) : lines;
}

const opens: ReadonlySet<string> = new Set(['block', 'loop', 'if', 'try', 'try_table']);

function excerpt(
  module: CoreModule,
  funcIndex: number,
  lines: readonly WatLine[],
  offsets: readonly number[],
  reach: number,
): WatExcerpt | null {
  const first = lines.findIndex(({ offset }) => offsets.includes(offset));
  const last = lines.findLastIndex(({ offset }) => offsets.includes(offset));
  if (first < 0) return null;
  const from = Math.max(0, first - reach);
  const to = Math.min(lines.length, last + reach + 1);
  const name = module.funcName(funcIndex);
  return {
    head: `(func ${name === null ? '' : `${identifier(name)} `}(;${String(funcIndex)};)`,
    lines: lines.slice(from, to),
    before: from,
    after: lines.length - to,
  };
}

function textOf(instruction: Instruction, module: CoreModule): string {
  const { opcode, numbers, wide } = instruction;
  const words = [opcode.name];
  const left = [...numbers];
  for (const immediate of opcode.immediates) {
    if (immediate === 'labels') words.push(...left.splice(0).map(String));
    else if (immediate === 'block') words.push(blockType(left.shift(), instruction, module));
    else if (immediate === 'memarg') words.push(...memoryArgument(left.shift() ?? 0, left.shift() ?? 0));
    else if (immediate === 'i64') words.push(String(wide ?? 0n));
    else if (!withoutNumber.has(immediate)) words.push(immediateText(immediate, left.shift() ?? 0, module));
  }
  return words.filter((word) => word !== '').join(' ');
}

/** Immediates that the decoder skips. */
const withoutNumber: ReadonlySet<Immediate> = new Set([
  'v128',
  'lanes',
  'heap',
  'types',
  'catches',
  'resumes',
] as const);

function immediateText(immediate: Immediate, number: number, module: CoreModule): string {
  switch (immediate) {
    case 'func':
      return nameOr(module.funcName(number), number);
    case 'global':
      return nameOr(module.globalName(number), number);
    case 'type':
      return `(type ${String(number)})`;
    case 'memory':
    case 'table':
      return number === 0 ? '' : String(number);
    case 'i32':
      // Addresses are told in hexadecimal everywhere else.
      return number >= 1024 ? `${String(number)} (;0x${number.toString(16)};)` : String(number);
    default:
      return String(number);
  }
}

function memoryArgument(memory: number, offset: number): readonly string[] {
  return [memory === 0 ? '' : String(memory), offset === 0 ? '' : `offset=${String(offset)}`];
}

/** The decoder tells only whether there is a result; its type is the byte behind the instruction's. */
function blockType(type: number | undefined, { offset }: Instruction, module: CoreModule): string {
  if (type === undefined || type === BLOCK.empty) return '';
  if (type !== BLOCK.oneResult) return `(type ${String(type)})`;
  return `(result ${valueTypes.get(module.bytes[offset + 1] ?? 0) ?? 'ref'})`;
}

const valueTypes: ReadonlyMap<number, string> = new Map([
  [0x7f, 'i32'],
  [0x7e, 'i64'],
  [0x7d, 'f32'],
  [0x7c, 'f64'],
  [0x7b, 'v128'],
]);

function nameOr(name: string | null, index: number): string {
  return name === null ? String(index) : identifier(name);
}

/** A name as an identifier of the text format; quoted where it has characters that those cannot have. */
function identifier(name: string): string {
  return /^[\w!#$%&'*+./:<=>?@\\^`|~-]+$/.test(name) ? `$${name}` : `$${JSON.stringify(name)}`;
}
