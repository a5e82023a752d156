import { ByteReader } from '../component/bytes';
import type { CoreModule } from '../component/core-module';
import { takeInstruction, type Instruction } from '../component/instructions';
import { orNull } from '../component/optional';
import type { CodeLocation } from '../component/code-location';
import type { Guard } from './guard';
import { codeLocation } from './code-location';

/**
 * Looks for code that may take a guard's mark away again, other than what makes the mark: a store to its address, or
 * the address as a constant that is not used for a load. Null if there is none in the module that makes the mark.
 * A place is given when in doubt.
 */
export function findOtherUse(guard: Guard): CodeLocation | null {
  const { mark, setAt } = guard;
  // Without a known mark nothing can be said; the guard's own place is as good as any.
  if (mark === null || setAt === null) return guard.place;
  const { module } = setAt.state.linked;
  const setter = module.body(setAt.funcIndex);
  if (setter === null) return guard.place;
  const isUse = mark.type === 'memory' ? usesAddress(mark.address) : usesGlobal(mark.cell.index);
  for (const funcIndex of candidates(module, mark.type === 'memory' ? mark.address : null)) {
    const body = module.body(funcIndex);
    if (body === null) continue;
    const uses = orNull(() => usesIn(module, body.start, body.end, isUse));
    if (uses === null) return guard.place;
    // Up to the store that makes the mark, its function reads the mark and prepares that store.
    const found = uses.find((offset) => funcIndex !== setAt.funcIndex || offset > setAt.offset);
    if (found !== undefined) return codeLocation({ state: setAt.state, funcIndex, offset: found });
  }
  return null;
}

type IsUse = (instruction: Instruction, next: Instruction | null) => boolean;

function usesAddress(address: number): IsUse {
  return (instruction, next) => {
    const isMemoryAccess = instruction.opcode.immediates[0] === 'memarg';
    if (isMemoryAccess) return instruction.numbers[1] === address && !isLoad(instruction);
    if (instruction.key !== 0x41 || instruction.numbers[0] !== address) return false;
    return next === null || !isLoad(next);
  };
}

function usesGlobal(index: number): IsUse {
  return (instruction) => instruction.key === 0x24 && instruction.numbers[0] === index;
}

function isLoad({ key }: Instruction): boolean {
  return key >= 0x28 && key <= 0x35;
}

/** Offsets of the uses in one function. The instruction before is judged once the next is known. */
function usesIn(module: CoreModule, start: number, end: number, isUse: IsUse): number[] {
  const reader = new ByteReader(module.bytes, start, end);
  reader.list(() => [reader.u32(), reader.s33()]); // locals
  const uses: number[] = [];
  let previous: Instruction | null = null;
  while (!reader.atEnd) {
    const instruction = takeInstruction(reader);
    if (previous !== null && isUse(previous, instruction)) uses.push(previous.offset);
    previous = instruction;
  }
  return uses;
}

/** Functions whose bytes contain the address as a number; all functions for a mark that is no address. */
function candidates(module: CoreModule, address: number | null): Iterable<number> {
  const first = module.imported.func;
  const all = Array.from({ length: module.bodyCount }, (_, index) => first + index);
  if (address === null) return all;
  const found = new Set<number>();
  const last = module.body(first + module.bodyCount - 1);
  const begin = module.body(first)?.start ?? 0;
  const code = Buffer.from(
    module.bytes.buffer,
    module.bytes.byteOffset + begin,
    (last?.end ?? begin) - begin,
  );
  for (const pattern of [unsignedLeb(address), signedLeb(address)]) {
    for (let at = code.indexOf(pattern); at >= 0; at = code.indexOf(pattern, at + 1)) {
      found.add(functionAt(module, begin + at));
    }
  }
  return found;
}

/** The function whose body an offset in the file lies in, or is nearest before it. */
function functionAt(module: CoreModule, offset: number): number {
  let low = module.imported.func;
  let high = low + module.bodyCount - 1;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((module.body(middle)?.start ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return low;
}

function unsignedLeb(value: number): Uint8Array {
  const bytes: number[] = [];
  let rest = value;
  for (;;) {
    const byte = rest % 128;
    rest = Math.floor(rest / 128);
    if (rest === 0) return Uint8Array.from([...bytes, byte]);
    bytes.push(byte | 0x80);
  }
}

/** An address as the constant of an `i32.const`; an address in the upper half would be negative there. */
function signedLeb(value: number): Uint8Array {
  const bytes: number[] = [];
  let rest = value | 0;
  for (;;) {
    const byte = rest & 0x7f;
    rest >>= 7;
    if ((rest === 0 && (byte & 0x40) === 0) || (rest === -1 && (byte & 0x40) !== 0)) {
      return Uint8Array.from([...bytes, byte]);
    }
    bytes.push(byte | 0x80);
  }
}
