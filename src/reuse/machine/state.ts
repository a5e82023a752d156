import type { CoreKind } from '../../component/core-types';
import type { ConstExpr } from '../../component/const-expr';
import { flatCount } from '../../component/canonical-abi';
import { coreFuncOf, coreItemAt } from '../../component/link';
import type { LinkedCanon, LinkedCoreItem, LinkedModule } from '../../component/linked';
import type { ValueType } from '../../component/types';
import type { Code, CodeCache } from './code';
import { LinearMemory, type MemorySnapshot } from './memory';

/** A value on the stack: i32 and floats are numbers, i64 are bigints, references are functions or null. */
export type Value = number | bigint | FuncRef | null;

/** What a function index means once it is resolved. */
export type FuncRef =
  | { readonly kind: 'defined'; readonly instance: ModuleState; readonly index: number }
  | LinkedCanon
  | { readonly kind: 'unknown' };

export interface GlobalCell {
  value: Value;
  /** Index and name in the module that defines it, for reports. */
  readonly index: number;
  readonly owner: ModuleState;
}

export interface TableCell {
  elements: (FuncRef | null)[];
}

/** One instance of a core module, with what its imports are bound to. */
export interface ModuleState {
  readonly linked: LinkedModule;
  readonly memories: readonly (LinearMemory | null)[];
  readonly tables: readonly (TableCell | null)[];
  readonly globals: readonly (GlobalCell | null)[];
  /** Resolved functions by index, filled as they are asked for. */
  readonly functions: FuncRef[];
  readonly droppedData: Set<number>;
  readonly code: CodeCache;
}

/** A state that a machine can be brought back to. */
export interface Snapshot {
  readonly memories: readonly MemorySnapshot[];
  readonly globals: readonly Value[];
  readonly tables: readonly (readonly (FuncRef | null)[])[];
  readonly handles: ReadonlyMap<number, number>;
  readonly nextHandle: number;
}

/** Elements that all tables of one analysis may have together, and that may be put into them. */
const MAX_ELEMENTS = 1_000_000;

/** All memories, tables and globals of a component's instances. */
export class MachineState {
  readonly instances = new Map<LinkedModule, ModuleState>();
  readonly memories: LinearMemory[] = [];
  readonly globals: GlobalCell[] = [];
  readonly tables: TableCell[] = [];
  /** Representations of the resources that the component made, by handle. */
  handles = new Map<number, number>();
  nextHandle = 1;
  /** Whether start functions have asked the host for something, so that even the initial state rests on simulated answers. */
  startAskedHost = false;
  readonly #code = new Map<unknown, CodeCache>();
  #elements = 0;

