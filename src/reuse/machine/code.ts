import { ByteReader } from '../../component/bytes';
import type { CoreModule } from '../../component/core-module';
import { CORE_TYPES, takeValueType } from '../../component/core-types';
import { malformed } from '../../component/decode-error';
import { BLOCK, takeInstruction, type Instruction } from '../../component/instructions';
import type { Value } from './state';

/** A function's code, ready to be stepped through: instruction `pc` is `keys[pc]` with operands `a[pc]`, `b[pc]`. */
export interface Code {
  readonly keys: readonly number[];
  readonly a: readonly number[];
  readonly b: readonly number[];
  /** Offset of each instruction in the file. */
  readonly offsets: readonly number[];
  /** Blocks, loops and ifs; their instructions hold the index in `a`. */
  readonly blocks: readonly Block[];
  /** Constants of `i64.const`, targets of `br_table`; the instructions hold the index in `a`. */
  readonly wides: readonly bigint[];
  readonly tables: readonly (readonly number[])[];
  readonly paramCount: number;
  readonly resultCount: number;
  /** Zeros of the locals that are not parameters. */
  readonly locals: readonly Value[];
  /** Size of the body in bytes, which is what decoding cost. */
  readonly size: number;
}

export interface Block {
  readonly params: number;
  readonly results: number;
  readonly loop: boolean;
  /** Where it begins (behind its instruction), where its else part begins (or its end), and what follows its end. */
  start: number;
  otherwise: number;
  after: number;
}

/** Codes of one module's functions by index; null for one that cannot be decoded. */
export type CodeCache = Map<number, Code | null>;

const MAX_BODY = 1 << 18;
const MAX_LOCALS = 50_000;

/** Decodes a function. Null if it has no body of its own or one that is too long to look at. Throws `DecodeError`. */
export function decodeFunction(module: CoreModule, funcIndex: number): Code | null {
  const range = module.body(funcIndex);
  const type = module.funcType(funcIndex);
  if (range === null || type === null || range.end - range.start > MAX_BODY) return null;
  const reader = new ByteReader(module.bytes, range.start, range.end);
  const locals = takeLocals(reader);
  return {
    ...decodeBody(reader, module),
    paramCount: type.params.length,
    resultCount: type.results.length,
    locals,
    size: range.end - range.start,
  };
}

function takeLocals(reader: ByteReader): Value[] {
  const locals: Value[] = [];
  for (let left = reader.count(); left > 0; left--) {
    const start = reader.offset;
    const count = reader.u32();
    const zero = zeroOf(takeValueType(reader));
    if (locals.length + count > MAX_LOCALS) throw malformed('too many locals', start);
    for (let index = 0; index < count; index++) locals.push(zero);
  }
  return locals;
}

/** What a local of a type holds at first. */
function zeroOf(type: number): Value {
  if (type === CORE_TYPES.i64) return 0n;
  return type === CORE_TYPES.ref ? null : 0;
}

type Body = Omit<Code, 'paramCount' | 'resultCount' | 'locals' | 'size'>;

function decodeBody(reader: ByteReader, module: CoreModule): Body {
  const body = {
    keys: [] as number[],
    a: [] as number[],
    b: [] as number[],
    offsets: [] as number[],
    blocks: [] as Block[],
    wides: [] as bigint[],
    tables: [] as (readonly number[])[],
  };
  // The blocks that are not yet closed, by index; the body itself is a block without an instruction.
  const open = [-1];
  while (open.length > 0) {
    const instruction = takeInstruction(reader);
    const [first = 0, second = 0] = instruction.numbers;
    let [a, b] = [first, second];
    const pc = body.keys.length;
    switch (instruction.key) {
      case 0x02:
      case 0x03:
      case 0x04:
      case 0x06:
      case 0x1f: {
        const block = openBlock(instruction, module, pc);
        a = body.blocks.push(block) - 1;
        open.push(a);
        break;
      }
      case 0x05:
      case 0x07:
      case 0x19: {
        a = open.at(-1) ?? -1;
        const block = body.blocks[a];
        if (instruction.key === 0x05 && block !== undefined) block.otherwise = pc + 1;
        break;
      }
      case 0x0b:
      case 0x18: {
        const block = body.blocks[open.pop() ?? -1];
        if (block !== undefined) {
          block.after = pc + 1;
          if (block.otherwise === -1) block.otherwise = pc;
        }
        b = open.length === 0 ? 1 : 0;
        break;
      }
      case 0x0e:
        a = body.tables.push(instruction.numbers) - 1;
        break;
      case 0x42:
        a = body.wides.push(instruction.wide ?? 0n) - 1;
        break;
    }
    body.keys.push(instruction.key);
    body.a.push(a);
    body.b.push(b);
    body.offsets.push(instruction.offset);
  }
  return body;
}

function openBlock({ key, numbers, offset }: Instruction, module: CoreModule, pc: number): Block {
  const blockType = numbers[0] ?? BLOCK.empty;
  const loop = key === 0x03;
  const common = { loop, start: pc + 1, otherwise: -1, after: 0 };
  if (blockType === BLOCK.empty) return { ...common, params: 0, results: 0 };
  if (blockType === BLOCK.oneResult) return { ...common, params: 0, results: 1 };
  const type = module.types[blockType];
  if (type === null || type === undefined) throw malformed('a block of an unknown type', offset);
  return { ...common, params: type.params.length, results: type.results.length };
}
