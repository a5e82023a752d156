import { ByteReader } from '../component/bytes';
import { CoreModule } from '../component/core-module';
import { takeValueType } from '../component/core-types';
import { takeInstruction } from '../component/instructions';

/** The opcode of `memory.grow`. */
const memoryGrow = 0x40;

/** A `memory.grow` in the code of a function. */
interface Growth {
  /** Where it begins and ends in the file. */
  readonly start: number;
  readonly end: number;
  readonly memory: number;
}

/**
 * Rewrites a core module so that a failing `memory.grow` is a trap: a guest at its memory limit ends there,
 * and not somewhere else for a reason that cannot be told. Every `memory.grow` becomes the call of a function
 * that is added after all others, so that no index changes. Null for a module that grows no memory.
 */
export function guardGrowth(bytes: Uint8Array): Uint8Array | null {
  const module = new CoreModule(new ByteReader(bytes), 0);
  const bodies = Array.from({ length: module.bodyCount }, (_, index) =>
    growthsOf(module, module.imported.func + index),
  );
  const memories = [...new Set(bodies.flat().map(({ memory }) => memory))].sort((a, b) => a - b);
  if (memories.length === 0) return null;
  const firstGuard = module.imported.func + module.bodyCount;
  const guardOf = (memory: number) => firstGuard + memories.indexOf(memory);
  const sections = module.sections.map(({ id, start, end }) => {
    const content = bytes.subarray(start, end);
    switch (id) {
      case 1:
        return section(
          id,
          withMore(
            content,
            memories.map((memory) => growType(module, memory)),
          ),
        );
      case 3:
        return section(
          id,
          withMore(
            content,
            memories.map((_, index) => leb(module.types.length + index)),
          ),
        );
      case 10:
        return section(id, [
          leb(module.bodyCount + memories.length),
          ...bodies.map((growths, index) =>
            guardedBody(module, module.imported.func + index, growths, guardOf),
          ),
          ...memories.map((memory) => guardBody(module, memory)),
        ]);
      default:
        return section(id, [content]);
    }
  });
  return Buffer.concat([bytes.subarray(0, 8), ...sections]);
}

/** Whether a function of a guarded module is one of those that were added. `original` is the module before. */
export function isGrowthGuard(original: CoreModule, funcIndex: number): boolean {
  return funcIndex >= original.imported.func + original.bodyCount;
}

/** The offset in the original module of an offset in the guarded one. */
export function originalOffset(
  original: CoreModule,
  guarded: CoreModule,
  funcIndex: number,
  offset: number,
): number {
  const before = original.body(funcIndex);
  const after = guarded.body(funcIndex);
  if (before === null || after === null) return offset;
  const guardIndex = original.imported.func + original.bodyCount;
  let shift = before.start - after.start;
  for (const { start, end } of growthsOf(original, funcIndex)) {
    if (start >= offset + shift) break;
    shift += end - start - (1 + leb(guardIndex).length);
  }
  return offset + shift;
}

function growthsOf(module: CoreModule, funcIndex: number): readonly Growth[] {
  const body = module.body(funcIndex);
  if (body === null || !mayGrow(module, body.start, body.end)) return [];
  const reader = new ByteReader(module.bytes, body.start, body.end);
  for (let groups = reader.u32(); groups > 0; groups--) {
    reader.u32();
    takeValueType(reader);
  }
  const growths: Growth[] = [];
  while (!reader.atEnd) {
    const { offset, key, numbers } = takeInstruction(reader);
    if (key === memoryGrow) growths.push({ start: offset, end: reader.offset, memory: numbers[0] ?? 0 });
  }
  return growths;
}

/** Whether the bytes of a memory.grow occur, so that most functions need not be decoded. */
function mayGrow({ bytes, imported, memories }: CoreModule, start: number, end: number): boolean {
  const oneMemory = imported.memory + memories.length < 2;
  for (
    let at = bytes.indexOf(memoryGrow, start);
    at >= 0 && at < end;
    at = bytes.indexOf(memoryGrow, at + 1)
  ) {
    const next = bytes[at + 1];
    if (!oneMemory || next === 0 || next === 0x80) return true;
  }
  return false;
}

function guardedBody(
  module: CoreModule,
  funcIndex: number,
  growths: readonly Growth[],
  guardOf: (memory: number) => number,
): Uint8Array {
  const body = module.body(funcIndex);
  if (body === null) return new Uint8Array();
  const parts: Uint8Array[] = [];
  let copied = body.start;
  for (const { start, end, memory } of growths) {
    parts.push(module.bytes.subarray(copied, start), Uint8Array.of(0x10), leb(guardOf(memory)));
    copied = end;
  }
  parts.push(module.bytes.subarray(copied, body.end));
  return sized(parts);
}

/** (func (param $pages) (result $pages)) */
function growType(module: CoreModule, memory: number): Uint8Array {
  const type = is64(module, memory) ? 0x7e : 0x7f;
  return Uint8Array.of(0x60, 1, type, 1, type);
}

/** Grows the memory as asked, and traps instead of returning -1. */
function guardBody(module: CoreModule, memory: number): Uint8Array {
  const minusOneEquals = is64(module, memory) ? [0x42, 0x7f, 0x51] : [0x41, 0x7f, 0x46];
  return sized([
    Uint8Array.of(0, 0x20, 0, memoryGrow),
    leb(memory),
    // local.tee, compare, if unreachable end, local.get, end
    Uint8Array.of(0x22, 0, ...minusOneEquals, 0x04, 0x40, 0x00, 0x0b, 0x20, 0, 0x0b),
  ]);
}

function is64(module: CoreModule, memory: number): boolean {
  const imported = module.importAt('memory', memory);
  if (imported?.type.kind === 'memory') return imported.type.limits.is64;
  return module.memories[memory - module.imported.memory]?.is64 ?? false;
}

/** A vector with more items behind those that it has. */
function withMore(content: Uint8Array, items: readonly Uint8Array[]): readonly Uint8Array[] {
  const reader = new ByteReader(content);
  const count = reader.u32();
  return [leb(count + items.length), content.subarray(reader.offset), ...items];
}

function section(id: number, parts: readonly Uint8Array[]): Uint8Array {
  return Buffer.concat([Uint8Array.of(id), sized(parts)]);
}

function sized(parts: readonly Uint8Array[]): Uint8Array {
  return Buffer.concat([leb(parts.reduce((sum, { length }) => sum + length, 0)), ...parts]);
}

/** An unsigned LEB128 number. */
function leb(value: number): Uint8Array {
  const bytes: number[] = [];
  let rest = value;
  do {
    const more = rest > 0x7f;
    bytes.push((rest & 0x7f) | (more ? 0x80 : 0));
    rest >>>= 7;
  } while (rest > 0);
  return Uint8Array.from(bytes);
}
