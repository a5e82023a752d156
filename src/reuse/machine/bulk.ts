import { memoryOf } from './access';
import { truncate32, truncate64 } from './conversions';
import { popNumber } from './operands';
import type { Budget } from './event';
import type { LinearMemory } from './memory';
import type { FuncRef, MachineState, ModuleState, TableCell, Value } from './state';
import { MachineTrap, Unsupported } from './trap';

/** Carries out an instruction behind 0xfc: saturating truncations, bulk memory, tables. */
export function carryOutMisc(
  number: number,
  a: number,
  b: number,
  machine: MachineState,
  state: ModuleState,
  stack: Value[],
  budget: Budget,
): void {
  if (number < 8) {
    const signed = number % 2 === 0;
    const value = popNumber(stack);
    stack.push(number < 4 ? truncate32(value, signed, true) | 0 : truncate64(value, signed, true));
    return;
  }
  switch (number) {
    case 8:
      initMemory(state, a, b, stack, budget);
      break;
    case 9:
      state.droppedData.add(a);
      break;
    case 10:
      copyMemory(memoryOf(state, a), memoryOf(state, b), stack, budget);
      break;
    case 11:
      fillMemory(memoryOf(state, a), stack, budget);
      break;
    case 16:
      stack.push(tableOf(state, a).elements.length);
      break;
    case 12:
      initTable(machine, state, a, tableOf(state, b), stack, budget);
      break;
    case 13:
      break;
    default:
      throw new Unsupported('instruction');
  }
}

/** Reading or writing tables by `table.get` and `table.set` is rare enough to be left out. */
function tableOf(state: ModuleState, index: number): TableCell {
  const table = state.tables[index];
  if (table === null || table === undefined) throw new Unsupported('unknown-table');
  return table;
}

function spend(budget: Budget, bytes: number): void {
  budget.steps -= Math.ceil(bytes / 16);
  if (budget.steps < 0) throw new Unsupported('too-many-steps');
}

function copyMemory(to: LinearMemory, from: LinearMemory, stack: Value[], budget: Budget): void {
  const length = popNumber(stack) >>> 0;
  const source = popNumber(stack) >>> 0;
  const target = popNumber(stack) >>> 0;
  if (!from.has(source, length) || !to.has(target, length)) throw new MachineTrap('memory-out-of-bounds');
  spend(budget, length);
  if (target <= source) {
    for (let index = 0; index < length; index++) to.setByte(target + index, from.byte(source + index));
  } else {
    for (let index = length - 1; index >= 0; index--) to.setByte(target + index, from.byte(source + index));
  }
}

function fillMemory(memory: LinearMemory, stack: Value[], budget: Budget): void {
  const length = popNumber(stack) >>> 0;
  const value = popNumber(stack) & 0xff;
  const target = popNumber(stack) >>> 0;
  if (!memory.has(target, length)) throw new MachineTrap('memory-out-of-bounds');
  spend(budget, length);
  for (let index = 0; index < length; index++) memory.setByte(target + index, value);
}

function initMemory(
  state: ModuleState,
  segmentIndex: number,
  memoryIndex: number,
  stack: Value[],
  budget: Budget,
): void {
  const memory = memoryOf(state, memoryIndex);
  const { module } = state.linked;
  const length = popNumber(stack) >>> 0;
  const source = popNumber(stack) >>> 0;
  const target = popNumber(stack) >>> 0;
  const segment = module.data[segmentIndex];
  const dropped = segment?.active !== null || state.droppedData.has(segmentIndex);
  const available = dropped ? 0 : segment.end - segment.start;
  if (source + length > available || !memory.has(target, length)) {
    throw new MachineTrap('memory-out-of-bounds');
  }
  spend(budget, length);
  const start = (segment?.start ?? 0) + source;
  for (let index = 0; index < length; index++) {
    memory.setByte(target + index, module.bytes[start + index] ?? 0);
  }
}

function initTable(
  machine: MachineState,
  state: ModuleState,
  segmentIndex: number,
  table: TableCell,
  stack: Value[],
  budget: Budget,
): void {
  const items = state.linked.module.elements[segmentIndex]?.items ?? [];
  const length = popNumber(stack) >>> 0;
  const source = popNumber(stack) >>> 0;
  const target = popNumber(stack) >>> 0;
  if (source + length > items.length || target + length > table.elements.length) {
    throw new MachineTrap('table-out-of-bounds');
  }
  spend(budget, 16 * length);
  for (let index = 0; index < length; index++) {
    const item = items[source + index] ?? null;
    const reference: FuncRef | null = item === null ? null : machine.functionAt(state, item);
    table.elements[target + index] = reference;
  }
}