  /** Makes an instance's state: its memories, tables and globals, filled by its active segments. */
  add(linked: LinkedModule): ModuleState {
    const { module } = linked;
    const code: CodeCache = this.#code.get(module) ?? new Map<number, Code | null>();
    this.#code.set(module, code);
    const globals: (GlobalCell | null)[] = [];
    const tables: (TableCell | null)[] = this.#imported(
      linked,
      'table',
      (state, index) => state.tables[index],
    );
    const memories: (LinearMemory | null)[] = this.#imported(
      linked,
      'memory',
      (state, index) => state.memories[index],
    );
    const state: ModuleState = {
      linked,
      memories,
      tables,
      globals,
      functions: [],
      droppedData: new Set(),
      code,
    };
    this.instances.set(linked, state);
    globals.push(...this.#imported(linked, 'global', (other, index) => other.globals[index]));
    for (const limits of module.memories) {
      const memory = new LinearMemory(limits);
      memories.push(limits.is64 ? null : memory);
      this.memories.push(memory);
    }
    for (const limits of module.tables) {
      this.#elements += limits.min;
      if (this.#elements > MAX_ELEMENTS) {
        tables.push(null);
        continue;
      }
      const table: TableCell = { elements: new Array<FuncRef | null>(limits.min).fill(null) };
      tables.push(table);
      this.tables.push(table);
    }
    for (const { init } of module.globals) {
      const value = this.evaluate(init, state);
      const cell = value === undefined ? null : { value, index: globals.length, owner: state };
      globals.push(cell);
      if (cell !== null) this.globals.push(cell);
    }
    this.#fillTables(state);
    this.#fillMemories(state);
    return state;
  }

  /** The function that an index of an instance means. */
  functionAt(state: ModuleState, index: number): FuncRef {
    const known = state.functions[index];
    if (known !== undefined) return known;
    const resolved = this.#resolve(state, index);
    state.functions[index] = resolved;
    return resolved;
  }

  /** A constant expression's value, undefined where it is not known. */
  evaluate(expression: ConstExpr, state: ModuleState): Value | undefined {
    const stack: (Value | undefined)[] = [];
    for (const op of expression) {
      switch (op.op) {
        case 'const':
          stack.push(op.value);
          break;
        case 'global':
          stack.push(state.globals[op.index]?.value);
          break;
        case 'func':
          stack.push(this.functionAt(state, op.index));
          break;
        case 'null':
          stack.push(null);
          break;
        case 'add':
        case 'sub':
        case 'mul':
          stack.push(combine(op.op, stack.pop(), stack.pop()));
          break;
        case 'other':
          return undefined;
      }
    }
    return stack.pop();
  }

  snapshot(): Snapshot {
    return {
      memories: this.memories.map((memory) => memory.snapshot()),
      globals: this.globals.map((cell) => cell.value),
      tables: this.tables.map((table) => table.elements.slice()),
      handles: new Map(this.handles),
      nextHandle: this.nextHandle,
    };
  }

  restore(snapshot: Snapshot): void {
    for (const [index, memory] of this.memories.entries()) {
      const saved = snapshot.memories[index];
      if (saved !== undefined) memory.restore(saved);
    }
    for (const [index, cell] of this.globals.entries()) cell.value = snapshot.globals[index] ?? null;
    for (const [index, table] of this.tables.entries()) {
      table.elements = (snapshot.tables[index] ?? []).slice();
    }
    this.handles = new Map(snapshot.handles);
    this.nextHandle = snapshot.nextHandle;
  }

  #resolve(state: ModuleState, index: number): FuncRef {
    const item = throughComponents(coreItemAt(state.linked, 'func', index));
    if (item.kind !== 'defined') return item;
    const instance = this.instances.get(item.instance);
    return instance === undefined ? { kind: 'unknown' } : { kind: 'defined', instance, index: item.index };
  }

  #imported<T>(
    linked: LinkedModule,
    sort: CoreKind,
    pick: (state: ModuleState, index: number) => T | null | undefined,
  ): (T | null)[] {
    const found: (T | null)[] = [];
    for (let index = 0; index < linked.module.imported[sort]; index++) {
      const item = coreItemAt(linked, sort, index);
      const instance = item.kind === 'defined' ? this.instances.get(item.instance) : undefined;
      found.push(
        item.kind === 'defined' && instance !== undefined ? (pick(instance, item.index) ?? null) : null,
      );
    }
    return found;
  }

  #fillTables(state: ModuleState): void {
    for (const { active, items } of state.linked.module.elements) {
      if (active === null) continue;
      const table = state.tables[active.table];
      const offset = this.evaluate(active.offset, state);
      if (table === null || table === undefined || typeof offset !== 'number') continue;
      if ((offset >>> 0) + items.length > table.elements.length) continue;
      this.#elements += items.length;
      if (this.#elements > 2 * MAX_ELEMENTS) return;
      for (const [index, item] of items.entries()) {
        table.elements[(offset >>> 0) + index] = item === null ? null : this.functionAt(state, item);
      }
    }
  }

  #fillMemories(state: ModuleState): void {
    const { module } = state.linked;
    for (const { active, start, end } of module.data) {
      if (active === null) continue;
      const memory = state.memories[active.memory];
      const offset = this.evaluate(active.offset, state);
      if (memory === null || memory === undefined || typeof offset !== 'number') continue;
      if (memory.has(offset >>> 0, end - start)) memory.place(offset >>> 0, module.bytes, start, end - start);
    }
  }
}

/**
 * A function of another component whose values are plain numbers is called as if it were one of the same component:
 * nothing is copied between their memories, and no handle changes hands.
 */
function throughComponents(item: LinkedCoreItem): LinkedCoreItem {
  if (item.kind !== 'lower' || item.options.async || item.func.kind !== 'lift') return item;
  const { coreFunc, owner, options, type } = item.func;
  const types = [...type.params.map((param) => param.type), ...(type.result === null ? [] : [type.result])];
  if (options.async || type.async || !types.every(isPlain)) return item;
  return coreFuncOf(coreFunc, owner);
}

function isPlain(type: ValueType): boolean {
  switch (type.kind) {
    case 'own':
    case 'borrow':
    case 'stream':
    case 'future':
    case 'error-context':
      return false;
    default:
      return flatCount(type) === 1;
  }
}

function combine(
  op: 'add' | 'sub' | 'mul',
  right: Value | undefined,
  left: Value | undefined,
): Value | undefined {
  if (typeof left === 'number' && typeof right === 'number') {
    if (op === 'add') return (left + right) | 0;
    return op === 'sub' ? (left - right) | 0 : Math.imul(left, right);
  }
  if (typeof left === 'bigint' && typeof right === 'bigint') {
    if (op === 'add') return BigInt.asIntN(64, left + right);
    return BigInt.asIntN(64, op === 'sub' ? left - right : left * right);
  }
  return undefined;
}
