import { ByteReader } from '../../component/bytes';
import type { CoreModule } from '../../component/core-module';
import { CORE_TYPES, takeValueType } from '../../component/core-types';
import { malformed } from '../../component/decode-error';
import { BLOCK, takeInstruction, type Instruction } from '../../component/instructions';
import { opcodeOf } from '../../component/opcodes';
import type { Value } from './state';

/**
 * A function's code, ready to be stepped through. Instruction `pc` takes `STRIDE` numbers from `STRIDE * pc` on: its
 * key, two operands, and its offset in the file.
 */
export interface Code {
  readonly ops: Int32Array;
  /** Blocks, loops and ifs; their instructions hold the index as their first operand. */
  readonly blocks: readonly Block[];
  /** Constants that are no i32, and targets of `br_table`; the instructions hold the index as their first operand. */
  readonly constants: readonly (number | bigint)[];
  readonly tables: readonly (readonly number[])[];
  readonly paramCount: number;
  readonly resultCount: number;
  /** Zeros of the locals that are not parameters. */
  readonly locals: readonly Value[];
  /** Size of the body in bytes, which is what decoding cost. */
  readonly size: number;
}

export const STRIDE = 4;

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

type Body = Pick<Code, 'ops' | 'blocks' | 'constants' | 'tables'>;

/** What has been decoded of a body, apart from the instructions themselves. */
interface Draft {
  readonly blocks: Block[];
  readonly constants: (number | bigint)[];
  readonly tables: (readonly number[])[];
  /** The blocks that are not yet closed, by index; the body itself is a block without an instruction. */
  readonly open: number[];
}

/** What follows each one-byte opcode, for the ones that are decoded here without the detour of an `Instruction`. */
const Form = { none: 0, index: 1, memarg: 2, i32: 3, other: 4 } as const;
const FORMS = Uint8Array.from({ length: 256 }, (_, byte) => {
  const immediates = opcodeOf(byte)?.immediates;
  if (immediates === undefined) return Form.other;
  const [first, second] = immediates;
  if (first === undefined) return Form.none;
  if (second !== undefined) return Form.other;
  if (first === 'memarg') return Form.memarg;
  if (first === 'i32') return Form.i32;
  return ['label', 'func', 'local', 'global'].includes(first) ? Form.index : Form.other;
});

/** Where code is put before its length is known. A body has at most as many instructions as bytes. */
const scratch = new Int32Array(STRIDE * MAX_BODY);

function decodeBody(reader: ByteReader, module: CoreModule): Body {
  const draft: Draft = { blocks: [], constants: [], tables: [], open: [-1] };
  let pc = 0;
  while (draft.open.length > 0) {
    const { offset } = reader;
    let key = reader.u8();
    let a = 0;
    let b = 0;
    switch (FORMS[key]) {
      case Form.none:
        break;
      case Form.index:
        a = reader.u32();
        break;
      case Form.i32:
        a = reader.s32();
        break;
      case Form.memarg: {
        const flags = reader.u32();
        a = (flags & 0x40) === 0 ? 0 : reader.u32();
        b = reader.u64();
        if (b > 0xffffffff) throw malformed('an offset that no 32-bit memory has', offset);
        break;
      }
      default: {
        reader.offset = offset;
        const instruction = takeInstruction(reader);
        ({ key } = instruction);
        b = instruction.numbers[1] ?? 0;
        a = opensBlock(key)
          ? openBlock(draft, instruction, offset, module, pc)
          : firstOperand(draft, instruction);
      }
    }
    switch (key) {
      case 0x05: // else
      case 0x07: // catch
      case 0x19: // catch_all
        a = otherPart(draft, key, offset, pc);
        break;
      case 0x0b: // end
      case 0x18: // delegate
        closeBlock(draft, pc);
        b = draft.open.length === 0 ? 1 : 0;
    }
    const at = STRIDE * pc++;
    scratch[at] = key;
    scratch[at + 1] = a;
    scratch[at + 2] = b;
    scratch[at + 3] = offset;
  }
  const { blocks, constants, tables } = draft;
  return { ops: scratch.slice(0, STRIDE * pc), blocks, constants, tables };
}

function opensBlock(key: number): boolean {
  return key === 0x02 || key === 0x03 || key === 0x04 || key === 0x06 || key === 0x1f;
}

/** The first operand: its place in a list for what is no i32, else its number. */
function firstOperand({ tables, constants }: Draft, { key, numbers, wide }: Instruction): number {
  if (key === 0x0e) return tables.push(numbers) - 1;
  if (wide !== null) return constants.push(wide) - 1;
  const [a = 0] = numbers;
  return key === 0x43 || key === 0x44 ? constants.push(a) - 1 : a;
}

/** Opens a block; its index. */
function openBlock(
  { blocks, open }: Draft,
  { key, numbers }: Instruction,
  offset: number,
  module: CoreModule,
  pc: number,
): number {
  const [blockType = 0] = numbers;
  const arity = arityOf(blockType, offset, module);
  const index = blocks.push({ ...arity, loop: key === 0x03, start: pc + 1, otherwise: -1, after: 0 }) - 1;
  open.push(index);
  return index;
}

function arityOf(blockType: number, offset: number, module: CoreModule): Pick<Block, 'params' | 'results'> {
  if (blockType === BLOCK.empty) return { params: 0, results: 0 };
  if (blockType === BLOCK.oneResult) return { params: 0, results: 1 };
  const type = module.types[blockType];
  if (type === null || type === undefined) throw malformed('a block of an unknown type', offset);
  return { params: type.params.length, results: type.results.length };
}

/** The index of the block that an else or a catch belongs to. */
function otherPart({ blocks, open }: Draft, key: number, offset: number, pc: number): number {
  const index = open.at(-1) ?? -1;
  const block = blocks[index];
  if (block === undefined) throw malformed('an else without an if', offset);
  if (key === 0x05) block.otherwise = pc + 1;
  return index;
}

function closeBlock({ blocks, open }: Draft, pc: number): void {
  const block = blocks[open.pop() ?? -1];
  if (block === undefined) return;
  block.after = pc + 1;
  if (block.otherwise === -1) block.otherwise = pc;
}
