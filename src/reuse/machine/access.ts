import type { LinearMemory } from './memory';
import { popNumber, popWide } from './operands';
import type { GlobalCell, ModuleState, Value } from './state';
import { MachineTrap, Unsupported } from './trap';

/** Is told what code reads and writes. */
export interface Observer {
  onRead?(memory: LinearMemory, address: number, size: number): void;
  onWrite?(memory: LinearMemory, address: number, size: number): void;
  onGlobalRead?(cell: GlobalCell): void;
  onGlobalWrite?(cell: GlobalCell): void;
}

const scratch = new DataView(new ArrayBuffer(8));

/** A memory of an instance. Throws `Unsupported` for one that is not modelled (64-bit, or of an unknown instance). */
export function memoryOf(state: ModuleState, index: number): LinearMemory {
  const memory = state.memories[index];
  if (memory === null || memory === undefined) throw new Unsupported('unknown-memory');
  return memory;
}

/** Bytes that each load (0x28 - 0x35) and store (0x36 - 0x3e) accesses. */
const SIZES = [4, 8, 4, 8, 1, 1, 2, 2, 1, 1, 2, 2, 4, 4, 4, 8, 4, 8, 1, 2, 1, 2, 4];

/** Carries out a load, a store, `memory.size` or `memory.grow` (0x28 - 0x40). */
export function accessMemory(
  key: number,
  state: ModuleState,
  memoryIndex: number,
  offset: number,
  stack: Value[],
  observer: Observer | null,
): void {
  const memory = memoryOf(state, memoryIndex);
  if (key === 0x3f) {
    stack.push(memory.sizePages);
    return;
  }
  if (key === 0x40) {
    stack.push(memory.grow(popNumber(stack) >>> 0));
    return;
  }
  const size = SIZES[key - 0x28] ?? 1;
  const value = key >= 0x36 ? stack.pop() : undefined;
  const address = (popNumber(stack) >>> 0) + offset;
  if (!memory.has(address, size)) throw new MachineTrap('memory-out-of-bounds');
  if (value === undefined) {
    observer?.onRead?.(memory, address, size);
    stack.push(load(key, memory, address));
  } else {
    store(key, memory, address, size, value);
    observer?.onWrite?.(memory, address, size);
  }
}

function load(key: number, memory: LinearMemory, address: number): Value {
  switch (key) {
    case 0x28:
      return memory.load(address, 4) | 0;
    case 0x29:
      return loadWide(memory, address);
    case 0x2a:
      scratch.setUint32(0, memory.load(address, 4));
      return scratch.getFloat32(0);
    case 0x2b:
      scratch.setBigInt64(0, loadWide(memory, address));
      return scratch.getFloat64(0);
    case 0x2c:
      return (memory.load(address, 1) << 24) >> 24;
    case 0x2d:
      return memory.load(address, 1);
    case 0x2e:
      return (memory.load(address, 2) << 16) >> 16;
    case 0x2f:
      return memory.load(address, 2);
    case 0x30:
      return BigInt((memory.load(address, 1) << 24) >> 24);
    case 0x31:
      return BigInt(memory.load(address, 1));
    case 0x32:
      return BigInt((memory.load(address, 2) << 16) >> 16);
    case 0x33:
      return BigInt(memory.load(address, 2));
    case 0x34:
      return BigInt(memory.load(address, 4) | 0);
    default:
      return BigInt(memory.load(address, 4) >>> 0);
  }
}

function loadWide(memory: LinearMemory, address: number): bigint {
  const low = memory.load(address, 4) >>> 0;
  return (BigInt(memory.load(address + 4, 4) | 0) << 32n) | BigInt(low);
}

function store(key: number, memory: LinearMemory, address: number, size: number, value: Value): void {
  if (typeof value === 'bigint') {
    memory.store(address, Math.min(size, 4), Number(BigInt.asIntN(32, value)));
    if (size === 8) memory.store(address + 4, 4, Number(BigInt.asIntN(32, value >> 32n)));
    return;
  }
  if (typeof value !== 'number') throw new Unsupported('invalid-code');
  if (key === 0x38) {
    scratch.setFloat32(0, value);
    memory.store(address, 4, scratch.getUint32(0));
  } else if (key === 0x39) {
    scratch.setFloat64(0, value);
    memory.store(address, 4, scratch.getUint32(4));
    memory.store(address + 4, 4, scratch.getUint32(0));
  } else {
    memory.store(address, size, value);
  }
}

/** Sizes and widths of the seven forms that each atomic operation has. */
const ATOMIC_FORMS = [
  { size: 4, wide: false },
  { size: 8, wide: true },
  { size: 1, wide: false },
  { size: 2, wide: false },
  { size: 1, wide: true },
  { size: 2, wide: true },
  { size: 4, wide: true },
];

/** Carries out an atomic instruction (0xfe). With one thread it is a plain one, but for waiting. */
export function accessAtomic(
  number: number,
  state: ModuleState,
  memoryIndex: number,
  offset: number,
  stack: Value[],
  observer: Observer | null,
): void {
  if (number === 3) return; // fence
  const form = ATOMIC_FORMS[(number - 0x10) % 7];
  if (number === 0) {
    popNumber(stack);
    popNumber(stack);
    stack.push(0); // no thread waits
    return;
  }
  if (number < 0x10 || form === undefined) throw new Unsupported('wait-for-thread');
  const memory = memoryOf(state, memoryIndex);
  const { size, wide } = form;
  const operation = Math.floor((number - 0x10) / 7); // 0 load, 1 store, 2 add, ... 7 exchange, 8 compare-exchange
  const operand = operation === 0 ? 0n : popAtomic(stack, wide, size);
  const expected = operation === 8 ? popAtomic(stack, wide, size) : 0n;
  const replacement = operation === 8 ? operand : null;
  const address = (popNumber(stack) >>> 0) + offset;
  if (!memory.has(address, size)) throw new MachineTrap('memory-out-of-bounds');
  if (address % size !== 0) throw new MachineTrap('unaligned-access');
  const old = loadUnsigned(memory, address, size);
  if (operation !== 1) {
    observer?.onRead?.(memory, address, size);
    stack.push(wide ? BigInt.asIntN(64, old) : Number(BigInt.asIntN(32, old)));
  }
  if (operation === 0) return;
  if (operation === 8 && old !== expected) return;
  const result = replacement ?? computeAtomic(operation, old, operand);
  store(size === 8 ? 0x37 : 0x3e, memory, address, size, BigInt.asIntN(64, result));
  observer?.onWrite?.(memory, address, size);
}

function popAtomic(stack: Value[], wide: boolean, size: number): bigint {
  return BigInt.asUintN(8 * size, wide ? popWide(stack) : BigInt(popNumber(stack) | 0));
}

function loadUnsigned(memory: LinearMemory, address: number, size: number): bigint {
  return size === 8
    ? BigInt.asUintN(64, loadWide(memory, address))
    : BigInt(memory.load(address, size) >>> 0);
}

function computeAtomic(operation: number, old: bigint, operand: bigint): bigint {
  switch (operation) {
    case 2:
      return old + operand;
    case 3:
      return old - operand;
    case 4:
      return old & operand;
    case 5:
      return old | operand;
    case 6:
      return old ^ operand;
    default: // store, exchange
      return operand;
  }
}
